"""Ground Truth's built-in functions, compared with the service's own description in botocore."""

import re

import botocore.session
import pytest

from brandlens.errors import InvalidSettings
from brandlens.labeling.regions import ACCOUNTS, built_in
from brandlens.training.tasks import TaskKind

TASK_TYPES: dict[TaskKind, str] = {
    "video": "VideoObjectDetection",
    "image": "BoundingBox",
    "concept": "ImageMultiClass",
}


@pytest.fixture(scope="module")
def documented() -> dict[str, str]:
    """What the members of CreateLabelingJob's request say of themselves, by name."""
    model = botocore.session.Session().get_service_model("sagemaker")
    shapes = [
        model.shape_for(name) for name in ("HumanTaskConfig", "AnnotationConsolidationConfig", "UiConfig")
    ]
    return {name: member.documentation for shape in shapes for name, member in shape.members.items()}


@pytest.mark.parametrize("kind", TASK_TYPES)
@pytest.mark.parametrize(
    ("parameter", "begins"),
    [("PreHumanTaskLambdaArn", "PRE"), ("AnnotationConsolidationLambdaArn", "ACS")],
)
def test_the_table_is_the_services_own(
    documented: dict[str, str], parameter: str, begins: str, kind: TaskKind
) -> None:
    pattern = rf"arn:aws:lambda:[\w-]+:\d{{12}}:function:{begins}-{TASK_TYPES[kind]}(?![\w-])"
    theirs = set(re.findall(pattern, documented[parameter]))

    ours = [built_in(region, kind) for region in ACCOUNTS]

    assert {one.pre_task if begins == "PRE" else one.consolidation for one in ours} == theirs
    assert len(theirs) == len(ACCOUNTS)


def test_video_frames_bring_the_workers_page_along_and_the_others_do_not(documented: dict[str, str]) -> None:
    page = built_in("eu-west-1", "video").task_ui

    assert page is not None
    assert page.replace("eu-west-1", "region") in documented["HumanTaskUiArn"]
    assert built_in("eu-west-1", "image").task_ui is None
    assert built_in("eu-west-1", "concept").task_ui is None


@pytest.mark.parametrize("region", ["us-west-1", "eu-north-1", "cn-north-1"])
def test_a_region_without_them_is_refused_with_those_that_have_them(region: str) -> None:
    with pytest.raises(InvalidSettings) as refused:
        built_in(region, "image")

    assert f"Nobody can be asked to label in {region}" in str(refused.value)
    assert "eu-west-1, eu-west-2" in refused.value.remedy
