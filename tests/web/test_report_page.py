import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from brandlens.exposure import Exposures, proof_file
from brandlens.results import Detection
from brandlens.results import Warning as Gap
from tests.unit.exposure.works import (
    RATE,
    STILL,
    box,
    find_exposures,
    finished,
    found,
    kept,
    logo,
    picture,
    video,
)
from tests.web.browser import Browser, chromium
from tests.web.contrast import faint_texts, luminance

pytestmark = pytest.mark.xdist_group("browser")

HOSTILE = "<script>document.title='taken'</script>\"'><img src=x onerror=\"document.title='taken'\">"
LONG = "Unbroken" * 16
A4_WIDTH = 688
"""CSS pixels (1/96 inch) between margins of 14 mm."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SE_AVOID_STATS", "true")
        with chromium(tmp_path_factory.mktemp("profile")) as started:
            yield started


def _few() -> Exposures:
    seen = {0: [logo(), logo("Globex", left=0.7)], 1: [logo()], 8: [logo("Initech", top=0.1)]}
    gap = Gap(code="CorruptFrames", message="Frames could not be decoded.", start_seconds=1, end_seconds=2)
    sampled = kept(slot for slot in range(12) if slot not in (2, 3))
    return find_exposures(video(6), RATE, sampled, {f.index: seen.get(f.index, ()) for f in sampled}, [gap])


def _hostile() -> Exposures:
    return found(
        {0: [logo(HOSTILE), logo(LONG, left=0.7)], 2: [Detection(label="Ω", confidence=80)]}, slots=4
    )


WORKS = {
    "few brands": _few(),
    "more appearances than pictures": found({slot: [logo()] for slot in range(0, 700, 10)}, slots=700),
    "an image": find_exposures(
        STILL,
        None,
        kept([0]),
        {0: [logo(left=0, width=0.05), logo("Globex", left=0.95, width=0.05, top=0), logo(LONG)]},
    ),
    "a logo that fills the picture": found({0: [logo(left=-0.1, top=0, width=1.2, height=1)]}, slots=2),
    "no brand": found({}, slots=4),
    "hostile names": _hostile(),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every work's result, laid out as in the results bucket: name -> its report.html."""
    return {name: _lay_out(work, tmp_path_factory.mktemp("result")) for name, work in WORKS.items()}


def _lay_out(work: Exposures, folder: Path) -> Path:
    (folder / "frames").mkdir()
    for index in work.proof_frames:
        (folder / proof_file(index)).write_bytes(picture())
    name = HOSTILE.replace("/", "\\")
    for document in finished(work, key=f"inbox/demo/analyze/{name}.mp4").documents:
        (folder / document.name).write_bytes(document.body)
    return folder / "report.html"


@pytest.fixture(params=WORKS)
def page(request: pytest.FixtureRequest, results: dict[str, Path]) -> Path:
    return results[request.param]


def test_the_page_asks_for_nothing_but_itself(browser: Browser, page: Path) -> None:
    browser.show(page)
    assert browser.requests() == [page.as_uri()]


def test_a_page_that_asks_for_more_would_be_found_out(browser: Browser, tmp_path: Path) -> None:
    telling = tmp_path / "telling.html"
    telling.write_text("<img src='http://elsewhere.invalid/pixel.gif'>")
    browser.show(telling)
    assert browser.requests() == [telling.as_uri(), "http://elsewhere.invalid/pixel.gif"]
    assert any("elsewhere.invalid" in line for line in browser.complaints())


def test_the_console_stays_empty(browser: Browser, page: Path) -> None:
    browser.show(page)
    assert browser.complaints() == []


@pytest.mark.parametrize("width", [390, 768, 1366])
def test_the_page_never_scrolls_sideways(browser: Browser, page: Path, width: int) -> None:
    browser.show(page, width=width)
    shown, content = browser.run("const r = document.documentElement; return [r.clientWidth, r.scrollWidth]")
    assert width - 20 <= shown <= width
    assert content <= shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_the_readers_colour_scheme(browser: Browser, page: Path, scheme: str) -> None:
    browser.show(page, scheme=scheme)
    paper = luminance(browser.run("return getComputedStyle(document.body).backgroundColor"))
    assert paper > 0.8 if scheme == "light" else paper < 0.1
    assert faint_texts(browser, least=4.5) == []


def test_every_picture_has_loaded_and_says_what_it_shows(browser: Browser, page: Path) -> None:
    browser.show(page)
    pictures = browser.run("return [...document.images].map(i => [i.naturalWidth, i.alt])")
    assert all(width > 0 and alt.strip() for width, alt in pictures)
    assert bool(pictures) == bool(browser.run("return document.querySelectorAll('.picture').length"))


def test_a_name_on_an_image_stays_within_it(browser: Browser, results: dict[str, Path]) -> None:
    browser.show(results["an image"], width=390)
    picture_box, names = browser.run(
        "const box = e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] };"
        "return [box(document.querySelector('.still')),"
        "[...document.querySelectorAll('.still span')].map(e => [e.innerText, box(e)])]"
    )
    places = dict(names)
    for brand in ("Acme", "Globex"):
        left, top, right, bottom = places[brand]
        assert left >= picture_box[0] - 3
        assert top >= picture_box[1]
        assert right <= picture_box[2] + 3
        assert bottom <= picture_box[3]


BOXES = """
const edges = e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] };
return [...document.querySelectorAll('.card')].map(card => {
  const line = card.querySelector('.box.chosen'), style = getComputedStyle(line);
  const swatch = card.closest('.brand').querySelector('.swatch');
  return [edges(card.querySelector('.picture')), edges(line), parseFloat(style.borderTopWidth),
          style.borderTopColor, getComputedStyle(swatch).backgroundColor, style.outlineColor] })
"""


