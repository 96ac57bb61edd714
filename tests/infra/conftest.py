"""The program of stack `dev`, evaluated once a module and only read."""

import pytest

from tests.infra.recording import Program, evaluate


@pytest.fixture(scope="module")
def dev() -> Program:
    return evaluate("dev")
