import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.services.sagemaker.records import LabelingJobRecord
from local.services.sagemaker.store import Store
from tests.local.beside_emulator import client
from tests.local.sagemaker.conftest import EVENT_SOURCE, Serve
from tests.local.sagemaker.requests import BUCKET, Labeling, box, request, unique


def counters(labeling: Labeling, name: str) -> dict[str, int]:
    told: dict[str, int] = labeling.describe(name)["LabelCounters"]
    return told


def test_boxes_come_back_in_the_layout_of_ground_truth(labeling: Labeling) -> None:
    name = labeling.open("BoundingBox", labeling.images(2))
    labeling.answer(name, 0, boxes=[box(2, 10, 20, 30, 40), box(0, 0, 0, 640, 360)])
    assert counters(labeling, name)["HumanLabeled"] == 1
    labeling.answer(name, 1)
    labeling.hand_in(name)

    first, second = labeling.output(name)

    assert labeling.describe(name)["LabelingJobOutput"]["OutputDatasetS3Uri"] == (
        f"s3://{BUCKET}/output/{name}/manifests/output/output.manifest"
    )
    created = first["brands-metadata"].pop("creation-date")
    assert first == {
        "source-ref": f"s3://{BUCKET}/pictures/0.jpg",
        "id": 0,
        "brands": {
            "image_size": [{"width": 640, "height": 360, "depth": 3}],
            "annotations": [
                {"class_id": 2, "top": 20, "left": 10, "height": 40, "width": 30},
                {"class_id": 0, "top": 0, "left": 0, "height": 360, "width": 640},
            ],
        },
        "brands-metadata": {
            "objects": [{"confidence": 0.0}, {"confidence": 0.0}],
            "class-map": {"0": "Acme", "2": "Globex"},
            "type": "groundtruth/object-detection",
            "human-annotated": "yes",
            "job-name": f"labeling-job/{name}",
        },
    }
    assert created[:2] == "20"
    assert second["brands"]["annotations"] == []
    assert counters(labeling, name) == {
        "TotalLabeled": 2,
        "HumanLabeled": 2,
        "MachineLabeled": 0,
        "FailedNonRetryableError": 0,
        "Unlabeled": 0,
    }


def test_classes_come_back_in_the_layout_of_ground_truth(labeling: Labeling) -> None:
    name = labeling.open("ImageMultiClass", labeling.images(1))
    labeling.answer(name, 0, label=1)
    labeling.hand_in(name)

    (line,) = labeling.output(name)

    assert line["concept"] == 1
    assert {**line["concept-metadata"], "creation-date": ""} == {
        "class-name": "Bolt",
        "confidence": 0.0,
        "type": "groundtruth/image-classification",
        "job-name": f"labeling-job/{name}",
        "human-annotated": "yes",
        "creation-date": "",
    }


def test_boxes_in_video_frames_come_back_as_a_file_for_each_sequence(labeling: Labeling) -> None:
    name = labeling.open("VideoObjectDetection", labeling.video(2))
    labeling.answer(name, 0, 0)
    assert counters(labeling, name) == {
        "TotalLabeled": 0,
        "HumanLabeled": 0,
        "MachineLabeled": 0,
        "FailedNonRetryableError": 0,
        "Unlabeled": 1,
    }
    labeling.answer(name, 0, 1, boxes=[box(1, 5, 6, 7, 8)])
    labeling.hand_in(name)

    (line,) = labeling.output(name)

    uri = f"s3://{BUCKET}/output/{name}/annotations/consolidated-annotation/output/0/SeqLabel.json"
    assert line["brands-ref"] == uri
    assert line["brands-ref-metadata"]["class-map"] == {"1": "Bolt"}
    assert line["brands-ref-metadata"]["type"] == "groundtruth/video-object-detection"
    assert json.loads(labeling.read(uri)) == {
        "detection-annotations": [
            {"annotations": [], "frame-no": "0", "frame": "0.jpg"},
            {
                "annotations": [
                    {
                        "height": 8,
                        "width": 7,
                        "top": 6,
                        "left": 5,
                        "class-id": "1",
                        "label-category-attributes": {},
                    }
                ],
                "frame-no": "1",
                "frame": "1.jpg",
            },
        ]
    }


@pytest.fixture
def ends(emulator: str) -> Any:
    """Collect the state-change events of a job on the emulator's default bus: waits for the first."""
    sqs, events = client("sqs", emulator), client("events", emulator)
    queue = sqs.create_queue(QueueName=unique("ends"))["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    rule = unique("ends")
    pattern = {
        "source": [EVENT_SOURCE],
        "detail-type": ["SageMaker Ground Truth Labeling Job State Change"],
    }
    events.put_rule(Name=rule, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=rule, Targets=[{"Id": "queue", "Arn": arn}])

    def received(name: str) -> list[Any]:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=5)
            told = [json.loads(message["Body"]) for message in answer.get("Messages", [])]
            # An earlier test's job may be announced only now.
            if ours := [event for event in told if event["resources"][0].endswith(f"/{name}")]:
                return ours
        return []

    yield received
    events.remove_targets(Rule=rule, Ids=["queue"])
    events.delete_rule(Name=rule)


