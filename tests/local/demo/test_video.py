"""The video as a whole, on footage made up for the test."""

import json
import math
from dataclasses import replace
from pathlib import Path

import cv2
import pytest
from PIL import Image, ImageOps

from local.demo import material, pictures, training, truth, video
from local.demo.brands import LABELS
from local.demo.decoding import frames
from local.demo.footage import BRIDGE, BUNNY, CITY, CLIPS, TOWERS, Clip
from local.demo.storyboard import (
    CROSSING,
    FRAME_RATE,
    SHOTS,
    STANDING,
    Camera,
    Placement,
    Shot,
    Surface,
    Take,
)
from tests.local.demo import clips as made_up

TAKE = Take(BRIDGE, 2, 14)
SURFACE = Surface(TAKE, 6, (200, 100, 900, 600))
KESTRIX = Placement("Kestrix", SURFACE, ((400, 200), (640, 210), (640, 290), (400, 280)), STANDING)
TANGRO = replace(KESTRIX, label="Tangro", corners=((700, 400), (900, 400), (900, 470), (700, 470)))
TEST_SHOTS = (
    Shot(TAKE, (KESTRIX, TANGRO)),
    Shot(TAKE, ()),
    Shot(
        TAKE, (KESTRIX,), Camera(1.5, (300, 150), (310, 160), mirrored=True), slowness=2, focus_pull=3, whip=2
    ),
)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[Clip, Path]:
    folder = tmp_path_factory.mktemp("clips")
    lengths = {BRIDGE: 400, CITY: 300, BUNNY: 720, TOWERS: 190}
    return {clip: made_up.write(folder / f"{clip.name}.mp4", seed, 40) for seed, clip in enumerate(lengths)}


def test_the_truth_of_a_video_says_when_and_where_each_brand_is(
    clips: dict[Clip, Path], tmp_path: Path
) -> None:
    ticks: list[None] = []
    file = tmp_path / "film.mp4"
    known = video.make(file, clips, 1, lambda: ticks.append(None), TEST_SHOTS)
    assert len(ticks) == len(known.frames) == 48
    assert known.cuts == (12 / FRAME_RATE, 24 / FRAME_RATE)
    assert sum(1 for _ in frames(file, 0, 48)) == 48
    by_label = {brand.label: brand for brand in known.brands}
    assert set(by_label) == set(LABELS), "strangers have no truth"
    assert by_label["Kestrix"].on_screen_seconds == 36 / FRAME_RATE
    assert by_label["Kestrix"].share_of_voice == 1
    assert not any(logo for frame in known.frames[12:24] for logo in frame.logos)


def test_a_video_filmed_again_holds_the_same_pixels_and_truth(
    clips: dict[Clip, Path], tmp_path: Path
) -> None:
    one, two = tmp_path / "one.mp4", tmp_path / "two.mp4"
    shots = TEST_SHOTS[:1]
    assert video.make(one, clips, 1, _nothing, shots) == video.make(two, clips, 1, _nothing, shots)
    assert all((a == b).all() for a, b in zip(frames(one, 0, 12), frames(two, 0, 12), strict=True))


def test_shares_of_voice_sum_to_one_and_small_logos_do_not_count() -> None:
    box = truth.Box(left=0.1, top=0.1, width=0.2, height=0.1)

    def frame(index: int, *labels: str) -> truth.FrameTruth:
        logos = tuple(
            truth.VisibleLogo(label=label, box=box, visible=1, counts=label != "Marabis") for label in labels
        )
        return truth.FrameTruth(index=index, seconds=index / 25, logos=logos)

    told = truth.brands([frame(0, "Haldric", "Marabis"), frame(1, "Haldric", "Orbeya")], LABELS, 25)
    seconds = {brand.label: brand.on_screen_seconds for brand in told}
    assert seconds["Haldric"] == 2 / 25
    assert seconds["Marabis"] == 0
    assert math.isclose(sum(brand.share_of_voice for brand in told), 1)


