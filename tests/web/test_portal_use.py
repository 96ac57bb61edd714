"""What people do in the portal besides looking: the invented API keeps what they change."""

import time
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By

from infra.portal_build import WEB
from tests.web.browser import Browser
from tests.web.gallery import SETTLING_SECONDS, open_page
from tests.web.portal import Portal

pytestmark = pytest.mark.xdist_group("browser")

PICTURE = WEB / "dist-gallery" / "material" / "picture.jpg"


def _batch(folder: Path, **files: str) -> list[Path]:
    """Write a picture and text files, `__` for the dot in their names."""
    written = [folder / "stand.jpg", *(folder / name.replace("__", ".") for name in files)]
    written[0].write_bytes(PICTURE.read_bytes())
    for path, text in zip(written[1:], files.values(), strict=True):
        path.write_text(text)
    return written


def _point_at(browser: Browser, selector: str, *, along: float = 0.5) -> None:
    """Move the pointer over an element, so far from its left edge to its right one."""
    element = browser.driver.find_element(By.CSS_SELECTOR, selector)
    browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    aside = int((along - 0.5) * element.size["width"])
    ActionChains(browser.driver).move_to_element_with_offset(element, aside, 0).perform()


def _saved(folder: Path, name: str) -> str:
    deadline = time.monotonic() + SETTLING_SECONDS
    while not (folder / name).exists():
        assert time.monotonic() < deadline, f"saved are {sorted(path.name for path in folder.iterdir())}"
        time.sleep(0.05)
    return (folder / name).read_text("utf-8")


def test_a_model_that_no_job_needs_is_stopped(browser: Browser, address: str, portal: Portal) -> None:
    open_page(browser, address)
    portal.press("Stop spring-cup v2")
    portal.shows("Stopping")


def test_a_model_that_jobs_need_runs_on_and_who_stops_it_is_told(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, address)
    portal.press("Stop spring-cup v3")
    portal.shows("spring-cup v3 runs on, as 1 job needs it. It stops by itself once none does.")


def test_a_model_that_still_starts_offers_to_be_stopped_once_it_runs(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, address)
    portal.shows("It can be stopped once it runs.")
    assert not portal.find("//button[@aria-label='Stop autumn-tour v1']").is_enabled()
    assert portal.find("//button[@aria-label='Stop spring-cup v2']").is_enabled()


def test_another_version_is_taken_into_use(browser: Browser, address: str, portal: Portal) -> None:
    open_page(browser, f"{address}/projects/spring-cup")
    portal.press("Use this version: v2")
    portal.find("//dt[contains(., 'Model in use')]/following-sibling::dd[normalize-space()='v2']")
    portal.find("//tr[contains(., 'v2')][contains(., 'In use')]")
    assert portal.has("Use this version: v3")
    assert not portal.has("Use this version: v4"), "it is not trained yet"


def test_labels_that_are_brought_along_train_without_people(
    browser: Browser, address: str, portal: Portal, tmp_path: Path
) -> None:
    open_page(browser, f"{address}/projects/spring-cup/train")
    portal.choose_files(*_batch(tmp_path, coco__json="{}", stand__txt=""))
    portal.shows("Left out, as they are empty or of no use here: stand.txt")
    portal.shows("2 marks from results stay for a batch that people label")
    portal.press("Upload and train")
    portal.shows("The model is trained")
    assert portal.path == "/jobs/trained"


def test_annotations_that_are_left_out_again_are_not_asked_for(
    browser: Browser, address: str, portal: Portal, tmp_path: Path
) -> None:
    open_page(browser, f"{address}/projects/spring-cup/train")
    portal.choose_files(*_batch(tmp_path, a__json="{}", b__json="{}"))
    portal.choose("Where the brands are", "b.json")
    portal.press("Leave out b.json")
    portal.press("Upload and train")
    portal.shows("The model is trained")


def test_a_folder_of_pascal_voc_is_taken_for_the_labels(
    browser: Browser, address: str, portal: Portal, tmp_path: Path
) -> None:
    (tmp_path / "set").mkdir()
    _batch(tmp_path / "set", stand__xml="<annotation/>")
    open_page(browser, f"{address}/projects/spring-cup/train")
    portal.choose_folder(tmp_path / "set")
    portal.shows("set/stand.xml")
    portal.press("Upload and train")
    portal.shows("The model is trained")


def test_without_labels_and_labelers_the_portal_asks_for_labelers(
    browser: Browser, address: str, portal: Portal, tmp_path: Path
) -> None:
    path = "/projects/spring-cup/train"
    open_page(browser, f"{address}{path}?labelers=none")
    portal.shows("Nobody can label yet")
    portal.choose_files(*_batch(tmp_path, coco__json="{}"))
    portal.shows("Upload and train")
    assert "Nobody can label yet" not in portal.text
    portal.choose("Where the brands are", "People label")
    portal.shows("Nobody can label yet")
    portal.press("Labeling and team")
    portal.shows("Add people")


def test_the_labeling_page_tells_how_far_people_are_and_leads_to_where_they_draw(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, f"{address}/labeling")
    portal.shows("spring-cup: portal-20260314", "38 of 120")
    bar = portal.find("//progress")
    assert bar.get_attribute("value") == "32"
    for page in ("/labeling", "/jobs/labeling"):
        open_page(browser, address + page)
        link = portal.find("//a[contains(., 'Open the labeling page')]")
        assert link.get_attribute("href") == "https://labeling.invalid/"
        assert link.get_attribute("target") == "_blank"


