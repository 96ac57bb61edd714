"""Every page of the portal, with invented answers of the API: what a browser and axe say of it."""

import time
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from infra.portal_build import WEB
from tests.web.browser import Browser
from tests.web.contrast import luminance
from tests.web.gallery import PAGES, SETTLING_SECONDS, open_page
from tests.web.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
STATES = ("filled", "empty", "failing", "forbidden")

# What fades in has poor contrast until it is there; animations without end never finish.
FAULTS = """
const done = arguments[arguments.length - 1];
const ending = document.getAnimations().filter(a => isFinite(a.effect.getComputedTiming().endTime));
Promise.allSettled(ending.map(a => a.finished))
  .then(() => axe.run({resultTypes: ['violations']})).then(found => done(found.violations
  .filter(v => v.impact === 'serious' || v.impact === 'critical')
  .map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))))
"""


def _faults(browser: Browser) -> Any:
    browser.driver.execute_script(AXE.read_text("utf-8"))
    return browser.driver.execute_async_script(FAULTS)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_serious_fault(browser: Browser, address: str, path: str, state: str) -> None:
    open_page(browser, f"{address}{path}?state={state}")
    assert _faults(browser) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_no_serious_fault_in_the_dark(browser: Browser, address: str, path: str) -> None:
    open_page(browser, f"{address}{path}", scheme="dark")
    assert luminance(browser.run("return getComputedStyle(document.body).backgroundColor")) < 0.1
    assert _faults(browser) == []


@pytest.mark.parametrize(
    ("path", "button", "shown"),
    [
        ("/", "Filter", "All projects"),
        ("/jobs/video", "Mark a miss", "Which brand was missed?"),
        ("/jobs/video", "Show large: Acme at 0:02.5", "Go there in the video"),
        ("/jobs/detecting", "Cancel job", "Cancel this job?"),
        ("/account", "Set up an authenticator app", "Ask for a code from now on"),
        ("/labeling", "Add people", "E-mail addresses"),
        ("/labeling", "Take from jonas@example.com the role Viewer", "Remove jonas@example.com?"),
    ],
)
def test_axe_finds_no_serious_fault_in_what_a_button_opens(
    browser: Browser, address: str, path: str, button: str, shown: str
) -> None:
    open_page(browser, address + path)
    portal = Portal(browser, address)
    portal.press(button)
    portal.shows(shown)
    assert _faults(browser) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_never_scrolls_sideways_and_the_console_stays_empty(
    browser: Browser, address: str, path: str
) -> None:
    open_page(browser, f"{address}{path}", width=1366)
    for width in (1366, 390):
        browser.view(width, 844)
        shown, content = browser.run(
            "const r = document.documentElement; return [r.clientWidth, r.scrollWidth]"
        )
        assert shown <= width
        assert content <= shown
    assert browser.complaints() == []


def test_every_page_bears_a_title_of_its_own(browser: Browser, address: str) -> None:
    open_page(browser, f"{address}/nowhere")
    titles = [browser.driver.title]
    for path in PAGES.values():
        if path == "/sign-in":
            continue
        browser.run(f"history.pushState(null, '', '{path}')")
        deadline = time.monotonic() + SETTLING_SECONDS
        while browser.driver.title in titles:
            assert time.monotonic() < deadline, f"{path} is called {browser.driver.title} as well"
            time.sleep(0.05)
        titles.append(browser.driver.title)
    assert all(title.endswith(" · brandlens") for title in titles)


def test_the_first_key_offers_to_skip_the_bar(browser: Browser, address: str) -> None:
    open_page(browser, address)
    for key in (Keys.TAB, Keys.ENTER, Keys.TAB):
        browser.driver.switch_to.active_element.send_keys(key)
    assert browser.run("return document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", [path for path in PAGES.values() if path != "/sign-in"])
def test_a_viewer_sees_no_editors_control(browser: Browser, address: str, path: str) -> None:
    open_page(browser, f"{address}{path}?role=viewer")
    buttons = set(
        browser.run("return [...document.querySelectorAll('button, a')].map(e => e.innerText.trim())")
    )
    assert buttons.isdisjoint(
        {"Analyze", "Stop", "New project", "Train", "Use this version", "Mark as wrong", "Mark a miss",
         "Add people", "Take back", "Cancel job"}
    )  # fmt: skip


def test_a_page_that_waits_says_so(browser: Browser, address: str) -> None:
    browser.driver.get(f"{address}/?state=loading")
    time.sleep(0.5)
    assert "Loading" in browser.run("return document.body.innerText")


def test_the_threshold_changes_totals_at_once(browser: Browser, address: str) -> None:
    open_page(browser, f"{address}/jobs/video")
    before = browser.run("return document.querySelector('main table').innerText")
    browser.run(
        "const slider = document.querySelector('main input[type=range][aria-label=\"Least confidence\"]');"
        "Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, '95');"
        "slider.dispatchEvent(new Event('input', {bubbles: true}));"
        "slider.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    deadline = time.monotonic() + SETTLING_SECONDS
    while browser.run("return document.querySelector('main table').innerText") == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_proof_opens_large_and_leads_to_its_moment(browser: Browser, address: str) -> None:
    open_page(browser, f"{address}/jobs/video")
    portal = Portal(browser, address)
    portal.press("Show large: Acme at 0:02.5")
    portal.shows("Frame 5 of those looked at, at 0:02.5. Confidence")
    wide = "return document.querySelector('[role=dialog] .proof').clientWidth"
    assert browser.run(wide) > 400
    portal.press("Go there in the video")
    assert browser.run("return document.querySelector('video').currentTime") == pytest.approx(2.5)
    assert not browser.run("return document.querySelector('[role=dialog] .proof')")


_DRAWN = """
const canvas = document.querySelector('.player-overlay');
return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0)
"""


def test_the_boxes_of_one_brand_can_be_left_out(browser: Browser, address: str) -> None:
    open_page(browser, f"{address}/jobs/video")
    assert browser.run(_DRAWN)
    Portal(browser, address).press("Boxes of Acme")
    assert not browser.run(_DRAWN)


def test_files_of_no_use_are_named_and_left_out(browser: Browser, address: str, tmp_path: Path) -> None:
    for name in ("match.avi", "match.jpg"):
        (tmp_path / name).write_bytes((WEB / "dist-gallery" / "material" / "picture.jpg").read_bytes())
    open_page(browser, f"{address}/analyze")
    portal = Portal(browser, address)
    portal.choose_files(tmp_path / "match.avi", tmp_path / "match.jpg")
    portal.shows("Left out, as they are empty or of no use here: match.avi", "Analyze 1 file")


def test_a_link_to_a_moment_opens_the_video_there(browser: Browser, address: str) -> None:
    open_page(browser, f"{address}/jobs/video#t=42.5")
    assert browser.run("return document.querySelector('video').currentTime") == pytest.approx(42.5)


def test_a_click_on_the_timeline_seeks(browser: Browser, address: str) -> None:
    open_page(browser, f"{address}/jobs/video")
    browser.run("document.querySelector('.timeline input').focus()")
    browser.driver.switch_to.active_element.send_keys(Keys.PAGE_DOWN)
    browser.driver.switch_to.active_element.send_keys(Keys.PAGE_UP)
    assert browser.run("return document.querySelector('video').currentTime") == pytest.approx(10, abs=0.2)
