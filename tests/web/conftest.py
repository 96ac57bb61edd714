"""The portal's gallery and a browser, for every test that looks at its pages."""

from collections.abc import Iterator

import pytest

from tests.web.browser import Browser, chromium
from tests.web.gallery import gallery
from tests.web.portal import Portal


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with gallery() as served:
        yield served


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SE_AVOID_STATS", "true")
        with chromium(tmp_path_factory.mktemp("profile")) as started:
            started.driver.set_script_timeout(60)
            yield started


@pytest.fixture
def portal(browser: Browser, address: str) -> Portal:
    return Portal(browser, address)
