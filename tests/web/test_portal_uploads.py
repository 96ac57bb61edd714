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
def picture(tmp_path: Path) -> Path:
    path = tmp_path / f"{tmp_path.name}.jpg"
    path.write_bytes(PICTURE.read_bytes())
    return path


def _copies(picture: Path, count: int) -> list[Path]:
    copies = [picture.with_stem(f"{picture.stem}-{number}") for number in range(count)]
    for copy in copies:
        copy.write_bytes(picture.read_bytes())
    return copies


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
    portal.press(button.replace("1 file", f"{len(files)} files") if len(files) > 1 else button)


@pytest.mark.parametrize("page", PAGES)
def test_who_leaves_during_an_upload_is_asked_and_nothing_is_begun_afterwards(
    browser: Browser, portal: Portal, picture: Path, page: str
) -> None:
    _begin(browser, portal, page, "hold=parts", *_copies(picture, 2), picture)
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
    assert len(_sent(browser, "POST /uploads")) == 2, "the third file waited for its turn"


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


BEGINNINGS = {"analyze": ("analyses", "Follow the job"), "train": ("training", "38 of 120 pictures")}


@pytest.mark.parametrize("page", PAGES)
def test_a_lost_answer_is_asked_for_again_and_nothing_is_uploaded_anew(
    browser: Browser, portal: Portal, picture: Path, page: str
) -> None:
    call, begun = BEGINNINGS[page]
    _begin(browser, portal, page, f"lose={call}", picture)
    portal.shows("The service cannot be reached")
    portal.press(PAGES[page][1])
    portal.shows(begun)
    first, second = _sent(browser, f"POST /{call}")
    assert first == second
    assert len(_sent(browser, "POST /uploads")) == 1


@pytest.mark.parametrize("page", PAGES)
def test_after_a_reload_a_lost_answer_is_asked_for_again_as_well(
    browser: Browser, portal: Portal, picture: Path, page: str
) -> None:
    call, begun = BEGINNINGS[page]
    _begin(browser, portal, page, f"lose={call}", picture)
    portal.shows("The service cannot be reached")
    asked = _sent(browser, f"POST /{call}")
    _begin(browser, portal, page, "", picture)
    portal.shows(begun)
    assert _sent(browser, f"POST /{call}") == asked
    assert _sent(browser, "POST /uploads") == []


def test_a_batch_goes_on_after_a_reload_and_is_another_one_once_its_training_has_begun(
    browser: Browser, portal: Portal, picture: Path
) -> None:
    other = _copies(picture, 1)
    _begin(browser, portal, "train", "hold=complete", picture)
    portal.shows("Uploaded")
    batch = _sent(browser, "POST /uploads")[0]["batch"]

    _begin(browser, portal, "train", "", picture, *other)
    portal.shows("38 of 120 pictures")
    (new,) = _sent(browser, "POST /uploads")
    assert (new["name"], new["batch"]) == (other[0].name, batch)
    assert _sent(browser, "POST /training")[0]["batch"] == batch

    _begin(browser, portal, "train", "", picture)
    portal.shows("38 of 120 pictures")
    (anew,) = _sent(browser, "POST /uploads")
    assert anew["name"] == picture.name


def test_a_file_that_is_chosen_no_more_is_not_trained_on(
    browser: Browser, portal: Portal, picture: Path
) -> None:
    left_out, *_ = _copies(picture, 1)
    _begin(browser, portal, "train", "lose=training", picture, left_out)
    portal.shows("The service cannot be reached")
    (asked,) = _sent(browser, "POST /training")
    portal.open("/projects/spring-cup/train")
    portal.shows("Drop files or folders here")
    portal.choose_files(picture)
    portal.press("Upload and have it labeled")
    portal.shows("38 of 120 pictures")
    assert [file["name"] for file in _sent(browser, "POST /uploads")] == [picture.name]
    assert _sent(browser, "POST /training")[0]["batch"] != asked["batch"]
