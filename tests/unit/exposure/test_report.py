import re
from importlib import resources
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from brandlens.exposure import Exposures
from brandlens.results import (
    Detection,
    Warning,  # noqa: A004 - the document's own term
)
from tests.unit.exposure.page import Element, Page
from tests.unit.exposure.works import (
    RATE,
    STILL,
    document,
    find_exposures,
    finished,
    found,
    kept,
    logo,
    video,
)

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


def page_of(exposures: Exposures, key: str = "inbox/demo/analyze/cup/match.mp4") -> Page:
    return Page(document(finished(exposures, key=key), "report.html"))


@pytest.fixture(scope="module")
def two_brands() -> Page:
    seen = {s: [logo(), logo("Globex", left=0.7)] if s < 10 else [logo()] for s in range(40)}
    return page_of(found({**seen, 60: [logo("Globex")]}, slots=80))


@pytest.fixture(scope="module")
def many() -> Page:
    return page_of(found({slot: [logo()] for slot in range(0, 700, 10)}, slots=700))


@pytest.fixture(scope="module")
def still() -> Page:
    seen = [logo(), logo(left=0.7), logo("Globex", top=0)]
    return page_of(find_exposures(STILL, None, kept([0]), {0: seen}))


@pytest.fixture(scope="module")
def empty() -> Page:
    return page_of(found({}, slots=4))


@pytest.fixture(params=["two_brands", "many", "still", "empty"])
def page(request: pytest.FixtureRequest) -> Page:
    shown: Page = request.getfixturevalue(request.param)
    return shown


def test_the_page_needs_nothing_but_itself(page: Page) -> None:
    assert not page.all("script", "link", "iframe", "object", "base")
    assert all(source.startswith("data:image/jpeg;base64,") for source in page.values("src"))
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", page.all("style")[0].text)


def test_the_page_forbids_itself_every_request(page: Page) -> None:
    (policy,) = [m for m in page.all("meta") if "http-equiv" in m.attributes]
    assert policy.attributes["content"].startswith("default-src 'none'; img-src data:;")


