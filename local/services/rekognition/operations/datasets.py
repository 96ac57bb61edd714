"""CreateDataset, DescribeDataset, DeleteDataset, UpdateDatasetEntries, ListDatasetEntries.

AWS makes and changes datasets in the background; here they are done when the call returns.
"""

import json
from typing import Any, Literal

from brandlens.errors import InvalidLabels
from brandlens.labels.manifest import read_line
from local.services.aws_json.errors import ServiceError
from local.services.aws_json.paging import page
from local.services.aws_json.signature import Caller
from local.services.rekognition.context import Context
from local.services.rekognition.errors import INVALID_PAGE, in_use, invalid_parameter
from local.services.rekognition.records import DatasetRecord, ProjectRecord, S3Object, VersionRecord
from local.services.rekognition.training_data import TrainingFailed, fetch_manifests


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    project = context.project(params["ProjectArn"], caller)
    kind: Literal["TRAIN", "TEST"] = params["DatasetType"]
    body = _source(context, caller, params.get("DatasetSource", {}))
    with context.store.lock:
        if dataset_of(context, project, kind) is not None:
            raise ServiceError(
                "ResourceAlreadyExistsException", f"The project {project.name} has a {kind} dataset already."
            )
        now = context.now()
        base = project.arn.rpartition("/")[0]
        arn = f"{base}/dataset/{kind.lower()}/{int(now.timestamp() * 1000)}"
        _put_lines(context, arn, body)
        context.store.put(
            DatasetRecord(
                arn=arn,
                created_at=now,
                project_arn=project.arn,
                type=kind,
                updated_at=now,
                status="CREATE_COMPLETE",
                status_message="The dataset was successfully created.",
            )
        )
        context.store.tag(arn, params.get("Tags", {}))
    return {"DatasetArn": arn}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    dataset = context.dataset(params["DatasetArn"], caller)
    labels = [_labels(line) for line in context.store.entries(dataset.arn)]
    return {
        "DatasetDescription": {
            "CreationTimestamp": dataset.created_at,
            "LastUpdatedTimestamp": dataset.updated_at,
            "Status": dataset.status,
            "StatusMessage": dataset.status_message,
            "StatusMessageCode": "SUCCESS",
            "DatasetStats": {
                "TotalEntries": len(labels),
                "LabeledEntries": sum(bool(found) for found in labels),
                "TotalLabels": len(set().union(*(found or set() for found in labels))),
                "ErrorEntries": sum(found is None for found in labels),
            },
        }
    }


def delete(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        dataset = context.dataset(params["DatasetArn"], caller)
        _require_idle(context, dataset)
        context.store.remove(dataset.arn)
    return {}


def update_entries(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        dataset = context.dataset(params["DatasetArn"], caller)
        _require_idle(context, dataset)
        _put_lines(context, dataset.arn, params["Changes"]["GroundTruth"])
        done = {
            "updated_at": context.now(),
            "status": "UPDATE_COMPLETE",
            "status_message": "The dataset was successfully updated.",
        }
        context.store.put(dataset.model_copy(update=done))
    return {}


def list_entries(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    dataset = context.dataset(params["DatasetArn"], caller)
    lines = [line for line in context.store.entries(dataset.arn) if _matches(line, params)]
    shown, token = page(lines, params, refusal=INVALID_PAGE)
    return {"DatasetEntries": list(shown), **token}


def dataset_of(
    context: Context, project: ProjectRecord, kind: Literal["TRAIN", "TEST"]
) -> DatasetRecord | None:
    prefix = f"{project.arn.rpartition('/')[0]}/dataset/{kind.lower()}/"
    return next(iter(context.store.every(DatasetRecord, prefix)), None)


def _source(context: Context, caller: Caller, source: dict[str, Any]) -> bytes:
    if "DatasetArn" in source and "GroundTruthManifest" in source:
        raise invalid_parameter("Give a manifest or a dataset to copy, not both.")
    if "DatasetArn" in source:
        copied = context.dataset(source["DatasetArn"], caller)
        return "\n".join(context.store.entries(copied.arn)).encode()
    if "GroundTruthManifest" not in source:
        return b""
    manifest = S3Object.model_validate(source["GroundTruthManifest"]["S3Object"])
    try:
        return fetch_manifests([manifest], context.objects)
    except TrainingFailed as error:
        raise ServiceError("InvalidS3ObjectException", str(error)) from error


def _put_lines(context: Context, arn: str, body: bytes) -> None:
    entries = []
    for line in body.split(b"\n"):
        if line.strip():
            try:
                entries.append((str(json.loads(line)["source-ref"]), line.decode()))
            except (ValueError, TypeError, KeyError) as error:
                raise invalid_parameter(
                    "Every line of a manifest must be a JSON object with a source-ref."
                ) from error
    context.store.put_entries(arn, entries)


def _require_idle(context: Context, dataset: DatasetRecord) -> None:
    project = context.store.get(ProjectRecord, dataset.project_arn)
    assert project is not None, dataset.project_arn
    versions: list[VersionRecord] = context.versions(project)
    if any(version.status == "TRAINING_IN_PROGRESS" for version in versions):
        raise in_use(f"The dataset {dataset.arn} is being trained from.")


def _labels(line: str) -> frozenset[str] | None:
    """Return a line's labels, or None where the line cannot be used."""
    try:
        return read_line(line, file="entry", number=1).labels
    except InvalidLabels:
        return None


def _matches(line: str, params: dict[str, Any]) -> bool:
    labels = _labels(line)
    return (
        ("Labeled" not in params or bool(labels) == params["Labeled"])
        and ("HasErrors" not in params or (labels is None) == params["HasErrors"])
        and ("ContainsLabels" not in params or bool(set(params["ContainsLabels"]) & (labels or set())))
        and params.get("SourceRefContains", "") in json.loads(line)["source-ref"]
    )
