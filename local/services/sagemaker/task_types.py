"""Which labeling jobs the service takes: those of three built-in task types, as Ground Truth demands them.

https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HumanTaskConfig.html
"""

from collections.abc import Mapping
from typing import Any, get_args

from local.services.sagemaker.errors import invalid
from local.services.sagemaker.records import TaskType

_HOUR, _DAY = 3600, 24 * 3600
_MAX_LIFETIME = 30 * _DAY
_MAX_TASK_SECONDS: Mapping[TaskType, int] = {
    "BoundingBox": 8 * _HOUR,
    "ImageMultiClass": 8 * _HOUR,
    "VideoObjectDetection": 30 * _DAY,
}


def task_type_of(request: Mapping[str, Any], region: str) -> TaskType:
    """Return a CreateLabelingJob request's task type; `ServiceError` where the request breaks its rules."""
    human: Mapping[str, Any] = request["HumanTaskConfig"]
    before = _function(human.get("PreHumanTaskLambdaArn"), "PreHumanTaskLambdaArn", "PRE", region)
    consolidation = human.get("AnnotationConsolidationConfig", {}).get("AnnotationConsolidationLambdaArn")
    after = _function(consolidation, "AnnotationConsolidationLambdaArn", "ACS", region)
    if before != after:
        raise invalid(f"PreHumanTaskLambdaArn is for {before}, AnnotationConsolidationLambdaArn for {after}.")
    _check_name(request["LabelAttributeName"], before)
    _check_page(human["UiConfig"], before)
    if "S3DataSource" not in request["InputConfig"]["DataSource"]:
        raise invalid("Only an S3DataSource is served locally.")
    if "LabelCategoryConfigS3Uri" not in request:
        raise invalid(f"LabelCategoryConfigS3Uri is required for {before}.")
    _check_most("TaskTimeLimitInSeconds", human["TaskTimeLimitInSeconds"], _MAX_TASK_SECONDS[before])
    lifetime = human.get("TaskAvailabilityLifetimeInSeconds", _MAX_LIFETIME)
    _check_most("TaskAvailabilityLifetimeInSeconds", lifetime, _MAX_LIFETIME)
    return before


def _function(arn: str | None, parameter: str, prefix: str, region: str) -> TaskType:
    if arn is None:
        raise invalid(f"{parameter} is required.")
    for task_type in get_args(TaskType):
        if arn.endswith(f":function:{prefix}-{task_type}"):
            if arn.split(":")[3] != region:
                raise invalid(f"{parameter} {arn} is not of the region {region}.")
            found: TaskType = task_type
            return found
    served = ", ".join(f"{prefix}-{task_type}" for task_type in get_args(TaskType))
    raise invalid(f"{parameter} {arn} is none of the functions served locally: {served}.")


def _check_name(name: str, task_type: TaskType) -> None:
    if name.endswith("-metadata"):
        raise invalid("LabelAttributeName must not end with -metadata.")
    if name.endswith("-ref") != (task_type == "VideoObjectDetection"):
        must = "must" if task_type == "VideoObjectDetection" else "must not"
        raise invalid(f"LabelAttributeName {must} end with -ref for {task_type}.")


def _check_page(page: Mapping[str, Any], task_type: TaskType) -> None:
    wanted = "HumanTaskUiArn" if task_type == "VideoObjectDetection" else "UiTemplateS3Uri"
    if set(page) != {wanted}:
        raise invalid(f"UiConfig of a {task_type} job must have {wanted} and nothing else.")


def _check_most(parameter: str, value: int, most: int) -> None:
    if value > most:
        raise invalid(f"{parameter} is {value}; it may be {most} at most.")
