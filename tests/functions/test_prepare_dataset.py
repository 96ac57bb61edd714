"""Whole batches on their way to a dataset."""

import hashlib
import json
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from brandlens.errors import InvalidLabels, InvalidTrainingRequest, NoTrainingPictures
from brandlens.jobs import result_prefix
from brandlens.training.brought_labels import read_classified, read_labeled
from brandlens.training.files import PART_FAILURE, PICTURES, training_prefix
from brandlens.workfiles import segment_file
from tests.functions.batches import PREFIX, Batch, encoded, photograph
from tests.jobs import job
from tests.media_samples import sample


@pytest.fixture
def batch() -> Batch:
    return Batch()


def coco(*names: str, box: tuple[int, int, int, int] = (32, 24, 64, 48)) -> bytes:
    return json.dumps(
        {
            "images": [
                {"id": n, "file_name": name, "width": 320, "height": 240} for n, name in enumerate(names)
            ],
            "annotations": [
                {
                    "id": n + 1,
                    "image_id": n,
                    "category_id": 1,
                    "bbox": box,
                    "area": box[2] * box[3],
                    "iscrowd": 0,
                }
                for n, _ in enumerate(names)
            ],
            "categories": [{"id": 1, "name": "Acme"}],
        }
    ).encode()


def test_videos_and_stills_become_pictures_and_tasks(batch: Batch) -> None:
    batch.drop("film/a.mp4", sample("b_frames"))
    batch.drop("still.png", encoded(photograph(1)))
    prepared = batch.run()
    stills = [picture for picture in batch.pictures if picture.seconds is None]
    frames = [picture for picture in batch.pictures if picture.seconds is not None]
    assert [picture.name for picture in stills] == ["000001/00000000.jpg"]
    assert [picture.name for picture in frames] == [f"000000/{k:08d}.jpg" for k in range(6)]
    assert {picture.scene for picture in frames} == {PREFIX + "film/a.mp4"}
    assert [(task.kind, task.items, task.frames) for task in prepared.tasks] == [
        ("video", 1, 6),
        ("image", 1, 1),
    ]
    assert (prepared.annotated, prepared.pictures, prepared.warnings) == (False, 7, 0)
    for picture in batch.pictures:
        body = batch.cloud.media.read(training_prefix(batch.job) + PICTURES + picture.name)
        with Image.open(BytesIO(body)) as image:
            assert (image.format, image.size) == ("JPEG", (picture.width, picture.height))
    for task in prepared.tasks:
        assert batch.cloud.media.read(task.manifest)
    record = batch.cloud.jobs.records[batch.job.job_id]
    assert (record.step, record.done, record.total) == ("label", 0, None)


def test_one_unreadable_file_of_ten_is_left_out_with_a_warning(batch: Batch) -> None:
    for number in range(9):
        batch.drop(f"{number}.png", encoded(photograph(number)))
    batch.drop("9.mp4", sample("broken_off"))
    prepared = batch.run()
    assert (prepared.pictures, prepared.warnings) == (9, 1)
    (warning,) = batch.warnings
    assert warning.code == "TruncatedMedia"
    assert warning.message.startswith(f"'{PREFIX}9.mp4' is left out. ")


def test_a_batch_of_which_nothing_can_be_read_is_refused_with_the_first_reason(batch: Batch) -> None:
    batch.drop("1.mp4", sample("sound_only"))
    batch.drop("2.mp4", sample("broken_off"))
    with pytest.raises(NoTrainingPictures) as refused:
        batch.run()
    assert "none of its 2 files gave a picture: " in str(refused.value)
    assert f"'{PREFIX}1.mp4' is left out. The file has no video" in str(refused.value)
    assert not list(batch.cloud.media.keys(training_prefix(batch.job)))


def test_damage_inside_a_file_is_a_warning_that_names_it(batch: Batch) -> None:
    batch.drop("a.mp4", sample("damaged"))
    batch.run()
    (warning,) = batch.warnings
    assert warning.code == "DecodeErrors"
    assert warning.message.startswith(f"'{PREFIX}a.mp4': ")


@pytest.mark.parametrize("lost", ["plan.json", segment_file(0)])
def test_a_file_whose_work_broke_off_is_left_out_with_a_warning(batch: Batch, lost: str) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("b.png", encoded(photograph(2)))
    batch.prepare_media(batch.list(batch.request()))
    del batch.cloud.work.objects[f"{result_prefix(batch.job)}parts/000000/{lost}"]
    assert batch.prepare(batch.request()).pictures == 1
    (warning,) = batch.warnings
    assert (warning.code, PREFIX + "a.png" in warning.message) == ("PartUnfinished", True)


