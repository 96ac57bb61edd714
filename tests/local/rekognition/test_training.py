import json
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from brandlens.labels.geometry import PixelBox
from brandlens.labels.manifest import write_manifest
from tests.local.rekognition import teaching
from tests.local.rekognition.conftest import Serve

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client


def test_a_training_reports_its_progress_and_a_true_evaluation(
    client: "RekognitionClient", s3: "S3Client"
) -> None:
    project = teaching.new_project(client)
    pictures = teaching.put_pictures(s3, 8)
    train, test = teaching.put_manifest(s3, pictures[:5]), teaching.put_manifest(s3, pictures[5:])

    arn = teaching.begin_training(client, project, train, test)
    (begun,) = client.describe_project_versions(ProjectArn=project)["ProjectVersionDescriptions"]
    done = teaching.wait_for(client, project, "v1", "TRAINING_COMPLETED", "TRAINING_FAILED")

    assert begun["Status"] == "TRAINING_IN_PROGRESS"
    assert done["ProjectVersionArn"] == arn
    assert done["StatusMessage"] == "The model is ready to run."
    assert done["EvaluationResult"]["F1Score"] == 1
    assert done["TrainingDataResult"]["Input"]["Assets"] == [train]
    assert done["TrainingEndTimestamp"] >= done["CreationTimestamp"]
    where = done["EvaluationResult"]["Summary"]["S3Object"]
    summary = json.loads(s3.get_object(Bucket=where["Bucket"], Key=where["Name"])["Body"].read())
    assert where["Name"].startswith("output/EvaluationSummary-project-")
    assert summary["EvaluationDetails"]["Labels"] == ["Blue", "Red"]
    assert summary["EvaluationDetails"]["NumberOfTrainingImages"] == 5
    assert summary["EvaluationDetails"]["NumberOfTestingImages"] == 3
    assert summary["AggregatedEvaluationResults"]["Metrics"] == {"Precision": 1, "Recall": 1, "F1Score": 1}


def test_wrong_labels_in_the_test_data_lower_the_score(client: "RekognitionClient", s3: "S3Client") -> None:
    project = teaching.new_project(client)
    pictures = teaching.put_pictures(s3, 6)
    displaced = teaching.labeled(pictures[5].name, ("Red", PixelBox(0, 0, 30, 20)), pictures_patch(5, "Blue"))

    teaching.begin_training(
        client, project, teaching.put_manifest(s3, pictures[:4]), teaching.put_manifest(s3, [displaced])
    )
    done = teaching.wait_for(client, project, "v1", "TRAINING_COMPLETED", "TRAINING_FAILED")

    # Blue is found, Red is not where the labels say: 1 of 1 found and counted, 1 of 2 there.
    assert done["EvaluationResult"]["F1Score"] == pytest.approx(2 / 3)


def pictures_patch(number: int, label: str) -> teaching.Patch:
    return next(patch for patch in teaching.patches(number + 1)[number] if patch[0] == label)


def test_a_project_trains_from_its_datasets(client: "RekognitionClient", s3: "S3Client") -> None:
    project = teaching.new_project(client)
    pictures = teaching.put_pictures(s3, 8)
    source = teaching.put_manifest(s3, pictures[:4])
    dataset = client.create_dataset(ProjectArn=project, DatasetType="TRAIN", DatasetSource=source)[
        "DatasetArn"
    ]
    test = client.create_dataset(ProjectArn=project, DatasetType="TEST")["DatasetArn"]
    more = write_manifest(
        pictures[4:],
        ["Blue", "Red"],
        source_ref=lambda name: f"s3://{teaching.BUCKET}/{name}",
        job_name="more",
        created_at=teaching.CREATED,
    )
    client.update_dataset_entries(DatasetArn=test, Changes={"GroundTruth": more.encode()})

    client.create_project_version(
        ProjectArn=project, VersionName="v1", OutputConfig={"S3Bucket": teaching.BUCKET, "S3KeyPrefix": "o"}
    )
    with pytest.raises(ClientError) as busy:
        client.delete_dataset(DatasetArn=dataset)
    done = teaching.wait_for(client, project, "v1", "TRAINING_COMPLETED", "TRAINING_FAILED")

    assert teaching.error_code(busy) == "ResourceInUseException"
    assert done["EvaluationResult"]["F1Score"] == 1
    stats = client.describe_dataset(DatasetArn=test)["DatasetDescription"]["DatasetStats"]
    assert stats == {"TotalEntries": 4, "LabeledEntries": 3, "TotalLabels": 2, "ErrorEntries": 0}
    labeled = client.list_dataset_entries(DatasetArn=test, Labeled=True, MaxResults=2)
    rest = client.list_dataset_entries(DatasetArn=test, Labeled=True, NextToken=labeled["NextToken"])
    assert len(labeled["DatasetEntries"]) + len(rest["DatasetEntries"]) == 3
    assert "NextToken" not in rest
    client.delete_dataset(DatasetArn=dataset)
    with pytest.raises(ClientError) as gone:
        client.describe_dataset(DatasetArn=dataset)
    assert teaching.error_code(gone) == "ResourceNotFoundException"