def test_the_end_of_a_job_is_announced_on_the_default_bus(labeling: Labeling, ends: Any) -> None:
    name = labeling.open("BoundingBox", labeling.images(1))
    labeling.answer(name, 0)
    labeling.hand_in(name)

    (event,) = ends(name)

    assert event["resources"] == [labeling.describe(name)["LabelingJobArn"]]
    assert event["detail"] == {"LabelingJobStatus": "Completed"}


def test_a_stopped_job_keeps_what_was_labeled_and_is_announced(labeling: Labeling, ends: Any) -> None:
    name = labeling.open("BoundingBox", labeling.images(3))
    labeling.answer(name, 1, boxes=[box(0, 1, 2, 3, 4)])
    labeling.answer(name, 2, boxes=[box(0, 1, 2, 3, 4)], looked_at=False)

    labeling.sagemaker.stop_labeling_job(LabelingJobName=name)
    lines = labeling.output(name)

    assert labeling.describe(name)["LabelingJobStatus"] == "Stopped"
    assert [line["id"] for line in lines] == [1]
    assert [event["detail"]["LabelingJobStatus"] for event in ends(name)] == ["Stopped"]
    with pytest.raises(ClientError, match="Stopped") as again:
        labeling.sagemaker.stop_labeling_job(LabelingJobName=name)
    assert again.value.response["Error"]["Code"] == "ValidationException"


def test_a_job_that_nobody_works_on_fails_when_its_time_is_over(serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path) as labeling:
        name = labeling.open("BoundingBox", labeling.images(1), TaskAvailabilityLifetimeInSeconds=60)
    _make_older(tmp_path, minutes=1)
    with serve(tmp_path) as labeling:
        told = labeling.ended(name)

    assert told["LabelingJobStatus"] == "Failed"
    assert "Annotation tasks expired" in told["FailureReason"]


def test_a_job_half_done_when_its_time_is_over_keeps_that_half(serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path) as labeling:
        name = labeling.open("BoundingBox", labeling.images(2), TaskAvailabilityLifetimeInSeconds=60)
        labeling.answer(name, 0, boxes=[box(0, 1, 2, 3, 4)])
    _make_older(tmp_path, minutes=1)
    with serve(tmp_path) as labeling:
        labeled, expired = labeling.output(name)
        told = labeling.describe(name)

    assert told["LabelingJobStatus"] == "Completed"
    assert told["LabelCounters"]["FailedNonRetryableError"] == 1
    assert len(labeled["brands"]["annotations"]) == 1
    assert "brands" not in expired
    assert "Annotation tasks expired" in expired["brands-metadata"]["failure-reason"]


def _make_older(state: Path, *, minutes: int) -> None:
    """Let the service believe that its jobs were made so much earlier."""
    store = Store(state / "sagemaker.sqlite")
    for job in store.every(LabelingJobRecord):
        store.put(job.model_copy(update={"created_at": job.created_at - timedelta(minutes=minutes)}))
    store.close()


def test_labels_outlast_the_service(serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path) as labeling:
        name = labeling.open("BoundingBox", labeling.images(1))
        labeling.answer(name, 0, boxes=[box(1, 1, 2, 3, 4)])
        labeling.hand_in(name)
    with serve(tmp_path) as labeling:
        (line,) = labeling.output(name)

    assert line["brands"]["annotations"][0]["class_id"] == 1


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "is empty"),
        ([{"source-ref": "s3://media/pictures/9.jpg"}], "Unable to read s3://media/pictures/9.jpg"),
        ([{"source-ref": "s3://media/labels.json"}], "s3://media/labels.json is no image"),
        ([{"source": "x"}], "no source-ref in line 1"),
        ([{"source-ref": "pictures/0.jpg"}], "pictures/0.jpg is no S3 URI of an object"),
    ],
)
def test_a_job_whose_input_is_unusable_fails_and_says_why(
    labeling: Labeling, lines: list[Any], why: str
) -> None:
    name = labeling.create("BoundingBox", labeling.manifest(lines))

    told = labeling.ended(name)

    assert told["LabelingJobStatus"] == "Failed"
    assert why in told["FailureReason"]


def test_a_job_whose_sequence_has_no_frames_fails_and_says_why(labeling: Labeling) -> None:
    told = labeling.ended(labeling.create("VideoObjectDetection", labeling.video(0)))

    assert "frames" in told["FailureReason"]


def test_a_job_whose_labels_cannot_be_written_fails_and_says_why(labeling: Labeling) -> None:
    name = unique("job")
    asked = request(name, "BoundingBox", team=labeling.team, manifest=labeling.images(1))
    asked["OutputConfig"] = {"S3OutputPath": "s3://no-such-bucket/output"}
    labeling.sagemaker.create_labeling_job(**asked)
    labeling.when(name, lambda job: job["LabelingJobStatus"] == "InProgress")
    labeling.answer(name, 0)
    labeling.hand_in(name)

    told = labeling.ended(name)

    assert told["LabelingJobStatus"] == "Failed"
    assert "Unable to write s3://no-such-bucket/output" in told["FailureReason"]


def test_a_job_for_a_team_that_is_not_there_is_refused(labeling: Labeling) -> None:
    with pytest.raises(ClientError, match="does not exist"):
        labeling.create("BoundingBox", labeling.images(1), WorkteamArn=labeling.team + "-gone")
