"""collect_annotations: what people answered, or what came along, becomes a dataset and a report on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from brandlens.errors import InvalidLabels
from brandlens.jobs import Value
from brandlens.labels.image_manifest import ClassifiedPicture, read_image_manifest
from brandlens.labels.manifest import read_manifest
from brandlens.labels.pictures import LabeledBox, LabeledPicture
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.results import Box, Warning  # noqa: A004 - the document's own term
from brandlens.training.answers import LabelingOutput
from brandlens.training.files import training_prefix
from brandlens.training.labeling_inputs import labeling_inputs
from brandlens.training.pictures import DatasetPicture
from brandlens.training.report import DataReport
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask, TaskKind
from brandlens.workfiles import WARNINGS
from functions.collect_annotations.handler import CollectAnnotations, Dataset, Deps, handle
from tests.fakes.jobs import FakeJobs
from tests.fakes.objects import FakeObjectStore
from tests.ground_truth import (
    SIZE,
    Drawn,
    boxed_line,
    classified_line,
    manifest,
    sequence_labels,
    unanswered_line,
    video_line,
)
from tests.jobs import NOW, job

JOB = job("inbox/cup/train/first/job.json")
PREFIX = training_prefix(JOB)
ROOT = f"s3://media/{PREFIX}"
LABELS = ("Acme", "Bolt")
CLASSES = (*LABELS, SECOND_CLASS)
ACME: Drawn = ("Acme", 10, 20, 64, 32)
BOLT: Drawn = ("Bolt", 300, 100, 8, 90)


def still(number: int, scene: str | None = None) -> DatasetPicture:
    name = f"{number:04}/00000000.jpg"
    return DatasetPicture(
        name=name,
        source_key=f"inbox/cup/train/first/{number}.jpg",
        seconds=None,
        width=SIZE[0],
        height=SIZE[1],
        scene=scene or name,
        sha256="0" * 64,
    )


def film(part: int, frames: int) -> list[DatasetPicture]:
    return [
        DatasetPicture(
            name=f"{part:04}/{number:08}.jpg",
            source_key=f"inbox/cup/train/first/{part}.mp4",
            seconds=float(number),
            width=SIZE[0],
            height=SIZE[1],
            scene=f"inbox/cup/train/first/{part}.mp4",
            sha256="0" * 64,
        )
        for number in range(frames)
    ]


@dataclass
class Training:
    """What prepare_dataset left, and what the labeling jobs did."""

    pictures: Sequence[DatasetPicture]
    type: Literal["object", "concept"] = "object"
    annotations: str | None = None
    labels: Sequence[str] = LABELS
    warnings: tuple[Warning, ...] = ()
    media: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("media"))
    jobs: FakeJobs = field(default_factory=FakeJobs)
    outputs: list[LabelingOutput] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.jobs.receive(JOB, "training")
        self._write("pictures.jsonl", _lines(self.pictures))
        self._write("warnings.json", WARNINGS.dump_json(self.warnings))
        for given in labeling_inputs(self.pictures, self.request, bucket="media", prefix=PREFIX):
            for key, body in given.files.items():
                self.media.write(key, body, content_type="")

    @property
    def request(self) -> TrainingRequest:
        return TrainingRequest(
            labels=tuple(self.labels),
            type=self.type,
            annotations=self.annotations,
            prefix="inbox/cup/train/first/",
        )

    def answer(self, kind: TaskKind, lines: Sequence[Mapping[str, Any]]) -> None:
        name = f"labeling/{kind}/output/brandlens-dev-1-{kind}/manifests/output/output.manifest"
        self._write(name, manifest(lines))
        task = LabelingTask(kind=kind, manifest=f"{PREFIX}labeling/{kind}.manifest", items=1, frames=1)
        self.outputs.append(LabelingOutput(task=task, output_manifest=ROOT + name))

    def answer_videos(self, answers: Mapping[str, Mapping[str, Sequence[Drawn]]]) -> None:
        """Answer for videos by their parts, with what is drawn by frame."""
        lines = []
        for part, frames in answers.items():
            name = f"labeling/video/output/annotations/consolidated-annotation/output/{part}/SeqLabel.json"
            self._write(name, json.dumps(sequence_labels(frames, LABELS)).encode())
            lines.append(video_line(f"{ROOT}labeling/video/{part}.json", ROOT + name, LABELS))
        self.answer("video", lines)

    def bring(self, labeled: Sequence[Value]) -> None:
        self._write("labels.jsonl", _lines(labeled))

    def collect(self) -> Dataset:
        event = CollectAnnotations(job=JOB, request=self.request, outputs=tuple(self.outputs))
        return handle(event, Deps(self.media, self.jobs, 0.5), now=NOW)

    def part(self, name: str) -> tuple[LabeledPicture, ...]:
        return read_manifest(self.media.objects[f"{PREFIX}{name}.manifest"].decode(), file=name)

    def classes(self, name: str) -> tuple[ClassifiedPicture, ...]:
        return read_image_manifest(self.media.objects[f"{PREFIX}{name}.manifest"].decode(), file=name)

    @property
    def report(self) -> DataReport:
        return DataReport.model_validate_json(self.media.objects[f"{PREFIX}report.json"])

    def _write(self, name: str, body: bytes) -> None:
        self.media.write(PREFIX + name, body, content_type="")


def _lines(values: Sequence[Value]) -> bytes:
    return "".join(value.model_dump_json() + "\n" for value in values).encode()


def source_ref(picture: DatasetPicture) -> str:
    return f"{ROOT}pictures/{picture.name}"


def boxes_on(pictures: Sequence[DatasetPicture], *drawn: Drawn) -> list[dict[str, Any]]:
    return [boxed_line(source_ref(picture), drawn, LABELS) for picture in pictures]


def codes(training: Training) -> list[str]:
    return [warning.code for warning in training.report.warnings]


def test_boxes_of_people_become_a_dataset_whose_lines_custom_labels_reads() -> None:
    stills = [still(number) for number in range(20)]
    training = Training(stills)
    training.answer("image", [*boxes_on(stills[:15], ACME, BOLT), *boxes_on(stills[15:])])

    assert training.collect() == Dataset(pictures=20, boxes=30, warnings=1)

    train, test = training.part("train"), training.part("test")
    assert {one.name for one in train} | {one.name for one in test} == set(map(source_ref, stills))
    assert not {one.name for one in train} & {one.name for one in test}
    assert len([one for one in test if one.boxes]) == 3
    assert sum(not one.boxes for one in train + test) == 5
    drawn = next(one for one in train if one.boxes)
    acme = drawn.boxes[0]
    assert acme.label == "Acme"
    assert (acme.box.left, acme.box.width) == pytest.approx((10 / 640, 64 / 640))


def test_frames_of_videos_are_held_out_by_video() -> None:
    pictures = [frame for part in range(5) for frame in film(part, 6)]
    training = Training(pictures)
    training.answer_videos(
        {f"{part:04}": {f"{number:08}.jpg": [ACME] for number in range(4)} for part in range(5)}
    )

    assert training.collect().pictures == 30

    parts = [{one.name.split("/")[-2] for one in training.part(name)} for name in ("train", "test")]
    assert parts[0].isdisjoint(parts[1])
    assert training.report.split_by == "scene"
    assert training.report.negatives == 10


def test_of_a_single_video_no_neighbouring_frames_part() -> None:
    training = Training(film(0, 30))
    training.answer_videos({"0000": {f"{number:08}.jpg": [ACME] for number in range(30)}})

    training.collect()

    train, test = ({int(one.name[-12:-4]) for one in training.part(name)} for name in ("train", "test"))
    assert not {number + step for number in test for step in (-1, 1)} & train
    assert training.report.split_by == "time"
    assert {"NeighboursLeftOut", "TestedOnTheSameVideo"} <= set(codes(training))


def test_videos_and_stills_of_one_batch_make_one_dataset() -> None:
    stills = [still(number) for number in range(10, 20)]
    training = Training([*film(0, 4), *stills])
    training.answer_videos({"0000": {"00000001.jpg": [BOLT]}})
    training.answer("image", boxes_on(stills, ACME))

    assert training.collect().pictures == 14

    bolt, acme = training.report.labels[1], training.report.labels[0]
    assert (acme.boxes, bolt.boxes) == (10, 1)


def test_pictures_without_a_logo_are_no_failure_as_long_as_others_have_one() -> None:
    stills = [still(number) for number in range(10, 20)]
    training = Training([*film(0, 4), *stills])
    training.answer_videos({"0000": {}})
    training.answer("image", boxes_on(stills, ACME))

    assert training.collect().boxes == 10


def test_what_nobody_labeled_is_left_out_and_warned_of() -> None:
    stills = [still(number) for number in range(20)]
    training = Training(stills)
    lines = [unanswered_line(source_ref(stills[0]), "brands"), *boxes_on(stills[1:], ACME)]
    training.answer("image", lines)

    assert training.collect().pictures == 19

    assert "NotLabeled" in codes(training)
    assert training.report.warnings[0].message == (
        "1 of 20 pictures were not labeled in time and are left out."
    )


def test_what_labeling_cost_is_recorded_by_picture() -> None:
    stills = [still(number) for number in range(10)]
    training = Training(stills)
    training.answer("image", boxes_on(stills, ACME))
    training.collect()

    cost = training.report.cost
    assert cost is not None
    assert cost.estimated_usd == 5
    assert cost.basis == "the stack's setting of 0.5 USD an object"


def test_labels_that_came_along_cost_nothing_and_are_taken_as_they_are() -> None:
    stills = [still(number) for number in range(10)]
    box = LabeledBox(label="Bolt", box=Box(left=0.5, top=0.5, width=0.25, height=0.25))
    training = Training(stills, annotations="annotations.json")
    training.bring(
        [
            LabeledPicture(name=one.name, width=SIZE[0], height=SIZE[1], boxes=(box,), scene=one.scene)
            for one in stills
        ]
    )

    assert training.collect().boxes == 10

    assert (training.report.labeled_by, training.report.cost) == ("annotations", None)
    assert {drawn for one in training.part("train") for drawn in one.boxes} == {box}


def test_concepts_of_people_keep_pictures_that_show_none_of_them() -> None:
    stills = [still(number) for number in range(20)]
    training = Training(stills, type="concept")
    shown = ["Acme"] * 8 + ["Bolt"] * 8 + [SECOND_CLASS] * 4
    training.answer(
        "concept",
        [classified_line(source_ref(one), label, CLASSES) for one, label in zip(stills, shown, strict=True)],
    )

    assert training.collect() == Dataset(pictures=20, boxes=0, warnings=2)

    labels = [label for name in ("train", "test") for one in training.classes(name) for label in one.labels]
    assert sorted(labels) == sorted(shown)
    assert training.report.negatives == 4
    assert [(one.label, one.boxes) for one in training.report.labels] == [("Acme", None), ("Bolt", None)]
    assert training.report.sizes == ()


def test_a_single_concept_is_told_from_what_does_not_show_it() -> None:
    stills = [still(number) for number in range(20)]
    training = Training(stills, type="concept", labels=["Acme"], annotations="labels.manifest")
    training.bring(
        [
            ClassifiedPicture(name=one.name, labels=("Acme",) if place % 2 else (), scene=one.scene)
            for place, one in enumerate(stills)
        ]
    )
    training.collect()

    for name in ("train", "test"):
        assert {label for one in training.classes(name) for label in one.labels} == {"Acme", SECOND_CLASS}


def test_a_single_concept_on_every_picture_is_refused() -> None:
    stills = [still(number) for number in range(6)]
    training = Training(stills, type="concept", labels=["Acme"])
    training.answer("concept", [classified_line(source_ref(one), "Acme", CLASSES) for one in stills])

    with pytest.raises(InvalidLabels, match="every picture shows Acme, so there is nothing to tell it from"):
        training.collect()


@pytest.mark.parametrize("kind", ["image", "concept"])
def test_labels_that_show_nothing_are_refused_in_words(kind: TaskKind) -> None:
    stills = [still(number) for number in range(6)]
    training = Training(stills, type="concept" if kind == "concept" else "object")
    lines = boxes_on(stills)
    if kind == "concept":
        lines = [classified_line(source_ref(one), SECOND_CLASS, CLASSES) for one in stills]
    training.answer(kind, lines)

    with pytest.raises(InvalidLabels, match="none of 6 labeled pictures shows Acme or Bolt"):
        training.collect()
    assert f"{PREFIX}report.json" not in training.media.objects


def test_a_labeling_job_that_nobody_answered_at_all_is_refused() -> None:
    stills = [still(number) for number in range(3)]
    training = Training(stills)
    training.answer("image", [unanswered_line(source_ref(one), "brands") for one in stills])

    with pytest.raises(InvalidLabels, match="none of 0 labeled pictures"):
        training.collect()


def test_a_picture_with_more_boxes_than_custom_labels_takes_is_left_out_and_the_rest_goes_on() -> None:
    stills = [still(number) for number in range(10)]
    training = Training(stills)
    crowd: list[Drawn] = [("Acme", 10 * number, 0, 9, 9) for number in range(51)]
    training.answer("image", [boxed_line(source_ref(stills[0]), crowd, LABELS), *boxes_on(stills[1:], ACME)])

    assert training.collect().pictures == 9
    (crowded,) = [one.message for one in training.report.warnings if one.code == "TooManyBoxes"]
    assert crowded.startswith("0.jpg has more than 50 boxes")


def test_the_warnings_of_the_files_come_first() -> None:
    stills = [still(number) for number in range(10)]
    torn = Warning(code="TruncatedMedia", message="'torn.mp4' is left out. It ends in the middle.")
    training = Training(stills, warnings=(torn,))
    training.answer("image", boxes_on(stills, ACME))
    training.collect()

    assert training.report.warnings[0] == torn


def test_an_output_that_is_gone_is_named() -> None:
    training = Training([still(0)])
    task = LabelingTask(kind="image", manifest="a", items=1, frames=1)
    training.outputs = [LabelingOutput(task=task, output_manifest=f"{ROOT}labeling/gone.manifest")]

    with pytest.raises(InvalidLabels, match=r"labeling/gone\.manifest is not there"):
        training.collect()


def test_collecting_again_writes_the_same() -> None:
    stills = [still(number) for number in range(10)]
    training = Training(stills)
    training.answer("image", boxes_on(stills, ACME))
    training.collect()
    before = dict(training.media.objects)

    training.collect()

    assert training.media.objects == before
    assert training.media.written[-1] == f"{PREFIX}report.json"
