"""Where Ground Truth's built-in task types run: the functions that prepare a task and merge the answers.

Each region has its own, in an AWS account of its own. The table is that of the parameters
`PreHumanTaskLambdaArn` and `AnnotationConsolidationLambdaArn` of CreateLabelingJob, and `HumanTaskUiArn` for
video frames: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HumanTaskConfig.html.
"""

from collections.abc import Mapping
from typing import NamedTuple

from brandlens.errors import InvalidSettings
from brandlens.training.tasks import TaskKind

ACCOUNTS: Mapping[str, str] = {
    "ap-northeast-1": "477331159723",
    "ap-northeast-2": "845288260483",
    "ap-south-1": "565803892007",
    "ap-southeast-1": "377565633583",
    "ap-southeast-2": "454466003867",
    "ca-central-1": "918755190332",
    "eu-central-1": "203001061592",
    "eu-west-1": "568282634449",
    "eu-west-2": "487402164563",
    "us-east-1": "432418664414",
    "us-east-2": "266458841044",
    "us-west-2": "081040173940",
}
"""The account of Ground Truth's built-in functions, by region."""

TASK_UI_ACCOUNT = "394669845002"
"""The account of the worker pages that need no template of ours, in every region."""

_TASK_TYPES: Mapping[TaskKind, str] = {
    "video": "VideoObjectDetection",
    "image": "BoundingBox",
    "concept": "ImageMultiClass",
}


class BuiltIn(NamedTuple):
    """ARNs of what Ground Truth brings along for a kind of task; `task_ui` where it brings the page too."""

    pre_task: str
    consolidation: str
    task_ui: str | None


def built_in(region: str, kind: TaskKind) -> BuiltIn:
    """Return the region's built-in functions for tasks of a kind; `InvalidSettings` where it has none."""
    if region not in ACCOUNTS:
        raise InvalidSettings(
            f"Nobody can be asked to label in {region}",
            "Amazon SageMaker Ground Truth has no built-in functions in that region",
            f"Deploy to one of {', '.join(ACCOUNTS)}",
        )
    function = f"arn:aws:lambda:{region}:{ACCOUNTS[region]}:function"
    task_type = _TASK_TYPES[kind]
    page = f"arn:aws:sagemaker:{region}:{TASK_UI_ACCOUNT}:human-task-ui/{task_type}"
    return BuiltIn(
        pre_task=f"{function}:PRE-{task_type}",
        consolidation=f"{function}:ACS-{task_type}",
        task_ui=page if kind == "video" else None,
    )
