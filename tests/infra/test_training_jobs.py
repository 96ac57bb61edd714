"""What trainings of the embedded detector are given: an image, a role, and who may begin and end them."""

import json
import re

import pytest

from infra.components.training_jobs import repository_arn
from infra.naming import Place
from tests.infra.recording import ACCOUNT, IMAGE_DIGEST, INFRA, REGION, Program, evaluate, rights

JOBS = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:training-job/brandlens-dev-*"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/brandlens-dev-training-jobs"
RESULTS = f"arn:aws:s3:::brandlens-dev-results-{ACCOUNT}"
DOCKERFILE = INFRA.parent / "containers/ffmpeg/Dockerfile"


def test_training_runs_a_stage_of_its_own_that_is_built_beside_the_functions(dev: Program) -> None:
    built = {name: dev.one("docker-build:index:Image", name).inputs for name in ("functions", "training")}
    stages = set(re.findall(r"^FROM .+ AS (\w+)$", DOCKERFILE.read_text(), re.MULTILINE))

    assert {image["target"] for image in built.values()} == {"functions", "training"} <= stages
    variables = dev.one("aws:lambda/function:Function", "create_model_version").inputs["environment"]
    assert variables["variables"]["TRAINING_IMAGE"].endswith(f"/brandlens-dev-training@{IMAGE_DIGEST}")


def test_an_image_that_was_built_elsewhere_is_trained_in() -> None:
    uri = f"210987654321.dkr.ecr.eu-west-1.amazonaws.com/vision/brandlens@{IMAGE_DIGEST}"
    program = evaluate(training_image_build=uri)

    function = program.one("aws:lambda/function:Function", "create_model_version")
    assert function.inputs["environment"]["variables"]["TRAINING_IMAGE"] == uri
    assert [one.name for one in program.of("docker-build:index:Image")] == ["functions"]
    pulled = rights(program, "training-jobs")["ecr:BatchGetImage"]
    assert pulled == {"arn:aws:ecr:eu-west-1:210987654321:repository/vision/brandlens"}


@pytest.mark.parametrize("tail", [":1.0", f"@{IMAGE_DIGEST}", ""])
def test_the_repository_is_found_in_every_uri(tail: str) -> None:
    place = Place("brandlens", "dev", "aws", REGION, ACCOUNT)
    uri = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/brandlens{tail}"

    assert repository_arn(place, uri) == f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/brandlens"


def test_a_training_reads_training_files_and_writes_beside_the_evaluation_only(dev: Program) -> None:
    media, work = (f"arn:aws:s3:::brandlens-dev-{thing}-{ACCOUNT}" for thing in ("media", "work"))
    allowed = rights(dev, "training-jobs")

    assert allowed["s3:GetObject"] == {f"{media}/*/training/*", f"{work}/*/training/*/evaluation/*"}
    assert allowed["s3:PutObject"] == {
        f"{media}/*/training/*/evaluation/*",
        f"{work}/*/training/*/evaluation/*",
    }
    assert allowed["s3:DeleteObject"] == {f"{work}/*/training/*/evaluation/*"}


def test_only_sagemaker_in_this_account_takes_the_role(dev: Program) -> None:
    role = dev.one("aws:iam/role:Role", "training-jobs").inputs
    (statement,) = json.loads(role["assumeRolePolicy"])["Statement"]

    assert statement["Principal"] == {"Service": ["sagemaker.amazonaws.com"]}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_only_the_function_that_begins_trainings_creates_jobs_and_hands_the_role_on(dev: Program) -> None:
    makers = {name: rights(dev, name) for name in ("create_model_version", "record_failure", "detect_brands")}

    assert makers["create_model_version"]["sagemaker:CreateTrainingJob"] == {JOBS}
    assert makers["create_model_version"]["iam:PassRole"] == {ROLE}
    assert makers["record_failure"]["sagemaker:StopTrainingJob"] == {JOBS}
    assert "sagemaker:CreateTrainingJob" not in makers["record_failure"] | makers["detect_brands"]


def test_models_are_kept_by_one_function_and_opened_by_another(dev: Program) -> None:
    assert f"{RESULTS}/_models/*" in rights(dev, "register_model")["s3:PutObject"]
    assert f"{RESULTS}/_models/*" in rights(dev, "detect_brands")["s3:GetObject"]
    assert not any(RESULTS in one for one in rights(dev, "detect_brands")["s3:PutObject"])