def _shown_boxes(browser: Browser, page: Path) -> list[list[Any]]:
    browser.show(page)
    boxes: list[list[Any]] = browser.run(BOXES)
    assert boxes
    return boxes


def test_the_line_of_a_proof_lies_clear_of_what_was_found(browser: Browser, results: dict[str, Path]) -> None:
    picture_edges, line, width, *_ = _shown_boxes(browser, results["few brands"])[0]
    left, top, right, bottom = picture_edges
    across, down, found_box = right - left, bottom - top, box()
    assert line[0] + width < left + found_box.left * across
    assert line[1] + width < top + found_box.top * down
    assert line[2] - width > left + (found_box.left + found_box.width) * across
    assert line[3] - width > top + (found_box.top + found_box.height) * down


def test_the_line_of_a_proof_has_its_brands_colour_and_a_halo(
    browser: Browser, results: dict[str, Path]
) -> None:
    boxes = _shown_boxes(browser, results["few brands"])
    assert len({colour for *_, colour, _, _ in boxes}) == 3
    for *_, colour, swatch, halo in boxes:
        assert colour == swatch
        assert halo != colour


def test_the_line_around_what_fills_the_picture_stays_within_it(
    browser: Browser, results: dict[str, Path]
) -> None:
    picture_edges, line, *_ = _shown_boxes(browser, results["a logo that fills the picture"])[0]
    assert line[0] > picture_edges[0]
    assert line[1] > picture_edges[1]
    assert line[2] < picture_edges[2]
    assert line[3] < picture_edges[3]


def test_on_a_phone_links_lead_to_each_brands_appearances(browser: Browser, results: dict[str, Path]) -> None:
    shown = "return [...document.querySelectorAll('.jump a')].map(e => e.innerText)"
    browser.show(results["few brands"], width=1200)
    assert not browser.run("return document.querySelector('.jump').offsetHeight")
    browser.show(results["few brands"], width=390)
    assert browser.run(shown) == ["Acme", "Globex", "Initech"]
    browser.driver.find_elements("css selector", ".jump a")[-1].click()
    assert browser.run("return document.querySelector(':target').innerText").startswith("Initech")


def test_the_timeline_has_a_row_for_every_brand(browser: Browser, results: dict[str, Path]) -> None:
    browser.show(results["few brands"])
    names, rows = browser.run(
        "const top = e => e.getBoundingClientRect().top;"
        "return [[...document.querySelectorAll('.timeline li')].map(e => [e.innerText, top(e)]),"
        "[...document.querySelectorAll('.timeline g')].map(e => top(e.querySelector('a rect')))]"
    )
    assert [name for name, _ in names] == ["Acme", "Globex", "Initech"]
    assert [bar - top for (_, top), bar in zip(names, rows, strict=True)] == pytest.approx([9, 9, 9], abs=1.5)


def test_a_bar_of_the_timeline_leads_to_its_appearance(browser: Browser, results: dict[str, Path]) -> None:
    browser.show(results["few brands"])
    bars = browser.driver.find_elements("css selector", ".timeline a")
    bars[-1].click()
    assert browser.run("return document.querySelector(':target h3, :target .time').innerText").startswith(
        "0:04.0"
    )


def test_links_are_relative_and_lead_to_files_of_the_result(browser: Browser, page: Path) -> None:
    browser.show(page)
    links = browser.run(
        "const links = [...document.querySelectorAll('a[href]:not(svg a)')];"
        "return links.map(a => [a.getAttribute('href'), a.href])"
    )
    assert links
    for written, address in links:
        assert urlsplit(written)[:2] == ("", "")
        target = Path(unquote(urlsplit(address).path))
        assert target.is_relative_to(page.parent)
        assert target.exists(), written


def test_a_proof_picture_opens_the_whole_frame(browser: Browser, results: dict[str, Path]) -> None:
    browser.show(results["few brands"])
    browser.driver.find_element("css selector", ".card a").click()
    assert browser.driver.current_url == (results["few brands"].parent / "frames/00000000.jpg").as_uri()
    assert browser.run("return document.images[0].naturalWidth") == 640


def test_paper_is_white_and_has_the_whole_table_in_whatever_scheme(
    browser: Browser, results: dict[str, Path]
) -> None:
    browser.show(results["few brands"], width=A4_WIDTH, scheme="dark", media="print")
    assert luminance(browser.run("return getComputedStyle(document.body).backgroundColor")) > 0.8
    head, content = browser.run(
        "return [document.querySelector('.brands thead').getBoundingClientRect().height,"
        "document.documentElement.scrollWidth]"
    )
    assert head > 10
    assert content <= A4_WIDTH


def test_the_page_prints(browser: Browser, page: Path) -> None:
    browser.show(page, scheme="dark")
    assert _pages(browser.print()) >= 1


def test_a_long_report_prints_on_several_pages(browser: Browser, results: dict[str, Path]) -> None:
    browser.show(results["more appearances than pictures"])
    assert _pages(browser.print()) > 3


def _pages(pdf: bytes) -> int:
    """Count the page objects, which Chromium leaves uncompressed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_hostile_names_show_as_text(browser: Browser, results: dict[str, Path]) -> None:
    browser.show(results["hostile names"])
    title = HOSTILE.replace("/", "\\") + ".mp4"
    assert browser.driver.title == f"{title} · Brand exposure"
    assert browser.run("return document.querySelector('h1').innerText") == title
    names = browser.run("return [...document.querySelectorAll('.brands tbody th')].map(e => e.innerText)")
    assert sorted(names) == sorted([HOSTILE, LONG, "Ω"])
    assert browser.run("return document.querySelectorAll('script, [onerror], img[src=x]').length") == 0
