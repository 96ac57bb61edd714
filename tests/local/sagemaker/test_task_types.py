from collections.abc import Callable
from typing import Any, get_args

import pytest

from local.services.aws_json.errors import ServiceError
from local.services.sagemaker.records import TaskType
from local.services.sagemaker.task_types import task_type_of
from tests.local.sagemaker.requests import REGION, request

Change = Callable[[dict[str, Any]], object]


def asked(task_type: TaskType) -> dict[str, Any]:
    return request("job", task_type, team="arn:aws:sagemaker:us-east-1:1:workteam/t", manifest="m")


@pytest.mark.parametrize("task_type", get_args(TaskType))
def test_a_jobs_type_is_that_of_its_functions(task_type: TaskType) -> None:
    assert task_type_of(asked(task_type), REGION) == task_type


def human(**changes: Any) -> Change:
    return lambda request: request["HumanTaskConfig"].update(changes)


FUNCTION = "arn:aws:lambda:us-east-1:432418664414:function"


@pytest.mark.parametrize(
    ("task_type", "change", "why"),
    [
        ("BoundingBox", lambda r: r.update(LabelAttributeName="a-ref"), "must not end with -ref"),
        ("VideoObjectDetection", lambda r: r.update(LabelAttributeName="a"), "must end with -ref"),
        ("BoundingBox", lambda r: r.update(LabelAttributeName="a-metadata"), "must not end with -metadata"),
        ("BoundingBox", lambda r: r.pop("LabelCategoryConfigS3Uri"), "LabelCategoryConfigS3Uri is required"),
        (
            "BoundingBox",
            lambda r: r["InputConfig"].update(DataSource={"SnsDataSource": {"SnsTopicArn": "t"}}),
            "Only an S3DataSource",
        ),
        ("BoundingBox", human(UiConfig={"HumanTaskUiArn": "x"}), "must have UiTemplateS3Uri"),
        ("VideoObjectDetection", human(UiConfig={"UiTemplateS3Uri": "x"}), "must have HumanTaskUiArn"),
        ("BoundingBox", human(PreHumanTaskLambdaArn=f"{FUNCTION}:PRE-TextMultiClass"), "none of the"),
        ("BoundingBox", lambda r: r["HumanTaskConfig"].pop("PreHumanTaskLambdaArn"), "is required"),
        ("BoundingBox", human(PreHumanTaskLambdaArn=f"{FUNCTION}:PRE-ImageMultiClass"), "is for"),
        ("BoundingBox", human(TaskTimeLimitInSeconds=28_801), "28800 at most"),
        ("BoundingBox", human(TaskAvailabilityLifetimeInSeconds=2_592_001), "2592000 at most"),
    ],
)
def test_a_request_that_ground_truth_would_refuse_is_refused(
    task_type: TaskType, change: Change, why: str
) -> None:
    broken = asked(task_type)
    change(broken)

    with pytest.raises(ServiceError, match=why) as refused:
        task_type_of(broken, REGION)

    assert refused.value.code == "ValidationException"


def test_functions_of_another_region_are_refused() -> None:
    with pytest.raises(ServiceError, match="is not of the region eu-west-1"):
        task_type_of(asked("BoundingBox"), "eu-west-1")
