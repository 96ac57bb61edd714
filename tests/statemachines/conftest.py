"""The stage that the machines run on, started when a test first asks for it."""

from collections.abc import Iterator

import pytest

from tests.cloud import private_home
from tests.statemachines.deployment import standing
from tests.statemachines.stage import Stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with standing(private_home(tmp_path_factory.mktemp("stage"))) as started:
        yield started