def test_a_training_that_cannot_be_ends_failed_with_the_reason(
    client: "RekognitionClient", s3: "S3Client"
) -> None:
    project = teaching.new_project(client)
    pictures = teaching.put_pictures(s3, 4)
    good = teaching.put_manifest(s3, pictures)
    nowhere = {"GroundTruthManifest": {"S3Object": {"Bucket": teaching.BUCKET, "Name": "no.manifest"}}}
    unlabeled = teaching.put_manifest(s3, [teaching.labeled(pictures[0].name)])
    missing = teaching.put_manifest(s3, [teaching.labeled("gone.png", ("Red", PixelBox(0, 0, 9, 9)))])

    reasons = {}
    for name, manifest in (("nowhere", nowhere), ("unlabeled", unlabeled), ("missing", missing)):
        teaching.begin_training(client, project, manifest, good, name)
        failed = teaching.wait_for(client, project, name, "TRAINING_COMPLETED", "TRAINING_FAILED")
        assert failed["Status"] == "TRAINING_FAILED"
        assert "EvaluationResult" not in failed
        reasons[name] = failed["StatusMessage"]

    assert "could not be read" in reasons["nowhere"]
    assert reasons["unlabeled"] == "The manifest file contains no labeled images."
    assert "too many invalid rows" in reasons["missing"]
    assert "gone.png" in reasons["missing"]


def test_a_killed_training_process_fails_its_version_and_not_the_service(
    serve: Serve, s3: "S3Client", tmp_path: Path
) -> None:
    with serve(tmp_path, training_seconds=60) as service:
        client = service.client()
        project = teaching.new_project(client)
        pictures = teaching.put_pictures(s3, 8)
        teaching.begin_training(client, project, teaching.put_manifest(s3, pictures), None)
        deadline = time.monotonic() + 30
        while not (children := _children(service.process.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(children[0], signal.SIGKILL)

        failed = teaching.wait_for(client, project, "v1", "TRAINING_FAILED", "TRAINING_COMPLETED")

    assert failed["Status"] == "TRAINING_FAILED"
    assert "status -9" in failed["StatusMessage"]


def test_a_killed_service_resumes_its_training_and_leaves_no_process(
    serve: Serve, s3: "S3Client", tmp_path: Path
) -> None:
    with serve(tmp_path, training_seconds=60) as service:
        client = service.client()
        project = teaching.new_project(client)
        pictures = teaching.put_pictures(s3, 8)
        teaching.begin_training(client, project, teaching.put_manifest(s3, pictures), None)
        children = _children(service.process.pid)
        service.process.kill()
        service.process.wait()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{child}/stat").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children
    assert not any(Path(f"/proc/{child}/stat").exists() for child in children)

    with serve(tmp_path, training_seconds=0.2) as service:
        done = teaching.wait_for(service.client(), project, "v1", "TRAINING_COMPLETED", "TRAINING_FAILED")

    assert done["Status"] == "TRAINING_COMPLETED"


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in listed for child in file.read_text().split()]


def test_two_trainings_run_at_a_time_and_a_third_is_refused(
    serve: Serve, s3: "S3Client", tmp_path: Path
) -> None:
    with serve(tmp_path, training_seconds=60) as service:
        client = service.client()
        project = teaching.new_project(client)
        manifest = teaching.put_manifest(s3, teaching.put_pictures(s3, 8))
        teaching.begin_training(client, project, manifest, None, "v1")
        with pytest.raises(ClientError) as twice:
            teaching.begin_training(client, project, manifest, None, "v1")
        teaching.begin_training(client, project, manifest, None, "v2")
        with pytest.raises(ClientError) as third:
            teaching.begin_training(client, project, manifest, None, "v3")

    assert teaching.error_code(twice) == "ResourceInUseException"
    assert teaching.error_code(third) == "LimitExceededException"
