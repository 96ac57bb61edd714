"""Training jobs as SageMaker runs them, with a program of a few lines."""

import io
import json
import tarfile
import time
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local import beside_emulator
from tests.local.sagemaker.conftest import Serve
from tests.local.sagemaker.requests import BUCKET, Labeling, unique

ROLE = "arn:aws:iam::000000000000:role/training-jobs"
PROGRAM = Path(__file__).with_name("trained_program.py")


def request(name: str, does: str, **changes: Any) -> dict[str, Any]:
    algorithm = {
        "TrainingImage": "image",
        "TrainingInputMode": "File",
        "ContainerEntrypoint": ["python", str(PROGRAM), does],
    }
    return {
        "TrainingJobName": name,
        "AlgorithmSpecification": algorithm,
        "RoleArn": ROLE,
        "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/out", "CompressionType": "NONE"},
        "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 1},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
    } | changes


def channel(name: str, uri: str) -> dict[str, Any]:
    return {
        "ChannelName": name,
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}},
    }


def ended(labeling: Labeling, name: str) -> dict[str, Any]:
    return until(labeling, name, lambda job: job["TrainingJobStatus"] not in ("InProgress", "Stopping"))


def until(labeling: Labeling, name: str, reached: Any) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while True:
        job: dict[str, Any] = labeling.sagemaker.describe_training_job(TrainingJobName=name)
        if reached(job):
            return job
        assert time.monotonic() < deadline, job
        time.sleep(0.05)


def code_of(refused: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_program_learns_from_its_channels_and_its_model_comes_to_s3(labeling: Labeling, s3: Any) -> None:
    name = unique("learns")
    for key in ("a/train.manifest", "a/pictures/0/1.jpg", "a/pictures/0/2.jpg", "a/other.txt"):
        s3.put_object(Bucket=BUCKET, Key=f"{name}/{key}", Body=b"x")
    channels = [
        channel("train", f"s3://{BUCKET}/{name}/a/train.manifest"),
        channel("pictures", f"s3://{BUCKET}/{name}/a/pictures/"),
    ]
    told = {"seconds": "60", "seed": "1"}

    arn = labeling.sagemaker.create_training_job(
        **request(name, "learn", InputDataConfig=channels, HyperParameters=told)
    )["TrainingJobArn"]
    job = ended(labeling, name)

    assert arn.endswith(f":training-job/{name}")
    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Completed", "Completed")
    assert job["ModelArtifacts"]["S3ModelArtifacts"] == f"s3://{BUCKET}/out/{name}/output/model"
    assert [one["Status"] for one in job["SecondaryStatusTransitions"]] == [
        "Starting",
        "Downloading",
        "Training",
        "Uploading",
        "Completed",
    ]
    assert job["BillableTimeInSeconds"] >= 1
    body = s3.get_object(Bucket=BUCKET, Key=f"out/{name}/output/model/model.json")["Body"].read()
    seen = ["pictures/0/1.jpg", "pictures/0/2.jpg", "train/train.manifest"]
    assert json.loads(body) == [told, seen, []]


def test_a_model_comes_as_an_archive_where_nothing_else_is_asked(labeling: Labeling, s3: Any) -> None:
    name = unique("archive")
    output = {"S3OutputPath": f"s3://{BUCKET}/out/"}
    labeling.sagemaker.create_training_job(**request(name, "learn", OutputDataConfig=output))

    place = ended(labeling, name)["ModelArtifacts"]["S3ModelArtifacts"]

    assert place == f"s3://{BUCKET}/out/{name}/output/model.tar.gz"
    body = s3.get_object(Bucket=BUCKET, Key=f"out/{name}/output/model.tar.gz")["Body"].read()
    with tarfile.open(fileobj=io.BytesIO(body)) as packed:
        assert packed.getnames() == ["model.json"]


def test_a_program_that_fails_is_quoted(labeling: Labeling) -> None:
    name = unique("fails")
    labeling.sagemaker.create_training_job(**request(name, "fail"))

    job = ended(labeling, name)

    assert job["TrainingJobStatus"] == job["SecondaryStatus"] == "Failed"
    assert job["FailureReason"] == "AlgorithmError: There is no box., exit code: 3"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"InputDataConfig": [channel("train", f"s3://{BUCKET}/nothing/")]}, "no object begins with"),
        (
            {"AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"}},
            "has to name its ContainerEntrypoint",
        ),
    ],
)
def test_a_job_that_cannot_begin_says_why(labeling: Labeling, changes: dict[str, Any], reason: str) -> None:
    name = unique("cannot-begin")
    labeling.sagemaker.create_training_job(**request(name, "learn", **changes))

    job = ended(labeling, name)

    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"].startswith("ClientError: ")
    assert reason in job["FailureReason"]


