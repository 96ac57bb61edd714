"""What becomes of uploads when people leave, reload, or the network lets them down."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.portal_build import WEB
from tests.web.browser import Browser
from tests.web.gallery import open_page
from tests.web.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")

PICTURE = WEB / "dist-gallery" / "material" / "picture.jpg"
PAGES = {
    "analyze": ("/analyze", "Analyze 1 file"),
    "train": ("/projects/spring-cup/train", "Upload and have it labeled"),
}


@pytest.fixture
def portal(browser: Browser, address: str) -> Portal:
    return Portal(browser, address)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / f"{tmp_path.name}.jpg"
    path.write_bytes(PICTURE.read_bytes())
    return path


def _sent(browser: Browser, call: str) -> list[Any]:
    """Return the bodies with which the page has made that call since it was loaded."""
    script = (
        "return performance.getEntriesByType('mark').filter(m => m.name === arguments[0]).map(m => m.detail)"
    )
    return [json.loads(body or "null") for body in browser.driver.execute_script(script, call)]


def _begin(browser: Browser, portal: Portal, page: str, query: str, *files: Path) -> None:
    path, button = PAGES[page]
    open_page(browser, f"{portal.address}{path}?{query}")
    portal.choose_files(*files)
    portal.press(button)


@pytest.mark.parametrize("page", PAGES)
def test_who_leaves_during_an_upload_is_asked_and_nothing_is_begun_afterwards(
    browser: Browser, portal: Portal, picture: Path, page: str
) -> None:
    _begin(browser, portal, page, "hold=parts", picture)
    portal.press("Projects")
    portal.shows("Leave this page?", "dropped here again, they go on where they were")
    portal.press("Stay")
    assert portal.path == PAGES[page][0]
    portal.press("Projects")
    portal.press("Leave")
    portal.shows("New project")
    browser.run("window.network.hold = null")
    portal.press("Brands over time")
    portal.shows("Analyses (12)")
    assert portal.path == "/brands"
    ended = ("POST /analyses", "POST /training")
    assert [call for call in ended if _sent(browser, call)] == []


def test_going_back_and_signing_out_ask_as_well(browser: Browser, portal: Portal, picture: Path) -> None:
    open_page(browser, portal.address)
    portal.press("Analyze")
    portal.shows("Drop files or folders here")
    browser.run("window.network.hold = 'parts'")
    portal.choose_files(picture)
    portal.press("Analyze 1 file")
    browser.run("history.back()")
    portal.shows("Leave this page?")
    assert portal.path == "/analyze"
    portal.press("Stay")
    portal.press("Sign out")
    portal.shows("Leave this page?")
    portal.press("Stay")
    browser.run("history.back()")
    portal.press("Leave")
    portal.shows("Cost this month")
    assert portal.path == "/"


def test_the_browser_asks_before_it_closes_the_page_only_while_files_are_uploaded(
    browser: Browser, portal: Portal, picture: Path
) -> None:
    close = (
        "const closing = new Event('beforeunload', {cancelable: true});"
        "window.dispatchEvent(closing);"
        "return closing.defaultPrevented"
    )
    _begin(browser, portal, "analyze", "hold=parts", picture)
    portal.shows("Uploading")
    assert browser.run(close)
    browser.run("window.network.hold = null")
    portal.shows("Follow the job")
    assert not browser.run(close)
    portal.press("Projects")
    portal.shows("New project")
