"""What the portal says where a part of a page cannot be had, or not any more."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.web.browser import Browser
from tests.web.gallery import open_page
from tests.web.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")


def _mend(browser: Browser) -> None:
    browser.run("window.network.fail = null")


def test_marks_that_cannot_be_had_are_told_and_asked_for_again(browser: Browser, portal: Portal) -> None:
    open_page(browser, f"{portal.address}/jobs/video?fail=marks")
    portal.shows("Marks could not be loaded: totals are without them")
    assert "Nothing is marked as wrong or missed." not in portal.text
    _mend(browser)
    portal.press("Try again")
    portal.shows("Marks (2)", "Wrong: Initech")
    assert "could not be loaded" not in portal.text


def test_a_mark_that_is_made_without_knowing_the_others_does_not_pass_for_all_of_them(
    browser: Browser, portal: Portal
) -> None:
    open_page(browser, f"{portal.address}/jobs/video?fail=marks")
    portal.shows("Marks could not be loaded")
    _mend(browser)
    portal.press("Mark as wrong: Acme at 0:00")
    portal.shows("Marks (3)")


def test_the_same_miss_marked_twice_shows_once(browser: Browser, portal: Portal) -> None:
    open_page(browser, f"{portal.address}/jobs/video#t=10")
    for _ in range(2):
        portal.press("Mark a miss")
        portal.press("Mark as missed")
        portal.shows("Missed: Acme, 0:10 - 0:12")
        portal.gone("Which brand was missed?")
    portal.shows("Marks (3)")


def test_proofs_that_cannot_be_had_are_told_and_asked_for_again(browser: Browser, portal: Portal) -> None:
    open_page(browser, f"{portal.address}/jobs/video?fail=frames")
    portal.shows("Proof pictures could not be loaded", "Appearances (9)")
    _mend(browser)
    portal.press("Try again")
    portal.press("Show large: Acme at 0:02.5")
    portal.shows("Go there in the video")
    assert "could not be loaded" not in portal.text


def test_jobs_that_are_not_kept_current_any_more_say_so_and_stay(browser: Browser, portal: Portal) -> None:
    open_page(browser, portal.address)
    portal.shows("second-half.mp4")
    browser.run("window.network.fail = 'jobs'")
    portal.shows("Not up to date", "The service cannot be reached", "second-half.mp4")
    _mend(browser)
    portal.gone("Not up to date")


def test_figures_that_are_not_kept_current_any_more_say_so_and_stay(browser: Browser, portal: Portal) -> None:
    open_page(browser, portal.address)
    portal.shows("Stop")
    browser.run("window.network.fail = 'models'")
    portal.shows("Not up to date", "spring-cup v3")
    _mend(browser)
    portal.gone("Not up to date")


def test_a_lost_connection_takes_nothing_away_that_shows(browser: Browser, portal: Portal) -> None:
    open_page(browser, portal.address)
    portal.shows("second-half.mp4")
    with _offline(browser):
        browser.run("window.network.fail = 'jobs'")
        portal.shows("Not up to date", "The service cannot be reached", "second-half.mp4")
        _mend(browser)
    portal.gone("Not up to date")


@contextmanager
def _offline(browser: Browser) -> Iterator[None]:
    conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    tool = browser.driver.execute_cdp_cmd
    tool("Network.enable", {})
    tool("Network.emulateNetworkConditions", {"offline": True, **conditions})
    try:
        yield
    finally:
        tool("Network.emulateNetworkConditions", {"offline": False, **conditions})