def test_a_job_that_is_stopped_ends_stopped_once(labeling: Labeling) -> None:
    name = unique("stopped")
    labeling.sagemaker.create_training_job(**request(name, "wait"))
    until(labeling, name, lambda job: job["SecondaryStatus"] == "Training")

    labeling.sagemaker.stop_training_job(TrainingJobName=name)
    job = ended(labeling, name)

    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "Stopped")
    with pytest.raises(ClientError) as refused:
        labeling.sagemaker.stop_training_job(TrainingJobName=name)
    assert code_of(refused)[0] == "ValidationException"
    assert "is in status Stopped" in code_of(refused)[1]


def test_a_job_that_takes_longer_than_it_may_is_stopped(labeling: Labeling) -> None:
    name = unique("too-long")
    labeling.sagemaker.create_training_job(
        **request(name, "wait", StoppingCondition={"MaxRuntimeInSeconds": 1})
    )

    job = ended(labeling, name)

    assert (job["TrainingJobStatus"], job["SecondaryStatus"]) == ("Stopped", "MaxRuntimeExceeded")


def test_a_name_is_used_once_and_an_unknown_one_is_refused_as_on_aws(labeling: Labeling) -> None:
    name = unique("once")
    labeling.sagemaker.create_training_job(**request(name, "learn"))
    with pytest.raises(ClientError) as refused:
        labeling.sagemaker.create_training_job(**request(name, "learn"))
    assert code_of(refused)[0] == "ResourceInUse"
    with pytest.raises(ClientError) as refused:
        labeling.sagemaker.describe_training_job(TrainingJobName="nobody")
    assert code_of(refused) == ("ValidationException", "Requested resource not found.")
    ended(labeling, name)


def test_an_account_trains_two_at_a_time(serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path) as labeling:
        names = [unique("at-once") for _ in range(3)]
        for name in names[:2]:
            labeling.sagemaker.create_training_job(**request(name, "wait"))
        with pytest.raises(ClientError) as refused:
            labeling.sagemaker.create_training_job(**request(names[2], "wait"))
        assert code_of(refused)[0] == "ResourceLimitExceeded"
        for name in names[:2]:
            labeling.sagemaker.stop_training_job(TrainingJobName=name)
            ended(labeling, name)


def test_a_training_survives_the_end_of_the_service_with_what_it_learned(
    serve: Serve, tmp_path: Path
) -> None:
    name = unique("survives")
    job = request(
        name,
        "resume",
        CheckpointConfig={"S3Uri": f"s3://{BUCKET}/kept"},
        RetryStrategy={"MaximumRetryAttempts": 1},
    )
    with serve(tmp_path) as labeling:
        labeling.sagemaker.create_training_job(**job)
        kept = tmp_path / "training" / name / "checkpoints" / "kept"
        until(labeling, name, lambda _: kept.exists())
    with serve(tmp_path) as labeling:
        again = ended(labeling, name)
    assert again["TrainingJobStatus"] == "Completed"
    assert "Restarting" in [one["Status"] for one in again["SecondaryStatusTransitions"]]
    assert not (tmp_path / "training" / name).exists()


def test_a_training_that_may_not_be_retried_fails_with_the_service(serve: Serve, tmp_path: Path) -> None:
    name = unique("no-retry")
    with serve(tmp_path) as labeling:
        labeling.sagemaker.create_training_job(**request(name, "wait"))
        until(labeling, name, lambda job: job["SecondaryStatus"] == "Training")
    with serve(tmp_path) as labeling:
        job = ended(labeling, name)
    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"].startswith("InternalServerError")


def test_a_service_that_is_asked_from_elsewhere_sees_no_job_of_ours(labeling: Labeling) -> None:
    name = unique("ours")
    labeling.sagemaker.create_training_job(**request(name, "learn"))
    elsewhere = beside_emulator.client("sagemaker", labeling.url, region="eu-central-1")
    with pytest.raises(ClientError) as refused:
        elsewhere.describe_training_job(TrainingJobName=name)
    assert code_of(refused)[1] == "Requested resource not found."
    ended(labeling, name)
