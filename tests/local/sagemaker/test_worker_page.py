import json
from collections.abc import Iterator

import pytest
from selenium.webdriver.common.keys import Keys

from local.home import PACKAGES
from local.services.sagemaker.assets import Assets
from tests.local.sagemaker.requests import Labeling, box, picture
from tests.local.sagemaker.worker import Worker
from tests.web.browser import chromium

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    Assets(PACKAGES).read("annotorious.js")  # says what is missing where it cannot be obtained
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SE_AVOID_STATS", "true")
        with chromium(tmp_path_factory.mktemp("profile")) as started:
            yield Worker(started)


def address(labeling: Labeling, name: str) -> str:
    return f"{labeling.url}/jobs/{labeling.describe(name)['JobReferenceCode']}"


def answers(labeling: Labeling, name: str) -> list[list[dict[str, int]]]:
    """Return the boxes of each picture as the service has them."""
    _, told = labeling.ask("GET", labeling.page_of(name))
    return [one["answer"]["boxes"] for one in told["pictures"]]


def hand_in(worker: Worker) -> None:
    worker.until(lambda: worker.run("return document.querySelector('#hand-in-dialog').open"))
    worker.click("#hand-in-confirm")


def test_a_box_drawn_with_the_mouse_is_in_the_output_to_the_pixel(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    worker.open(address(labeling, name))
    assert worker.text("#next") == "Nothing to label"

    worker.press("2")
    worker.drag((101, 52), (263, 149))
    worker.until(lambda: worker.texts(".tags span") == ["Bolt"])
    worker.press(Keys.ARROW_RIGHT)
    hand_in(worker)

    (line,) = labeling.output(name)
    assert line["brands"]["annotations"] == [
        {"class_id": 1, "left": 101, "top": 52, "width": 162, "height": 97}
    ]
    assert worker.browser.complaints() == []
    assert all(asked.startswith(labeling.url) for asked in worker.browser.requests())


def test_choosing_the_next_label_leaves_the_box_just_drawn_its_own(
    labeling: Labeling, worker: Worker
) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    worker.open(address(labeling, name))

    worker.press("1")
    worker.drag((100, 100), (200, 150))
    worker.press("2")
    worker.drag((300, 100), (400, 150))
    worker.click("#labels li:nth-child(3)")
    worker.until(lambda: worker.texts("#labels [aria-selected=true] span") == ["Globex"])
    worker.until_saved()

    assert worker.texts(".tags span") == ["Acme", "Bolt"]
    assert answers(labeling, name) == [[box(0, 100, 100, 100, 50), box(1, 300, 100, 100, 50)]]


def test_a_box_whose_corner_is_adjusted_at_once_keeps_its_label(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    worker.open(address(labeling, name))

    worker.drag((100, 100), (200, 150))
    worker.drag((200, 150), (220, 170))
    worker.press("2")
    worker.until(lambda: worker.texts("#labels [aria-selected=true] span") == ["Bolt"])
    worker.until_saved()

    assert answers(labeling, name) == [[box(0, 100, 100, 120, 70)]]


@pytest.mark.parametrize("other", ["drawn last", "drawn before"])
def test_a_box_that_is_clicked_takes_the_label_chosen_then_and_gives_it_back(
    labeling: Labeling, worker: Worker, other: str
) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    worker.open(address(labeling, name))
    worker.drag((100, 100), (200, 150))
    worker.drag((300, 100), (400, 150))
    worker.until_selected((350, 125))
    clicked = (350, 125) if other == "drawn last" else (150, 125)

    worker.select(clicked)
    worker.press("3")
    worker.until(lambda: sorted(worker.texts(".tags span")) == ["Acme", "Globex"])
    worker.press("z", control=True)
    worker.until(lambda: worker.texts(".tags span") == ["Acme", "Acme"])
    worker.until_saved()

    assert answers(labeling, name) == [[box(0, 100, 100, 100, 50), box(0, 300, 100, 100, 50)]]


def test_a_box_drawn_in_a_zoomed_picture_is_exact_too(labeling: Labeling, worker: Worker) -> None:
    labeling.put("pictures/large.jpg", picture(2400, 1600))
    name = labeling.open("BoundingBox", labeling.manifest([{"source-ref": "s3://media/pictures/large.jpg"}]))
    worker.open(address(labeling, name))
    assert "Fit" in worker.text("#zoom-fit")

    for _ in range(8):
        worker.press("+")
    worker.scroll_to(1500, 900)
    worker.drag((1533, 951), (1607, 1003))
    worker.until_saved()

    assert answers(labeling, name) == [[box(0, 1533, 951, 74, 52)]]


def test_a_box_drawn_beyond_the_edge_ends_at_the_edge(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    worker.open(address(labeling, name))

    worker.drag((600, 300), (650, 366))
    worker.until_saved()

    assert answers(labeling, name) == [[box(0, 600, 300, 40, 60)]]


def test_boxes_are_copied_to_the_next_frame_and_moved_there(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("VideoObjectDetection", labeling.video(3))
    worker.open(address(labeling, name))
    worker.drag((100, 100), (200, 150))
    worker.until(lambda: worker.texts(".tags span") == ["Acme"])

    worker.press("p")
    worker.until_place(2)
    worker.select((150, 125))
    worker.until(lambda: not worker.run("return document.getElementById('delete').disabled"))
    worker.drag((150, 125), (170, 135))
    worker.press("3")
    worker.press(Keys.ARROW_RIGHT)
    worker.until_place(3)
    assert worker.text("#progress") == "2 of 3 looked at"
    worker.press(Keys.ARROW_RIGHT)
    hand_in(worker)

    told = labeling.output(name)[0]["brands-ref"]
    assert labeling.describe(name)["LabelCounters"]["HumanLabeled"] == 1
    frames = boxes_by_frame(labeling, told)
    assert frames == [[("0", 100, 100, 100, 50)], [("2", 120, 110, 100, 50)], []]


def boxes_by_frame(labeling: Labeling, uri: str) -> list[list[tuple[str, int, int, int, int]]]:
    """Return each frame's boxes: class, left, top, width, height."""
    document = json.loads(labeling.read(uri))
    return [
        [
            (one["class-id"], one["left"], one["top"], one["width"], one["height"])
            for one in frame["annotations"]
        ]
        for frame in document["detection-annotations"]
    ]


def test_what_was_drawn_and_deleted_can_be_undone_and_redone(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    worker.open(address(labeling, name))

    def shown() -> int:
        return len(worker.texts(".tags span"))

    worker.drag((100, 100), (200, 150))
    worker.until(lambda: shown() == 1)
    worker.drag((300, 100), (400, 150))
    worker.until(lambda: shown() == 2)
    worker.press(Keys.DELETE)
    worker.until(lambda: shown() == 1)
    worker.press("z", control=True)
    worker.until(lambda: shown() == 2)
    worker.press("z", control=True)
    worker.until(lambda: shown() == 1)
    worker.press("y", control=True)
    worker.until(lambda: shown() == 2)
    worker.until_saved()

    assert answers(labeling, name) == [[box(0, 100, 100, 100, 50), box(0, 300, 100, 100, 50)]]


def test_a_job_goes_on_where_it_was_left(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(3))
    worker.open(address(labeling, name))
    worker.drag((100, 100), (200, 150))
    worker.until(lambda: worker.texts(".tags span") == ["Acme"])
    worker.press(Keys.ARROW_RIGHT)
    worker.until_place(2)
    worker.until_saved()

    worker.browser.driver.refresh()
    worker.until_place(2)
    worker.press(Keys.ARROW_LEFT)
    worker.until_place(1)

    worker.until(lambda: worker.texts(".tags span") == ["Acme"])


def test_a_job_with_pictures_left_is_not_handed_in(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(3))
    worker.open(address(labeling, name))
    worker.press(Keys.ARROW_RIGHT)
    worker.until_place(2)

    worker.click("#hand-in")
    worker.until(lambda: "2 pictures to look at yet" in worker.text("#hand-in-title"))
    hand_in(worker)

    worker.until_place(2)
    assert labeling.describe(name)["LabelingJobStatus"] == "InProgress"


def test_a_class_is_given_with_one_key(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("ImageMultiClass", labeling.images(2))
    worker.open(address(labeling, name))

    worker.press("3")
    worker.until_place(2)
    worker.press("1")
    hand_in(worker)

    assert [line["concept"] for line in labeling.output(name)] == [2, 0]


def test_undo_takes_back_the_last_answer_and_shows_its_picture(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("ImageMultiClass", labeling.images(4))
    worker.open(address(labeling, name))
    for place, key in enumerate("122", start=2):
        worker.press(key)
        worker.until_place(place)

    worker.press("z", control=True)
    worker.until_place(3)
    assert worker.text("#progress") == "2 of 4 looked at"
    worker.press("z", control=True)
    worker.until_place(2)
    worker.press("y", control=True)
    worker.until(lambda: worker.text("#progress") == "2 of 4 looked at")
    worker.until_saved()

    _, told = labeling.ask("GET", labeling.page_of(name))
    assert [one["answer"]["label"] for one in told["pictures"]] == [0, 1, None, None]


def test_the_page_fits_a_small_screen(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    worker.open(address(labeling, name))

    outside = worker.run(
        "return [...document.querySelectorAll('button, #labels li, #sheet img')].filter((e) => {"
        "const b = e.getBoundingClientRect();"
        "return b.width && (b.left < 0 || b.top < 0 || b.right > innerWidth || b.bottom > innerHeight)"
        "}).map((e) => e.id || e.tagName)"
    )

    assert outside == []


def test_the_list_of_jobs_leads_to_each(labeling: Labeling, worker: Worker) -> None:
    name = labeling.open("BoundingBox", labeling.images(2))
    labeling.answer(name, 0)
    worker.browser.driver.get(labeling.url)
    path = address(labeling, name).removeprefix(labeling.url)

    worker.until(lambda: worker.texts(f"a[href='{path}']") == ["Go on"])
    worker.click(f"a[href='{path}']")

    worker.until_place(2)