def test_the_storyboard_is_long_enough_has_cuts_and_a_stretch_without_brands() -> None:
    assert 64 <= sum(shot.length for shot in SHOTS) / FRAME_RATE <= 90
    assert any(not shot.placements for shot in SHOTS)
    assert {p.label for shot in SHOTS for p in shot.placements} >= set(LABELS)
    assert all(p.surface.take == shot.take for shot in SHOTS for p in shot.placements)
    assert CROSSING.clip in CLIPS


def test_nothing_the_video_shows_with_brands_is_a_training_scene() -> None:
    shown = {shot.take.clip for shot in SHOTS if shot.placements}
    assert shown.isdisjoint(clip for clip, _, _ in training.SCENES)
    for shot in SHOTS:
        for clip, first, last in training.SCENES:
            assert shot.take.clip != clip or shot.take.last <= first or last <= shot.take.first


def test_training_pictures_come_with_boxes_inside_them_and_some_without(
    clips: dict[Clip, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "SCENES", ((BUNNY, 2, 20), (TOWERS, 0, 30)))
    coco = json.loads(training.make(tmp_path, clips, 3, _nothing, count=14).read_text())
    assert len(coco["images"]) == 14
    boxed = {annotation["image_id"] for annotation in coco["annotations"]}
    assert 0 < len(boxed) < 14
    assert {annotation["category_id"] for annotation in coco["annotations"]} == set(range(1, len(LABELS) + 1))
    assert len({annotation["id"] for annotation in coco["annotations"]}) == len(coco["annotations"])
    for annotation in coco["annotations"]:
        left, top, width, height = annotation["bbox"]
        assert 0 <= left <= left + width <= 1280
        assert 0 <= top <= top + height <= 720
        assert annotation["attributes"]["visible"] >= 0.6
        assert annotation["attributes"]["occluded"] == (annotation["attributes"]["visible"] < 0.95)
    for image in coco["images"]:
        assert cv2.imread(str(tmp_path / image["file_name"])).shape == (720, 1280, 3)


def test_a_dozen_pictures_have_the_upright_size_their_truth_is_about(
    clips: dict[Clip, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = tuple(replace(still, frame=2 * number) for number, still in enumerate(pictures.STILLS))
    monkeypatch.setattr(pictures, "STILLS", near)
    known = pictures.make(tmp_path, clips, 5, _nothing)
    assert len(known.pictures) == 12
    turned = 0
    for still in near:
        with Image.open(tmp_path / still.name) as image:
            turned += image.size != (still.width, still.height)
            assert ImageOps.exif_transpose(image).size == (still.width, still.height)
        assert {logo.label for logo in known.pictures[still.name]} == set(still.labels) & set(LABELS)
    assert turned == 1
    assert {Path(name).suffix for name in known.pictures} == {".jpg", ".png"}


def test_what_stands_is_used_again_and_progress_reaches_its_end(
    clips: dict[Clip, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[Clip] = []

    def given(clip: Clip, _: Path) -> Path:
        fetched.append(clip)
        return clips[clip]

    monkeypatch.setattr(material, "fetch", given)
    monkeypatch.setattr(material, "SHOTS", TEST_SHOTS[:1])
    monkeypatch.setattr(training, "SCENES", ((BUNNY, 2, 20), (TOWERS, 0, 30)))
    monkeypatch.setattr(training, "COUNT", 4)
    monkeypatch.setattr(pictures, "STILLS", (replace(pictures.STILLS[1], frame=3),))
    told: list[tuple[int, int, str]] = []
    made = material.ensure(tmp_path, lambda done, whole, words: told.append((done, whole, words)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert (
        truth.VideoTruth.model_validate_json(made.video_truth.read_text()).duration_seconds == 12 / FRAME_RATE
    )
    assert set(truth.PicturesTruth.model_validate_json(made.pictures_truth.read_text()).pictures) == {
        file.name for file in made.pictures.iterdir()
    }
    assert made.annotations.parent == made.training_dir
    assert made.labels == LABELS
    assert "licence" in made.credits
    fetched.clear()
    assert material.ensure(tmp_path, lambda *_: None) == made
    assert fetched == []


def _nothing() -> None:
    pass
