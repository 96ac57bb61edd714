"""Model versions: CreateProjectVersion, and Describe-, Delete-, Start- and StopProjectVersion."""

from typing import Any

from local.services.aws_json.errors import ServiceError
from local.services.aws_json.paging import page
from local.services.aws_json.signature import Caller
from local.services.rekognition import lifecycle
from local.services.rekognition.context import Context, arn_prefix
from local.services.rekognition.errors import INVALID_PAGE, in_use, invalid_parameter
from local.services.rekognition.operations.datasets import dataset_of
from local.services.rekognition.records import ProjectRecord, S3Object, VersionRecord
from local.services.rekognition.training_job import TEST_MANIFEST, TRAIN_MANIFEST

_MAX_TRAININGS = 2
_MAX_UNITS = 5
"""AWS's default quotas for trainings at a time and for a model's inference units."""


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        project = context.project(params["ProjectArn"], caller)
        versions = context.versions(project)
        name = params["VersionName"]
        if any(version.name == name for version in versions):
            raise in_use(f"The project {project.name} has a model version {name} already.")
        training = [
            version
            for version in context.store.every(VersionRecord, arn_prefix(caller))
            if version.status == "TRAINING_IN_PROGRESS"
        ]
        if len(training) >= _MAX_TRAININGS:
            raise ServiceError(
                "LimitExceededException", f"{_MAX_TRAININGS} models are being trained already."
            )
        now = context.now()
        base = project.arn.rpartition("/")[0]
        version = VersionRecord(
            arn=f"{base}/version/{name}/{int(now.timestamp() * 1000)}",
            created_at=now,
            project_arn=project.arn,
            name=name,
            status="TRAINING_IN_PROGRESS",
            since=now,
            status_message="The model is being trained.",
            description=params.get("VersionDescription"),
            output_bucket=_required(params["OutputConfig"], "S3Bucket"),
            output_prefix=params["OutputConfig"].get("S3KeyPrefix", ""),
            **_sources(context, project, params),
        )
        _snapshot_datasets(context, project, version)
        context.store.put(version)
        context.store.tag(version.arn, params.get("Tags", {}))
        context.trainings.start(version)
    return {"ProjectVersionArn": version.arn}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    project = context.project(params["ProjectArn"], caller)
    wanted = params.get("VersionNames")
    versions = [version for version in context.versions(project) if wanted is None or version.name in wanted]
    shown, token = page(versions, params, refusal=INVALID_PAGE)
    return {"ProjectVersionDescriptions": [_description(context, version) for version in shown], **token}


def delete(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        version = context.version(params["ProjectVersionArn"], caller)
        context.store.put(lifecycle.deleted(version, context.now()))
    return {"Status": "DELETING"}


def start(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    least, most = params["MinInferenceUnits"], params.get("MaxInferenceUnits")
    if most is not None and most < least:
        raise invalid_parameter("MaxInferenceUnits must be at least MinInferenceUnits.")
    if max(least, most or 0) > _MAX_UNITS:
        raise ServiceError("LimitExceededException", f"A model runs on {_MAX_UNITS} inference units at most.")
    with context.store.lock:
        version = context.version(params["ProjectVersionArn"], caller)
        context.store.put(lifecycle.started(version, context.now(), least, most))
    return {"Status": "STARTING"}


def stop(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        version = context.version(params["ProjectVersionArn"], caller)
        context.store.put(lifecycle.stopped(version, context.now()))
        context.models.unload(version.arn)
    return {"Status": "STOPPING"}


def _sources(context: Context, project: ProjectRecord, params: dict[str, Any]) -> dict[str, Any]:
    """Return what to train from: the manifests given, or else the project's datasets."""
    has_datasets = [dataset_of(context, project, kind) is not None for kind in ("TRAIN", "TEST")]
    if ("TrainingData" in params) != ("TestingData" in params):
        raise invalid_parameter("TrainingData and TestingData go together.")
    if "TrainingData" not in params:
        if not all(has_datasets):
            raise invalid_parameter(f"The project {project.name} needs a training and a test dataset.")
        return {}
    if any(has_datasets):
        raise invalid_parameter(
            f"The project {project.name} has datasets, so TrainingData must not be given."
        )
    train = _manifests(params["TrainingData"])
    test = _manifests(params["TestingData"])
    automatic = params["TestingData"].get("AutoCreate", False)
    if not train or bool(test) == automatic:
        raise invalid_parameter(
            "Give manifests for training, and for testing either manifests or AutoCreate."
        )
    return {"train_manifests": train, "test_manifests": test, "split_test_off": automatic}


def _manifests(data: dict[str, Any]) -> tuple[S3Object, ...]:
    return tuple(
        S3Object.model_validate(_required(_required(asset, "GroundTruthManifest"), "S3Object"))
        for asset in data.get("Assets", [])
    )


def _required(fields: dict[str, Any], name: str) -> Any:
    if name not in fields:
        raise invalid_parameter(f"{name} is missing.")
    return fields[name]


def _snapshot_datasets(context: Context, project: ProjectRecord, version: VersionRecord) -> None:
    """Keep the datasets' lines beside the model: they may change while it is being trained."""
    if version.train_manifests:
        return
    directory = context.trainings.directory(version)
    directory.mkdir(parents=True, exist_ok=True)
    for kind, file in (("TRAIN", TRAIN_MANIFEST), ("TEST", TEST_MANIFEST)):
        dataset = dataset_of(context, project, "TRAIN" if kind == "TRAIN" else "TEST")
        assert dataset is not None, kind
        lines = context.store.entries(dataset.arn)
        (directory / file).write_text("\n".join(lines), encoding="utf-8")


def _description(context: Context, version: VersionRecord) -> dict[str, Any]:
    done = context.trainings.progress(version.arn)
    message = version.status_message
    if version.status == "TRAINING_IN_PROGRESS" and done is not None:
        message = f"{message} {done:.0%} done."
    description: dict[str, Any] = {
        "ProjectVersionArn": version.arn,
        "CreationTimestamp": version.created_at,
        "Status": version.status,
        "StatusMessage": message,
        "OutputConfig": {"S3Bucket": version.output_bucket, "S3KeyPrefix": version.output_prefix},
        "TrainingDataResult": {"Input": {"Assets": _assets(version.train_manifests)}},
        "TestingDataResult": {
            "Input": {"Assets": _assets(version.test_manifests), "AutoCreate": version.split_test_off}
        },
        "Feature": "CUSTOM_LABELS",
        "VersionDescription": version.description,
        "MinInferenceUnits": version.min_units,
        "MaxInferenceUnits": version.max_units,
        "TrainingEndTimestamp": version.trained_at,
    }
    if version.evaluation is not None:
        description |= {
            "BillableTrainingTimeInSeconds": version.evaluation.billable_seconds,
            "EvaluationResult": {
                "F1Score": version.evaluation.f1,
                "Summary": {"S3Object": version.evaluation.summary.model_dump(exclude_none=True)},
            },
        }
    return {name: value for name, value in description.items() if value is not None}


def _assets(manifests: tuple[S3Object, ...]) -> list[dict[str, Any]]:
    return [
        {"GroundTruthManifest": {"S3Object": manifest.model_dump(exclude_none=True)}}
        for manifest in manifests
    ]
