"""What Ground Truth is asked for."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidSettings
from brandlens.jobs import job_id_for
from brandlens.labeling.plan import (
    KINDS,
    LabelingJobPlan,
    labeling_job_arn,
    labeling_job_name,
    plan_labeling_job,
)
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask, TaskKind
from tests.jobs import job
from tests.labeling import TERMS

JOB = job("inbox/cup/train/first/job.json")
REQUEST = TrainingRequest(labels=("Acme", "Bolt & Söhne"), type="object", prefix="inbox/cup/train/first/")


def planned(kind: TaskKind, **terms: Any) -> LabelingJobPlan:
    task = LabelingTask(kind=kind, manifest=f"cup/training/{kind}.manifest", items=4, frames=90)
    return plan_labeling_job(JOB, REQUEST, task, bucket="media", terms=TERMS.model_copy(update=terms))


@cache
def name_rule() -> dict[str, Any]:
    """What the service demands of a labeling job's name."""
    shape = botocore.session.Session().get_service_model("sagemaker").shape_for("LabelingJobName")
    return dict(shape.metadata)


def categories(plan: LabelingJobPlan) -> dict[str, Any]:
    (file,) = [file for file in plan.files if file.key.endswith("label-categories.json")]
    assert plan.parameters["LabelCategoryConfigS3Uri"] == f"s3://media/{file.key}"
    parsed: dict[str, Any] = json.loads(file.body)
    return parsed


@pytest.mark.parametrize(
    ("kind", "function"),
    [("video", "VideoObjectDetection"), ("image", "BoundingBox"), ("concept", "ImageMultiClass")],
)
def test_each_kind_of_task_is_of_its_built_in_type(kind: TaskKind, function: str) -> None:
    human = planned(kind).parameters["HumanTaskConfig"]

    assert human["PreHumanTaskLambdaArn"].endswith(f":PRE-{function}")
    consolidation = human["AnnotationConsolidationConfig"]["AnnotationConsolidationLambdaArn"]
    assert consolidation.endswith(f":ACS-{function}")


def test_only_answers_that_are_files_have_an_attribute_that_ends_with_ref() -> None:
    ends = {kind: planned(kind).parameters["LabelAttributeName"].endswith("-ref") for kind in KINDS}

    assert ends == {"video": True, "image": False, "concept": False}


def test_the_terms_are_the_settings() -> None:
    human = planned("image", workers_per_item=3, task_seconds=900, days_open=7).parameters["HumanTaskConfig"]

    assert human["NumberOfHumanWorkersPerDataObject"] == 3
    assert human["TaskTimeLimitInSeconds"] == 900
    assert human["TaskAvailabilityLifetimeInSeconds"] == 7 * 86_400
    assert human["WorkteamArn"] == TERMS.work_team_arn


def test_boxes_are_asked_for_by_brand() -> None:
    assert categories(planned("image"))["labels"] == [{"label": "Acme"}, {"label": "Bolt & Söhne"}]


def test_a_picture_that_shows_none_of_the_concepts_can_be_said_to() -> None:
    assert [one["label"] for one in categories(planned("concept"))["labels"]] == [
        *REQUEST.labels,
        SECOND_CLASS,
    ]


def test_workers_on_videos_get_our_instructions_with_the_categories() -> None:
    plan = planned("video")

    assert "HumanTaskUiArn" in plan.parameters["HumanTaskConfig"]["UiConfig"]
    instructions = categories(plan)["instructions"]
    assert set(instructions) == {"shortInstruction", "fullInstruction"}
    assert "every frame" in instructions["shortInstruction"]


@pytest.mark.parametrize(
    ("kind", "element"), [("image", "crowd-bounding-box"), ("concept", "crowd-image-classifier")]
)
def test_workers_on_pictures_get_a_template_of_ours(kind: TaskKind, element: str) -> None:
    plan = planned(kind)
    (template,) = [file for file in plan.files if file.content_type == "text/html"]

    assert plan.parameters["HumanTaskConfig"]["UiConfig"] == {"UiTemplateS3Uri": f"s3://media/{template.key}"}
    tags = Tags.of(template.body)
    assert tags[0] == ("script", "https://assets.crowd.aws/crowd-html-elements.js")
    assert (element, "{{ task.input.taskObject | grant_read_access }}") in tags
    assert {"crowd-form", "short-instructions", "full-instructions"} <= {tag for tag, _ in tags}


def test_jobs_of_one_project_are_told_apart_by_their_batches() -> None:
    assert planned("image").parameters["HumanTaskConfig"]["TaskTitle"] == (
        "Box the logos in this picture: cup, first"
    )


@given(kind=st.sampled_from(KINDS), batch=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_whatever_a_batch_is_called_the_service_takes_the_title(kind: TaskKind, batch: str) -> None:
    task = LabelingTask(kind=kind, manifest="a.manifest", items=1, frames=1)
    given_job = job(f"inbox/{'p' * 63}/train/{batch.replace('/', '')}/job.json")
    human = plan_labeling_job(given_job, REQUEST, task, bucket="media", terms=TERMS).parameters[
        "HumanTaskConfig"
    ]
    service = botocore.session.Session().get_service_model("sagemaker")
    for name in ("TaskTitle", "TaskDescription"):
        rule = service.shape_for(name).metadata
        assert re.fullmatch(rule["pattern"], human[name])
        assert len(human[name]) <= rule["max"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_instructions_are_whole_html(kind: TaskKind) -> None:
    texts = [file.body for file in planned(kind).files if file.content_type == "text/html"]
    texts += list(categories(planned(kind)).get("instructions", {}).values())

    assert texts
    for text in texts:
        assert Tags.of(text)  # refuses what is not closed


def test_a_region_without_ground_truth_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="us-west-1"):
        planned("image", job_arn_prefix=TERMS.job_arn_prefix.replace("eu-west-1", "us-west-1"))


@given(
    kind=st.sampled_from(KINDS),
    key=st.text(min_size=1),
    project=st.from_regex(r"[a-z][a-z0-9]{0,15}", fullmatch=True),
    stack=st.from_regex(r"[a-z][a-z0-9]{0,15}", fullmatch=True),
)
def test_every_labeling_job_has_a_name_that_the_service_takes_and_one_job_the_same(
    kind: TaskKind, key: str, project: str, stack: str
) -> None:
    prefix = f"arn:aws:sagemaker:eu-west-1:123456789012:labeling-job/{project}-{stack}-"
    job_id = job_id_for(JOB.source.model_copy(update={"key": key}))
    arn = labeling_job_arn(prefix, job_id, kind)

    rule = name_rule()
    name = labeling_job_name(arn)
    assert re.fullmatch(str(rule["pattern"]), name)
    assert len(name) <= rule["max"]
    assert name == name.lower()
    assert arn == labeling_job_arn(prefix, job_id, kind)


class Tags(HTMLParser):
    """Every tag with its `src`; an `AssertionError` where another one is closed than the last opened."""

    @classmethod
    def of(cls, html: str) -> list[tuple[str, str | None]]:
        reader = cls()
        reader.feed(html)
        reader.close()
        assert not reader.open
        return reader.tags

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, str | None]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs).get("src")))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
