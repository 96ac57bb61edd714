"""The system in a private local cloud, taught two brands by a real training."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System
from tests.web.browser import chromium
from tests.web.portal import Portal

ASKS_OF_ALL_OTHERS = "test_least_privilege"
"""The module whose test is about what every other test of this folder did."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put that test last; where not every other module runs, it cannot tell, and is skipped."""
    items.sort(key=lambda item: item.path.stem == ASKS_OF_ALL_OTHERS)
    if not {item.path for item in items} >= set(Path(__file__).parent.glob("test_*.py")):
        for item in items:
            if item.path.stem == ASKS_OF_ALL_OTHERS:
                item.add_marker(pytest.mark.skip("it is about what all tests of this folder did"))


@pytest.fixture(scope="session")
def system(cloud: LocalCloud, tmp_path_factory: pytest.TempPathFactory) -> System:
    system = System(cloud)
    taught = tmp_path_factory.mktemp("training")
    annotations = brands.write_training(taught)
    created = system.cli("project", "create", system.PROJECT, "--labels", ",".join(brands.LABELS))
    assert created.returncode == 0, created.stderr
    trained = system.cli("train", system.PROJECT, taught, "--annotations", annotations)
    assert trained.returncode == 0, trained.stderr
    return system


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that shows Bolt."""
    path = tmp_path_factory.mktemp("picture") / "stand.jpg"
    path.write_bytes(brands.jpeg(brands.BOLT))
    return path


@pytest.fixture(scope="session")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video across which Acme moves from second 1 to second 4."""
    return brands.write_video(tmp_path_factory.mktemp("video") / "match.mp4")


@pytest.fixture
def portal(cloud: LocalCloud, tmp_path: Path) -> Iterator[Portal]:
    with pytest.MonkeyPatch.context() as patch, chromium(tmp_path / "profile") as browser:
        patch.setenv("SE_AVOID_STATS", "true")
        browser.driver.set_window_size(1366, 768)
        portal = Portal(browser, cloud.outputs["portal_url"])
        portal.open()
        yield portal
        assert [line for line in browser.complaints() if "Content Security Policy" in line] == []