def test_a_miss_changes_the_totals_and_is_offered_for_training(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, f"{address}/jobs/video#t=30")
    portal.press("Mark a miss")
    portal.choose("Brand", "Umbrella")
    assert portal.value("From") == "0:30"
    portal.type("Until", "0:30")
    portal.shows("The end must lie after the beginning.")
    portal.type("Until", "0:34")
    portal.press("Mark as missed")
    portal.shows("Missed: Umbrella, 0:30 - 0:34", "mara@example.com")
    portal.find("//tr[contains(., 'Umbrella')]//strong[@aria-label='With marks 21.0 s']")
    portal.press("Projects")
    portal.press("spring-cup")
    portal.press("Train")
    portal.shows("Take in 3 marks from results")
    portal.press("Upload and have it labeled")
    portal.shows("38 of 120 pictures and clips are labeled")


def test_a_miss_at_the_very_end_is_offered_a_span_that_can_be_marked(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, f"{address}/jobs/video#t=60")
    portal.press("Mark a miss")
    assert portal.value("From") == "0:58"
    portal.press("Mark as missed")
    portal.shows("0:58 - 1:00")


def test_a_mark_is_taken_back(browser: Browser, address: str, portal: Portal) -> None:
    open_page(browser, f"{address}/jobs/video")
    portal.press("Take back: Missed: Globex, 0:40 - 0:46")
    portal.shows("Marks (1)")
    assert "Missed: Globex" not in portal.text


def test_the_files_of_a_result_are_saved_by_names_of_their_own(
    browser: Browser, address: str, portal: Portal, tmp_path: Path
) -> None:
    where = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    open_page(browser, f"{address}/jobs/video")
    beginnings = {
        "Report (HTML), to read or print as PDF": ("first-half.report.html", "<a href="),
        "Appearances (CSV)": ("first-half.appearances.csv", "appearance,label"),
        "Everything (JSON)": ("first-half.analysis.json", '{"schema_version"'),
        "Timeline (WebVTT)": ("first-half.timeline.vtt", "WEBVTT"),
        "Frames (JSON Lines)": ("first-half.frames.jsonl", '{"index":0'),
    }
    for name, (file, beginning) in beginnings.items():
        portal.press("Download")
        portal.press_item(name)
        assert _saved(tmp_path, file).startswith(beginning)
    report = _saved(tmp_path, "first-half.report.html")
    assert f'<a href="{address}/jobs/video#t=2.5">' in report, "a proof leads to its moment in the portal"
    assert '<a href="#method">' in report


def test_the_preview_above_the_timeline_is_of_the_moment_pointed_at(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, f"{address}/jobs/video")
    shown = []
    for along in (0.255, 0.755, 0.999):
        _point_at(browser, ".timeline input", along=along)
        preview = portal.find("//div[contains(@class, 'timeline-preview')]")
        picture = preview.find_element(By.TAG_NAME, "i")
        assert "sheet.jpg" in picture.value_of_css_property("background-image")
        shown.append((preview.text, picture.value_of_css_property("background-position")))
    # A hundred pictures of a minute, ten a row of 160 x 90 pixels: one for each 0.6 s.
    assert [place for _, place in shown] == ["-800px -180px", "-800px -630px", "-1440px -810px"]
    assert shown[0][0].startswith("0:15")


def test_a_link_to_the_moment_is_copied_and_leads_back_there(
    browser: Browser, address: str, portal: Portal
) -> None:
    browser.driver.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    open_page(browser, f"{address}/jobs/video")
    browser.run("document.querySelector('.timeline input').focus()")
    portal.press("Go to Acme at 0:23")
    portal.press("Copy link to this moment")
    portal.shows("Link copied")
    copied = browser.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied == f"{address}/jobs/video#t=23"
    open_page(browser, copied)
    assert browser.run("return document.querySelector('video').currentTime") == pytest.approx(23)


_POINTED = """
return [...document.querySelectorAll('.picture-box')].flatMap(box =>
  getComputedStyle(box.querySelector('b')).display === 'none' ? [] : [box.innerText.trim()])
"""


def test_pointing_at_a_box_or_at_its_figures_names_that_box(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, f"{address}/jobs/picture")
    assert browser.run(_POINTED) == []
    _point_at(browser, ".picture-box:nth-of-type(3)")
    assert browser.run(_POINTED) == ["Globex 88%"]
    assert _chip(browser) == "88%, 2.0%"
    _point_at(browser, ".box-chip")
    assert browser.run(_POINTED) == ["Acme 98%"]
    _point_at(browser, "h1")
    assert browser.run(_POINTED) == []


def _chip(browser: Browser) -> Any:
    return browser.run("return document.querySelector('.box-chip.pointed').innerText")


def test_brands_over_time_show_the_period_that_is_chosen(
    browser: Browser, address: str, portal: Portal
) -> None:
    open_page(browser, f"{address}/brands")
    portal.shows("Analyses (12)")
    portal.choose("Period", "Last 7 days")
    portal.shows("Analyses (3)", "match-12.mp4")
    assert "match-1.mp4" not in portal.text
    portal.choose("Period", "All time")
    portal.shows("Analyses (12)")
