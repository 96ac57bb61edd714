"""DetectCustomLabels."""

from typing import Any

from brandlens.errors import Refused
from brandlens.results import Detection
from local.services.aws_json.errors import ServiceError
from local.services.aws_json.signature import Caller
from local.services.rekognition.context import Context
from local.services.rekognition.errors import invalid_parameter
from local.services.rekognition.pictures import MAX_BYTES, MAX_OBJECT_BYTES, check_picture
from local.services.rekognition.records import S3Object, VersionRecord


def detect(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    version = context.version(params["ProjectVersionArn"], caller)
    if version.status != "RUNNING":
        raise ServiceError(
            "ResourceNotReadyException", f"The model {version.name} is {version.status}, not RUNNING."
        )
    if not context.throttle.admits(version.arn, version.min_units or 1):
        raise ServiceError(
            "ProvisionedThroughputExceededException",
            f"More calls than {version.min_units} inference units answer. Try again, or start more.",
        )
    image = _image(context, params["Image"])
    thresholds = _thresholds(version, params.get("MinConfidence"))
    try:
        found = context.models.of(version).detect(image, min_confidence=min(thresholds.values()))
    except Refused as error:
        raise ServiceError("InvalidImageFormatException", f"The image cannot be decoded. {error}") from error
    labels = [_custom_label(one) for one in found if one.confidence >= thresholds[one.label]]
    return {"CustomLabels": labels[: params.get("MaxResults")]}


def _image(context: Context, source: dict[str, Any]) -> bytes:
    if ("Bytes" in source) == ("S3Object" in source):
        raise invalid_parameter("Image must hold either Bytes or S3Object.")
    if "Bytes" in source:
        image: bytes = source["Bytes"]
        check_picture(image, max_bytes=MAX_BYTES)
        return image
    wanted = source["S3Object"]
    if not {"Bucket", "Name"} <= set(wanted):
        raise invalid_parameter("S3Object must name a Bucket and a Name.")
    image = context.objects.read(S3Object.model_validate(wanted), max_bytes=MAX_OBJECT_BYTES)
    check_picture(image, max_bytes=MAX_OBJECT_BYTES)
    return image


def _thresholds(version: VersionRecord, min_confidence: float | None) -> dict[str, float]:
    """Return each label's least confidence in percent: the one asked for, or its assumed threshold."""
    assert version.evaluation is not None, version.arn
    if min_confidence is None:
        return version.evaluation.thresholds
    return dict.fromkeys(version.evaluation.thresholds, min_confidence)


def _custom_label(found: Detection) -> dict[str, Any]:
    label: dict[str, Any] = {"Name": found.label, "Confidence": found.confidence}
    if found.box is not None:
        label["Geometry"] = {
            "BoundingBox": {
                "Width": found.box.width,
                "Height": found.box.height,
                "Left": found.box.left,
                "Top": found.box.top,
            }
        }
    return label
