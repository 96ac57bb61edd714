"""Outputs of labeling jobs, laid out as Ground Truth documents them
(https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Drawn = tuple[str, int, int, int, int]
"""A label, left, top, width and height in pixels."""
SIZE = (640, 360)


def boxed_line(source_ref: str, drawn: Sequence[Drawn], labels: Sequence[str]) -> dict[str, Any]:
    """A line of a bounding box job's output manifest."""
    return {
        "source-ref": source_ref,
        "brands": {
            "image_size": [{"width": SIZE[0], "height": SIZE[1], "depth": 3}],
            "annotations": [
                {"class_id": labels.index(label), "left": left, "top": top, "width": width, "height": height}
                for label, left, top, width, height in drawn
            ],
        },
        "brands-metadata": {
            "objects": [{"confidence": 0.09} for _ in drawn],
            "class-map": _class_map((label for label, *_ in drawn), labels),
            **_metadata("groundtruth/object-detection"),
        },
    }


def classified_line(source_ref: str, label: str, labels: Sequence[str]) -> dict[str, Any]:
    """A line of an image classification job's output manifest."""
    return {
        "source-ref": source_ref,
        "concept": labels.index(label),
        "concept-metadata": {
            "confidence": 0.6,
            "class-name": label,
            **_metadata("groundtruth/image-classification"),
        },
    }


def unanswered_line(source_ref: str, attribute: str) -> dict[str, Any]:
    """The line of an object that nobody labeled while it was there to be labeled."""
    failure = "ClientError: Annotation tasks expired. All workers returned the task or let it expire."
    return {
        "source-ref": source_ref,
        f"{attribute}-metadata": {
            "retry-count": 1,
            "failure-reason": failure,
            "human-annotated": "true",
        },
    }


def video_line(source_ref: str, answers: str, labels: Sequence[str]) -> dict[str, Any]:
    """A line of a video frame object detection job's output manifest."""
    return {
        "source-ref": source_ref,
        "brands-ref": answers,
        "brands-ref-metadata": {
            "class-map": _class_map(labels, labels),
            **_metadata("groundtruth/video-object-detection"),
        },
    }


def sequence_labels(frames: Mapping[str, Sequence[Drawn]], labels: Sequence[str]) -> dict[str, Any]:
    """A `SeqLabel.json`, of frames by their names."""
    return {
        "detection-annotations": [
            {
                "annotations": [
                    {
                        "height": height,
                        "width": width,
                        "top": top,
                        "left": left,
                        "class-id": str(labels.index(label)),
                        "label-category-attributes": {},
                    }
                    for label, left, top, width, height in drawn
                ],
                "frame-no": str(number),
                "frame": frame,
            }
            for number, (frame, drawn) in enumerate(frames.items())
        ]
    }


def manifest(lines: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _class_map(used: Any, labels: Sequence[str]) -> dict[str, str]:
    return {str(labels.index(label)): label for label in used}


def _metadata(kind: str) -> dict[str, str]:
    return {
        "type": kind,
        "human-annotated": "yes",
        "creation-date": "2026-11-25T10:11:12.131415",
        "job-name": "labeling-job/brandlens-dev-abc-image",
    }
