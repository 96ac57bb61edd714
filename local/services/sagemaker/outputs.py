"""What a labeling job leaves: output manifests in Ground Truth's own layout.

https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from local.services.sagemaker.records import Box, LabelingJobRecord, Picture, Task

_TYPES = {
    "BoundingBox": "groundtruth/object-detection",
    "ImageMultiClass": "groundtruth/image-classification",
    "VideoObjectDetection": "groundtruth/video-object-detection",
}
_EXPIRED = "ClientError: Annotation tasks expired. Nobody labeled this object while it was available."
_CONFIDENCE = 0.0
"""Of an answer that one person gave."""


@dataclass(frozen=True)
class OutputFile:
    uri: str
    body: bytes


def manifest_uri(job: LabelingJobRecord) -> str:
    return f"{_folder(job)}manifests/output/output.manifest"


def output_files(
    job: LabelingJobRecord, tasks: Sequence[Task], now: datetime, *, expired: bool
) -> list[OutputFile]:
    """Return the files of a job's labels, the manifest last.

    Tasks that are not done are left out; where they have `expired`, a line says so.
    """
    files: list[OutputFile] = []
    lines: list[dict[str, Any]] = []
    attribute = job.request["LabelAttributeName"]
    for number, task in enumerate(tasks):
        if task.done and job.task_type == "VideoObjectDetection":
            uri = f"{_folder(job)}annotations/consolidated-annotation/output/{number}/SeqLabel.json"
            files.append(OutputFile(uri, _compact(_sequence_labels(task.pictures)).encode()))
            lines.append({**task.line, attribute: uri, **_metadata(job, now, **_video_classes(job, task))})
        elif task.done:
            lines.append({**task.line, **_image_label(job, task.pictures[0], now)})
        elif expired:
            failure = {"retry-count": 1, "failure-reason": _EXPIRED, "human-annotated": "true"}
            lines.append({**task.line, f"{attribute}-metadata": failure})
    body = "".join(_compact(line) + "\n" for line in lines)
    return [*files, OutputFile(manifest_uri(job), body.encode())]


def _image_label(job: LabelingJobRecord, picture: Picture, now: datetime) -> dict[str, Any]:
    attribute, answer = job.request["LabelAttributeName"], picture.answer
    if job.task_type == "ImageMultiClass":
        assert answer.label is not None, picture
        named = {"confidence": _CONFIDENCE, "class-name": job.labels[answer.label]}
        return {attribute: answer.label, **_metadata(job, now, **named)}
    annotations = [
        {
            "class_id": box.label,
            "top": box.top,
            "left": box.left,
            "height": box.height,
            "width": box.width,
        }
        for box in answer.boxes
    ]
    confidences = [{"confidence": _CONFIDENCE} for _ in answer.boxes]
    return {
        attribute: {"image_size": [picture.size.model_dump()], "annotations": annotations},
        **_metadata(job, now, objects=confidences, **{"class-map": _class_map(job, answer.boxes)}),
    }


def _video_classes(job: LabelingJobRecord, task: Task) -> dict[str, Any]:
    boxes = [box for picture in task.pictures for box in picture.answer.boxes]
    return {"class-map": _class_map(job, boxes)}


def _sequence_labels(pictures: Iterable[Picture]) -> dict[str, Any]:
    return {
        "detection-annotations": [
            {
                "annotations": [
                    {
                        "height": box.height,
                        "width": box.width,
                        "top": box.top,
                        "left": box.left,
                        "class-id": str(box.label),
                        "label-category-attributes": {},
                    }
                    for box in picture.answer.boxes
                ],
                "frame-no": picture.frame_no,
                "frame": picture.frame,
            }
            for picture in pictures
        ]
    }


def _class_map(job: LabelingJobRecord, boxes: Iterable[Box]) -> dict[str, str]:
    """Name the classes that occur."""
    return {str(label): job.labels[label] for label in sorted({box.label for box in boxes})}


def _metadata(job: LabelingJobRecord, now: datetime, **of_type: Any) -> dict[str, Any]:
    video = job.task_type == "VideoObjectDetection"
    return {
        f"{job.request['LabelAttributeName']}-metadata": {
            **of_type,
            "job-name": f"labeling-job/{job.name}",
            "human-annotated": "yes",
            "creation-date": now.strftime("%Y-%m-%dT%H:%M:%S+0000" if video else "%Y-%m-%dT%H:%M:%S.%f"),
            "type": _TYPES[job.task_type],
        }
    }


def _folder(job: LabelingJobRecord) -> str:
    return f"{job.request['OutputConfig']['S3OutputPath'].rstrip('/')}/{job.name}/"


def _compact(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