def test_links_lead_to_the_files_beside_the_page_or_within_it(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for link in page.values("href"):
        parts = urlsplit(link)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert not parts.path.startswith(("/", ".."))
        assert parts.path or parts.fragment in ids


def test_the_page_says_where_files_are_wherever_it_is_read_itself(page: Page) -> None:
    assert "beside this page" not in page.text
    assert "analysis.json, among the results of this job" in page.text


def test_the_markup_says_what_is_what(page: Page) -> None:
    assert len(page.all("h1")) == 1
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(image.attributes.get("alt") for image in page.all("img"))
    assert all(head.attributes.get("scope") for head in page.all("th"))
    assert page.all("html")[0].attributes["lang"] == "en"
    assert set(page.values("aria-labelledby")) <= set(page.values("id"))


def test_a_reader_learns_what_was_analyzed_how_and_at_what_cost(two_brands: Page) -> None:
    for said in (
        "match.mp4", "Project demo", "40.0 seconds", "640 × 360 H.264", "Analyzed 2 January 2026, 03:09 UTC",
        "2 frames a second, 80 frames in all", "exact to 0.5 s",
        "Amazon Rekognition Custom Labels, version v1",
        "s3://media/inbox/demo/analyze/cup/match.mp4", "Anything under 50% is left out", "0.5 unit hours",
        "Total$2.00", "published prices for us-east-1",
    ):  # fmt: skip
        assert said in two_brands.text


def test_a_reader_learns_how_starts_ends_and_gaps_are_counted(two_brands: Page) -> None:
    for said in (
        "begins with the first frame a brand is seen in, ends with the first it is gone from",
        "A brand missed in a single sampled frame, between two in which it was seen in about the same place",
        "counts as on screen there.",
    ):
        assert said in two_brands.text


@pytest.mark.parametrize("work", ["two_brands", "still"])
def test_every_figure_shown_is_explained_once(work: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(work)
    lists = [e.text for e in page.all("dl") if e.attributes.get("class") == "terms"]
    for figure in ("Share of voice", "Size", "Confidence", "Sharpness", "Position"):
        assert "".join(lists).count(figure) == 1
    assert "#reading" in page.values("href")


def test_the_headline_names_the_brand_with_most_voice(two_brands: Page) -> None:
    assert "Acme leads with 20.0 seconds on screen and 78.4% share of voice." in two_brands.text


def test_each_brand_has_its_figures_in_one_row(two_brands: Page) -> None:
    rows = [" ".join(row.text.split()) for row in two_brands.all("tr")]
    assert "Acme 50.0% 0:20.0 78.4% 1 0:00.0 – 0:20.0 2.0% 90%" in rows
    assert "Globex 13.8% 0:05.5 21.6% 2 0:00.0 – 0:30.5 2.0% 90%" in rows


def test_the_timeline_draws_every_appearance_where_it_was(two_brands: Page) -> None:
    drawn = [(t.text, r.attributes["x"], r.attributes["width"]) for t, r in _titled(two_brands)]
    assert drawn == [
        ("Acme, 0:00.0 to 0:20.0", "0.000%", "50.000%"),
        ("Globex, 0:00.0 to 0:05.0", "0.000%", "12.500%"),
        ("Globex, 0:30.0 to 0:30.5", "75.000%", "1.250%"),
    ]
    assert [t.text for t in two_brands.all("text")] == ["0:00", "0:10", "0:20", "0:30", "0:40"]


def _titled(page: Page) -> list[tuple[Element, Element]]:
    pairs = pairwise(page.elements)
    return [(title, rect) for rect, title in pairs if (rect.tag, title.tag) == ("rect", "title")]


def test_each_appearance_shows_its_proof_with_the_box_on_it(two_brands: Page) -> None:
    cards = [e for e in two_brands.all("li") if e.attributes.get("class") == "card"]
    assert [card.attributes["id"] for card in cards] == ["a0001", "a0002", "a0003"]
    assert "0:30.0 – 0:30.5" in cards[2].text
    chosen = [e for e in two_brands.all("i") if e.attributes.get("class") == "box chosen"]
    assert chosen[1].attributes["style"] == (
        "--left: 70.000%; --top: 40.000%; --right: 10.000%; --bottom: 50.000%"
    )
    assert two_brands.all("img")[2].attributes["alt"] == "Globex at 0:30.0, middle center"


def test_a_gap_is_told_and_drawn() -> None:
    gap = Warning(
        code="CorruptFrames", message="Frames could not be decoded.", start_seconds=1.0, end_seconds=2.0
    )
    exposures = find_exposures(
        video(4.0), RATE, kept([0, 1, 4]), {0: [logo()], 1: [], 4: [logo()]}, warnings=[gap]
    )
    page = page_of(exposures)
    assert "Please note Frames could not be decoded. 0:01.0 – 0:02.0" in page.text
    assert "Not readable, 0:01.0 to 0:02.0" in [title.text for title, _ in _titled(page)]


def test_beyond_the_limit_of_pictures_appearances_are_listed_and_the_page_says_so(many: Page) -> None:
    assert len(many.all("img")) == 60
    assert "the 60 longest appearances are shown with their picture and 10 are listed without" in many.text
    assert "frames/00000690.jpg" in many.values("href")
    assert "their pictures lie in frames/ among the results of this job" in many.text
    assert "Appearances of Acme without a picture" in many.text


def test_an_image_shows_every_logo_on_one_picture_and_no_seconds(still: Page) -> None:
    assert len(still.all("img")) == 1
    boxes = [" ".join(e.text.split()) for e in still.all("i") if e.attributes.get("class") == "box"]
    assert boxes == ["Acme", "Acme", "Globex"]
    assert "2 brands in this picture. Acme takes the most room, 4.0% of it." in still.text
    assert not still.all("svg")
    assert "On screen" not in still.text


def test_when_no_brand_was_found_the_page_says_what_to_try(empty: Page) -> None:
    assert "No brand was found in this video. The model looked at 4 frames" in empty.text
    assert "Label a few frames of this video and train again" in empty.text
    assert not empty.all("svg", "img")
    assert [h.text for h in empty.all("h2")] == ["How this was measured", "What it cost"]


def test_names_are_text_whatever_they_hold() -> None:
    exposures = found({0: [logo(HOSTILE), logo("Acme", left=0.7)]}, slots=4)
    hostile = page_of(exposures, key=f"inbox/demo/analyze/{HOSTILE.replace('/', '')}.mp4")
    assert not hostile.all("script")
    assert not any("onerror" in e.attributes for e in hostile.elements)
    assert HOSTILE in hostile.text
    assert hostile.all("h1")[0].text == f"{HOSTILE.replace('/', '')}.mp4"


def test_a_work_of_whole_image_labels_has_a_report_too() -> None:
    page = page_of(found({0: [Detection(label="Stadium", confidence=80)]}, slots=2))
    assert page.all("img")[0].attributes["alt"] == "Stadium at 0:00.0, whole picture"


def test_a_ninth_brand_is_grey_for_want_of_a_colour() -> None:
    page = page_of(found({0: [logo(f"Brand {n}", confidence=90 - n) for n in range(9)]}, slots=2))
    classes = [e.attributes.get("class", "") for e in page.all("tr")][1:10]
    assert classes == [f"c{n}" for n in range(8)] + ["grey"]


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_bars_stand_out_as_wcag_asks(scheme: int) -> None:
    css = resources.files("brandlens.exposure").joinpath("templates/report.css").read_text()
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css.split(":root {")[scheme + 1]))
    for text, ground in (("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("note", "note-field")):
        assert _contrast(colours[text], colours[ground]) >= 4.5
    for bar in ("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "grey"):
        assert _contrast(colours[bar], colours["paper"]) >= 3
