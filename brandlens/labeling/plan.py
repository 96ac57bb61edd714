"""A task for people -> the Ground Truth labeling job that asks them, and the files it needs.

https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateLabelingJob.html
"""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any, NamedTuple

from brandlens.dropfolder import batch_of
from brandlens.jobs import Job, Value
from brandlens.labeling.regions import built_in
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.training.files import LABELING, training_prefix
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask, TaskKind

KINDS: tuple[TaskKind, ...] = ("video", "image", "concept")

_ID_LENGTH = 20
"""Characters of a job's id in a labeling job's name: 100 bits of it. A name has 63 characters at most."""

_ATTRIBUTES: Mapping[TaskKind, str] = {
    "video": "brands-ref",  # the service demands the ending where answers are files of their own
    "image": "brands",
    "concept": "concept",
}
_TITLES: Mapping[TaskKind, str] = {
    "video": "Box the logos in these video frames",
    "image": "Box the logos in this picture",
    "concept": "Say what this picture shows",
}
_MOST_OF_A_TITLE = 128
_MOST_OF_A_DESCRIPTION = 255
_LAST_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""That the service takes in a title; S3 takes any in a batch's name."""
_TEMPLATES: Mapping[TaskKind, str] = {"image": "boxes.liquid.html", "concept": "concepts.liquid.html"}


class LabelingTerms(Value):
    """On what terms people of one environment are asked to label.

    `job_arn_prefix` begins the ARN of each of the environment's labeling jobs, up to the part of the name
    that is a job's own. `role_arn` is what Ground Truth may do to the files. `task_seconds` is the time that
    one person has for one item, `days_open` how long an item waits for people.
    """

    job_arn_prefix: str
    role_arn: str
    work_team_arn: str
    workers_per_item: int
    task_seconds: int
    days_open: int

    @property
    def region(self) -> str:
        return self.job_arn_prefix.split(":")[3]


class TextFile(NamedTuple):
    key: str
    body: str
    content_type: str


class LabelingJobPlan(NamedTuple):
    """`files` are to be written to the media bucket before the job is created with `parameters`."""

    arn: str
    files: tuple[TextFile, ...]
    parameters: dict[str, Any]


def labeling_job_arn(job_arn_prefix: str, job_id: str, kind: TaskKind) -> str:
    """Return the ARN of the labeling job for a job's tasks of a kind: whoever asks gets the same."""
    return f"{job_arn_prefix}{job_id[:_ID_LENGTH]}-{kind}"


def labeling_job_name(arn: str) -> str:
    return arn.rpartition("/")[2]


def plan_labeling_job(
    job: Job, request: TrainingRequest, task: LabelingTask, *, bucket: str, terms: LabelingTerms
) -> LabelingJobPlan:
    """Plan the labeling job of one task; `InvalidSettings` where the region has no Ground Truth.

    `bucket` is the media bucket. The same job and task give the same plan.
    """
    folder, batch = f"{training_prefix(job)}{LABELING}{task.kind}/", batch_of(job.source.key)
    theirs = built_in(terms.region, task.kind)
    arn = labeling_job_arn(terms.job_arn_prefix, job.job_id, task.kind)
    categories = TextFile(
        f"{folder}label-categories.json",
        json.dumps(_categories(request, task.kind), ensure_ascii=False, indent=2),
        "application/json",
    )
    files = [categories]
    if theirs.task_ui is not None:
        page = {"HumanTaskUiArn": theirs.task_ui}
    else:
        template = TextFile(f"{folder}template.liquid.html", _template(_TEMPLATES[task.kind]), "text/html")
        files.append(template)
        page = {"UiTemplateS3Uri": f"s3://{bucket}/{template.key}"}
    parameters = {
        "LabelingJobName": labeling_job_name(arn),
        "LabelAttributeName": _ATTRIBUTES[task.kind],
        "InputConfig": {
            "DataSource": {"S3DataSource": {"ManifestS3Uri": f"s3://{bucket}/{task.manifest}"}},
        },
        "OutputConfig": {"S3OutputPath": f"s3://{bucket}/{folder}output/"},
        "RoleArn": terms.role_arn,
        "LabelCategoryConfigS3Uri": f"s3://{bucket}/{categories.key}",
        "HumanTaskConfig": {
            "WorkteamArn": terms.work_team_arn,
            "UiConfig": page,
            "PreHumanTaskLambdaArn": theirs.pre_task,
            "TaskTitle": _told(f"{_TITLES[task.kind]}: {job.project}, {batch}", _MOST_OF_A_TITLE),
            "TaskDescription": _told(
                f"{_TITLES[task.kind]}, to teach the brands of {job.project} with the batch {batch}.",
                _MOST_OF_A_DESCRIPTION,
            ),
            "NumberOfHumanWorkersPerDataObject": terms.workers_per_item,
            "TaskTimeLimitInSeconds": terms.task_seconds,
            "TaskAvailabilityLifetimeInSeconds": terms.days_open * 24 * 3600,
            "AnnotationConsolidationConfig": {"AnnotationConsolidationLambdaArn": theirs.consolidation},
        },
        "Tags": [{"Key": "brandlens:job", "Value": job.job_id}],
    }
    return LabelingJobPlan(arn, tuple(files), parameters)


def _told(text: str, most: int) -> str:
    """Return a text as the service takes it, cut off where it is longer than that."""
    readable = "".join(
        each if each.isprintable() and each <= _LAST_CHARACTER else _LAST_CHARACTER for each in text
    )
    return readable if len(readable) <= most else f"{readable[: most - 3]}..."


def _categories(request: TrainingRequest, kind: TaskKind) -> dict[str, Any]:
    """The label category configuration file.

    https://docs.aws.amazon.com/sagemaker/latest/dg/sms-label-cat-config-attributes.html for video frames. Of
    a whole picture a worker must say something, so that what fits no label is never forced into one.
    """
    labels = [*request.labels, SECOND_CLASS] if kind == "concept" else request.labels
    names = [{"label": label} for label in labels]
    if kind != "video":
        return {"document-version": "2018-11-28", "labels": names}
    return {
        "document-version": "2020-03-01",
        "labels": names,
        "instructions": {
            "shortInstruction": _template("video-short.html"),
            "fullInstruction": _template("video-full.html"),
        },
    }


def _template(name: str) -> str:
    return resources.files("brandlens.labeling").joinpath("templates", name).read_text(encoding="utf-8")
