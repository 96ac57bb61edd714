"""From what people are asked to what is read of their answers, with the service between the two."""

import json
from typing import Any, Literal

import pytest

from brandlens.jobs import Job
from brandlens.labeling.plan import labeling_job_name, plan_labeling_job
from brandlens.labels.geometry import to_pixels
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.training.answers import Answers, LabelingOutput, read_answers
from brandlens.training.files import PICTURES, training_prefix
from brandlens.training.labeling_inputs import labeling_inputs
from brandlens.training.pictures import DatasetPicture
from brandlens.training.request import TrainingRequest
from tests.jobs import job
from tests.labeling import TERMS
from tests.local.sagemaker.requests import BUCKET, REGION, Labeling, box, picture, unique

LABELS = ("Acme", "Bolt")
SIZE = (640, 360)


class Asked:
    """One training's pictures, and the people who label them."""

    def __init__(
        self, labeling: Labeling, kind: Literal["object", "concept"], *, frames: int, stills: int
    ) -> None:
        self.labeling = labeling
        self.job: Job = job(f"inbox/cup/train/{unique('batch')}/job.json")
        self.prefix = training_prefix(self.job)
        pictures = [_picture(1, place, float(place)) for place in range(frames)]
        pictures += [_picture(place, 0, None) for place in range(2, 2 + stills)]
        self.pictures = {one.name: one for one in pictures}
        for one in pictures:
            labeling.put(f"{self.prefix}{PICTURES}{one.name}", picture(*SIZE))
        terms = TERMS.model_copy(
            update={
                "job_arn_prefix": TERMS.job_arn_prefix.replace("eu-west-1", REGION),
                "work_team_arn": labeling.team,
            }
        )
        request = TrainingRequest(labels=LABELS, type=kind, prefix="inbox/cup/train/a/")
        self.names: dict[str, str] = {}
        self.tasks = []
        for given in labeling_inputs(pictures, request, bucket=BUCKET, prefix=self.prefix):
            plan = plan_labeling_job(self.job, request, given.task, bucket=BUCKET, terms=terms)
            for key, body in given.files.items():
                labeling.put(key, body)
            for file in plan.files:
                labeling.put(file.key, file.body.encode())
            labeling.sagemaker.create_labeling_job(**plan.parameters)
            self.names[given.task.kind] = labeling_job_name(plan.arn)
            self.tasks.append(given.task)
        for name in self.names.values():
            labeling.when(name, lambda told: told["LabelingJobStatus"] == "InProgress")

    def answers(self) -> Answers:
        outputs = []
        for task in self.tasks:
            name = self.names[task.kind]
            self.labeling.hand_in(name)
            told = self.labeling.ended(name)
            assert told["LabelingJobStatus"] == "Completed", told
            output = told["LabelingJobOutput"]["OutputDatasetS3Uri"]
            outputs.append(LabelingOutput(task=task, output_manifest=output))
        return read_answers(outputs, self.files(), self.pictures)

    def files(self) -> dict[str, bytes]:
        listed: Any = self.labeling.s3.list_objects_v2(Bucket=BUCKET, Prefix=self.prefix)["Contents"]
        return {
            item["Key"].removeprefix(self.prefix): self.labeling.read(f"s3://{BUCKET}/{item['Key']}")
            for item in listed
        }


def _picture(part: int, place: int, seconds: float | None) -> DatasetPicture:
    return DatasetPicture(
        name=f"{part:04}/{place:08}.jpg",
        source_key=f"inbox/cup/train/a/{part}",
        seconds=seconds,
        width=SIZE[0],
        height=SIZE[1],
        scene=f"scene of {part}",
        sha256="0" * 64,
    )


def test_boxes_that_people_draw_in_videos_and_stills_are_those_that_are_read(labeling: Labeling) -> None:
    asked = Asked(labeling, "object", frames=3, stills=2)
    labeling.answer(asked.names["video"], 0, 0, boxes=[box(1, 10, 20, 30, 40)])
    for frame in (1, 2):
        labeling.answer(asked.names["video"], 0, frame)
    labeling.answer(asked.names["image"], 0, boxes=[box(0, 0, 0, 640, 360), box(1, 600, 300, 40, 60)])
    labeling.answer(asked.names["image"], 1)

    boxed = {one.name: one for one in asked.answers().boxed}

    assert set(boxed) == set(asked.pictures)
    (drawn,) = boxed["0001/00000000.jpg"].boxes
    assert (drawn.label, to_pixels(drawn.box, *SIZE)) == ("Bolt", (10, 20, 30, 40))
    assert [one.label for one in boxed["0002/00000000.jpg"].boxes] == ["Acme", "Bolt"]
    assert boxed["0003/00000000.jpg"].boxes == ()
    assert {one.scene for one in boxed.values()} == {"scene of 1", "scene of 2", "scene of 3"}


def test_a_picture_that_people_say_shows_none_of_the_concepts_has_none(labeling: Labeling) -> None:
    asked = Asked(labeling, "concept", frames=0, stills=2)
    labeling.answer(asked.names["concept"], 0, label=0)
    labeling.answer(asked.names["concept"], 1, label=LABELS.index("Bolt") + 1)

    assert [one.labels for one in asked.answers().classified] == [("Acme",), ()]
    categories = json.loads(asked.files()["labeling/concept/label-categories.json"])
    assert categories["labels"][-1] == {"label": SECOND_CLASS}


@pytest.mark.parametrize("kind", ["image", "video"])
def test_people_read_our_instructions(labeling: Labeling, kind: str) -> None:
    asked = Asked(labeling, "object", frames=1, stills=1)

    _, page = labeling.ask("GET", labeling.page_of(asked.names[kind]))

    assert "Box the logo, not the shirt, board or car that bears it." in json.dumps(page)