def test_near_duplicates_among_files_are_labeled_once(batch: Batch) -> None:
    picture = photograph(1)
    batch.drop("a.png", encoded(picture))
    batch.drop("b.jpg", encoded(picture, "JPEG", quality=70))
    batch.drop("c.png", encoded(picture.resize((160, 120))))
    batch.drop("d.png", encoded(photograph(2)))
    prepared = batch.run()
    assert [one.source_key for one in batch.pictures] == [PREFIX + "a.png", PREFIX + "d.png"]
    assert prepared.tasks[0].items == 2
    names = set(batch.cloud.media.keys(training_prefix(batch.job) + PICTURES))
    assert len(names) == 2


def test_a_small_difference_is_worth_labeling_and_in_one_scene(batch: Batch) -> None:
    changed = photograph(1)
    ImageDraw.Draw(changed).rectangle((150, 100, 180, 115), fill="white", outline="black", width=3)
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("b.png", encoded(changed))
    batch.drop("c.png", encoded(photograph(3)))
    batch.run()
    assert [one.scene.removeprefix(PREFIX) for one in batch.pictures] == ["a.png", "a.png", "c.png"]


def test_two_videos_that_begin_alike_stay_two_scenes_but_repeat_nothing(batch: Batch) -> None:
    batch.drop("a.mp4", sample("b_frames"))
    batch.drop("b.mov", sample("index_first"))  # the same pictures in another file
    batch.drop("c.mp4", sample("solid_red"))
    batch.run()
    assert {one.source_key for one in batch.pictures} == {PREFIX + "a.mp4", PREFIX + "c.mp4"}


def test_no_video_gives_more_frames_than_the_most_whatever_its_headers_say(batch: Batch) -> None:
    batch.most_frames = 3
    batch.drop("a.mp4", sample("b_frames"))
    batch.run()
    assert [one.name for one in batch.pictures] == [f"000000/{k:08d}.jpg" for k in (0, 2, 4)]


def test_every_picture_of_a_concept_batch_is_one_item(batch: Batch) -> None:
    batch.drop("a.mp4", sample("b_frames"))
    batch.drop("b.png", encoded(photograph(1)))
    (task,) = batch.run(type="concept").tasks
    assert (task.kind, task.items, task.frames) == ("concept", 7, 7)


def test_labels_that_came_along_are_kept_under_the_datasets_names(batch: Batch) -> None:
    batch.drop("in/a.png", encoded(photograph(1)))
    batch.drop("in/b.png", encoded(photograph(2)))
    batch.drop("annotations.json", coco("in/a.png", "in/b.png"))
    prepared = batch.run(annotations="annotations.json")
    assert (prepared.annotated, prepared.tasks, prepared.pictures, prepared.warnings) == (True, (), 2, 0)
    labeled = read_labeled(batch.cloud.media, batch.job)
    assert [(one.name, one.width, one.height, one.scene) for one in labeled] == [
        (picture.name, picture.width, picture.height, picture.scene) for picture in batch.pictures
    ]
    (drawn,) = labeled[0].boxes
    assert (drawn.label, drawn.box.left, drawn.box.width) == ("Acme", pytest.approx(0.1), pytest.approx(0.2))


