"""The training job of an embedded detector, as CreateTrainingJob takes it."""

import re
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator
from hypothesis import given
from hypothesis import strategies as st

from brandlens.training.embedded_job import (
    TrainingTerms,
    job_names_prefix,
    plan_training_job,
    training_job_name,
)
from brandlens.training.version_name import attempts

TERMS = TrainingTerms(
    image="123456789012.dkr.ecr.eu-west-1.amazonaws.com/brandlens-dev-training@sha256:" + "4f" * 32,
    role_arn="arn:aws:iam::123456789012:role/brandlens-dev-training-jobs",
    work_bucket="work",
    seconds=600,
    most_seconds=93_600,
)
FOLDER = "cup/training/abc/"
SERVICE_PREFIXES = st.from_regex(r"[a-z][a-z0-9]{0,15}-[a-z][a-z0-9]{0,15}-", fullmatch=True)
PROJECTS = st.from_regex(r"[a-z0-9](-?[a-z0-9]){0,31}", fullmatch=True)


def plan() -> dict[str, Any]:
    return plan_training_job(
        "brandlens-dev-cup-0123456789ab",
        bucket="media",
        train_manifest=f"{FOLDER}train.manifest",
        test_manifest=f"{FOLDER}test.manifest",
        output=f"{FOLDER}evaluation",
        terms=TERMS,
    )


def test_the_service_takes_the_plan() -> None:
    shape = botocore.session.get_session().get_service_model("sagemaker").operation_model("CreateTrainingJob")
    assert not ParamValidator().validate(plan(), shape.input_shape).has_errors()


def test_the_job_is_given_both_manifests_and_their_pictures_and_no_network() -> None:
    job = plan()
    channels = {
        channel["ChannelName"]: channel["DataSource"]["S3DataSource"]["S3Uri"]
        for channel in job["InputDataConfig"]
    }
    assert channels == {
        "train": f"s3://media/{FOLDER}train.manifest",
        "test": f"s3://media/{FOLDER}test.manifest",
        "pictures": f"s3://media/{FOLDER}pictures/",
    }
    assert job["EnableNetworkIsolation"] is True
    assert job["OutputDataConfig"] == {
        "S3OutputPath": f"s3://media/{FOLDER}evaluation",
        "CompressionType": "NONE",
    }
    assert job["StoppingCondition"] == {"MaxRuntimeInSeconds": 93_600}


@given(SERVICE_PREFIXES, PROJECTS, st.from_regex(r"[0-9a-f]{12}", fullmatch=True))
def test_every_attempt_has_a_name_that_the_service_takes_and_the_stack_may_use(
    stack: str, project: str, lesson: str
) -> None:
    prefix = job_names_prefix(stack + project)
    for version in attempts(lesson):
        name = training_job_name(prefix, version)
        assert re.fullmatch(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", name)
        assert name.startswith(stack)
        assert name.endswith(version)


@given(SERVICE_PREFIXES, st.lists(PROJECTS, min_size=2, max_size=2, unique=True))
def test_two_projects_never_share_a_training_job(stack: str, projects: list[str]) -> None:
    one, other = (job_names_prefix(stack + project) for project in projects)
    assert one != other


@pytest.mark.parametrize("changed", [{"seconds": 0}, {"most_seconds": 0}])
def test_terms_without_time_are_refused(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="greater than 0"):
        TrainingTerms.model_validate(TERMS.model_dump() | changed)
