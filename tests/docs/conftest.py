"""The program of stack `dev`, evaluated once and only read."""

import pytest

from tests.infra.recording import Program, evaluate


@pytest.fixture(scope="session")
def dev() -> Program:
    return evaluate("dev")