def test_of_an_annotated_batch_near_duplicates_are_kept_in_one_scene(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("b.jpg", encoded(photograph(1), "JPEG", quality=70))
    batch.drop("annotations.json", coco("a.png", "b.jpg"))
    batch.run(annotations="annotations.json")
    assert [one.scene for one in batch.pictures] == [PREFIX + "a.png"] * 2


def test_of_an_annotated_batch_what_the_annotations_are_silent_about_is_left_out(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("b.png", encoded(photograph(2)))
    batch.drop("c.mp4", sample("one_frame"))
    batch.drop("annotations.json", coco("a.png"))
    batch.run(annotations="annotations.json")
    assert [one.source_key for one in batch.pictures] == [PREFIX + "a.png"]
    assert [(w.code, w.message.split("'")[1]) for w in batch.warnings] == [
        ("NotAnnotated", PREFIX + "c.mp4"),
        ("NotAnnotated", PREFIX + "b.png"),
    ]


@pytest.mark.parametrize(
    ("annotations", "why"),
    [
        (b"{}", "annotations.json"),
        (coco("a.png", "gone.png"), "gone.png"),
        (coco("a.png", box=(300, 24, 64, 48)), "a.png"),
        (coco("a.png").replace(b"Acme", b"Apex"), "Apex"),
    ],
)
def test_annotations_that_do_not_fit_are_refused_before_anything_is_written(
    batch: Batch, annotations: bytes, why: str
) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("annotations.json", annotations)
    with pytest.raises(InvalidLabels, match=why):
        batch.run(annotations="annotations.json")
    assert not list(batch.cloud.media.keys(training_prefix(batch.job)))


def test_annotations_of_a_file_that_cannot_be_read_are_refused_with_its_reason(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("b.png", encoded(photograph(2))[:500])
    batch.drop("annotations.json", coco("a.png", "b.png"))
    with pytest.raises(InvalidLabels) as refused:
        batch.run(annotations="annotations.json")
    assert "the picture b.png is not there" in str(refused.value)
    assert "spring/b.png' is left out. The picture cannot be read" in str(refused.value)


def test_one_picture_twice_cannot_be_learned_from_with_its_labels(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("copy.png", encoded(photograph(1)))
    batch.drop("annotations.json", coco("a.png", "copy.png"))
    with pytest.raises(InvalidLabels, match="the very picture of"):
        batch.run(annotations="annotations.json")


def test_concept_labels_that_came_along_are_kept_too(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    line = {
        "source-ref": "s3://elsewhere/a.png",
        "Acme": 1,
        "Acme-metadata": {"class-name": "Acme", "confidence": 1, "type": "groundtruth/image-classification"},
    }
    batch.drop("concepts.manifest", json.dumps(line).encode())
    batch.run(type="concept", annotations="concepts.manifest")
    (kept,) = read_classified(batch.cloud.media, batch.job)
    assert (kept.name, kept.labels) == ("000000/00000000.jpg", ("Acme",))


def test_more_pictures_than_a_model_learns_from_are_refused(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.prepare_dataset.handler.MAX_PICTURES", 5)
    batch.drop("a.mp4", sample("b_frames"))
    with pytest.raises(InvalidTrainingRequest, match="it gives 6 pictures, and Custom Labels takes 5"):
        batch.run()


def test_a_repeated_call_gives_the_same_dataset(batch: Batch) -> None:
    batch.drop("a.mp4", sample("b_frames"))
    first = batch.run()
    objects = dict(batch.cloud.media.objects)
    assert batch.prepare(batch.request()) == first
    assert batch.cloud.media.objects == objects


def test_two_requests_for_one_batch_share_no_file(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    other = Batch(cloud=batch.cloud, job=job(PREFIX + "job.json", version="2"))
    asked, changed = batch.request(), batch.request(labels=("Zenith",))
    items, theirs = batch.list(asked), other.list(changed)
    batch.prepare_media(items)
    other.prepare_media(theirs)
    batch.prepare(asked)
    before = {k: v for k, v in batch.cloud.media.objects.items() if k.startswith(training_prefix(batch.job))}
    other.prepare(changed)
    after = {k: v for k, v in batch.cloud.media.objects.items() if k.startswith(training_prefix(batch.job))}
    assert before == after
    assert len(other.pictures) == 1
    assert not any(PART_FAILURE in key for key in batch.cloud.work.objects)


def test_a_picture_is_known_by_its_content_however_it_is_stored(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("b.mp4", sample("b_frames"))
    batch.run()
    prefix = training_prefix(batch.job) + PICTURES
    for picture in batch.pictures:
        assert picture.sha256 == hashlib.sha256(batch.cloud.media.read(prefix + picture.name)).hexdigest()


def test_pictures_that_the_annotations_say_are_of_one_scene_stay_together(batch: Batch) -> None:
    names = [f"{number}.png" for number in range(5)]
    for number, name in enumerate(names):
        batch.drop(name, encoded(photograph(number)))
    batch.drop("4 again.png", encoded(photograph(4).resize((240, 180)).resize((320, 240))))
    document = json.loads(coco(*names, "4 again.png"))
    for number, scene in ((0, "match"), (2, "match"), (3, "street"), (4, "street")):
        document["images"][number]["scene"] = scene
    batch.drop("a.json", json.dumps(document).encode())
    batch.run(annotations="a.json")
    scenes = [one.scene.removeprefix(PREFIX) for one in read_labeled(batch.cloud.media, batch.job)]
    named = {
        one.source_key.removeprefix(PREFIX): scene for one, scene in zip(batch.pictures, scenes, strict=True)
    }
    assert named["0.png"] == named["2.png"]
    assert named["3.png"] == named["4.png"] == named["4 again.png"]
    assert len({named["0.png"], named["1.png"], named["3.png"]}) == 3
