"""Teaching a project: pictures and manifests put in a bucket, a model version trained and waited for."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

from brandlens.errors import InvalidLabels, ModelFailed
from brandlens.jobs import Model, Value
from brandlens.labels.files import checked_format
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.plan import TrainingPlan
from brandlens.ports import ObjectStore, Trainer
from brandlens.training.versions import TrainedVersion

_ATTEMPTS = 20
POLL_SECONDS = 2.0


class TeachingProgress(Value):
    """How far a teaching is: in pictures while uploading, in percent while training.

    `message` names the picture, or is the service's own words. AWS does not tell how far a training is: it
    stays at naught percent until it is done.
    """

    step: Literal["upload", "train"]
    done: int
    total: int
    message: str = ""


class Taught(Value):
    """A trained model and its score on the test pictures, a fraction."""

    model: Model
    f1: float


def teach(
    plan: TrainingPlan,
    *,
    project: str,
    service_project: str,
    read: Callable[[str], bytes],
    store: ObjectStore,
    trainer: Trainer,
    min_confidence: float,
    now: datetime,
    progress: Callable[[TeachingProgress], None],
    sleep: Callable[[float], None],
) -> Taught:
    """Train a model by `plan` and return it; teaching the same again finds the model that is there.

    Parameters
    ----------
    project, service_project
        The brandlens project, whose name begins the keys, and the name of its project in Rekognition.
    read
        Returns the bytes of the picture called by a name of the plan.
    store
        The bucket for pictures, manifests and the evaluation, below ``<project>/training/``.
    min_confidence
        Percent; what the model is asked with by default.
    now
        When the labels are said to have been made.

    Raises
    ------
    InvalidLabels
        A picture is neither JPEG nor PNG, too large, or not of the size its labels say.
    ModelFailed
        The training failed.
    Throttled, ServiceUnavailable, AccessRefused
        As the adapters raise them.
    """
    keys = _upload(plan, project, read, store, progress)
    project_arn = trainer.ensure_project(service_project)
    name, version = _latest_attempt(trainer, project_arn, _version_name(plan, keys))
    if version is None:
        folder = f"{project}/training/{name}"
        manifests = [f"{folder}/train.manifest", f"{folder}/test.manifest"]
        for key, pictures in zip(manifests, (plan.train, plan.test), strict=True):
            _write_manifest(store, key, pictures, plan, keys, now)
        trainer.train(
            project_arn,
            name,
            bucket=store.bucket,
            train_manifest=manifests[0],
            test_manifest=manifests[1],
            output=folder,
        )
    done = _wait(trainer, project_arn, name, progress, sleep)
    model = Model(detector="rekognition", arn=done.arn, version=name, min_confidence=min_confidence)
    return Taught(model=model, f1=done.f1 or 0.0)


def _upload(
    plan: TrainingPlan,
    project: str,
    read: Callable[[str], bytes],
    store: ObjectStore,
    progress: Callable[[TeachingProgress], None],
) -> dict[str, str]:
    """Upload the pictures that are not there yet, under the hash of their content; return keys by name."""
    prefix = f"{project}/training/pictures/"
    there = set(store.keys(prefix))
    pictures = plan.train + plan.test
    names: dict[str, str] = {}
    for done, picture in enumerate(pictures, start=1):
        body = read(picture.name)
        kind = checked_format(picture, body)
        key = f"{prefix}{hashlib.sha256(body).hexdigest()}.{kind}"
        if key in names:
            raise InvalidLabels(
                f"{picture.name} cannot be learned from",
                f"it is the very picture of {names[key]}",
                "Leave one of them out",
            )
        if key not in there:
            store.write(key, body, content_type=f"image/{kind}")
        names[key] = picture.name
        progress(TeachingProgress(step="upload", done=done, total=len(pictures), message=picture.name))
    return {name: key for key, name in names.items()}


def _version_name(plan: TrainingPlan, keys: dict[str, str]) -> str:
    """Name a version after everything it learns from, so that the same teaching has the same name."""
    digest = hashlib.sha256()
    for part in (plan.train, plan.test):
        for picture in part:
            digest.update(f"{keys[picture.name]}{picture.boxes!r}\n".encode())
        digest.update(b"\n")
    return digest.hexdigest()[:12]


def _latest_attempt(trainer: Trainer, project_arn: str, name: str) -> tuple[str, TrainedVersion | None]:
    """Return the version of that name, or the first name free after those whose training failed."""
    attempts = [name, *(f"{name}-{number}" for number in range(2, _ATTEMPTS + 1))]
    for attempt in attempts:
        version = trainer.version(project_arn, attempt)
        if version is None or version.status not in ("TRAINING_FAILED", "DELETING"):
            return attempt, version
    raise ModelFailed(
        "The project could not be trained",
        f"{_ATTEMPTS} trainings on these pictures failed: {version.message if version else ''}",
        "Change the pictures or their labels",
    )


def _write_manifest(
    store: ObjectStore,
    key: str,
    pictures: Iterable[LabeledPicture],
    plan: TrainingPlan,
    keys: dict[str, str],
    now: datetime,
) -> None:
    body = write_manifest(
        pictures,
        plan.labels,
        source_ref=lambda name: f"s3://{store.bucket}/{keys[name]}",
        job_name=key,
        created_at=now,
    )
    store.write(key, body.encode(), content_type="application/x-ndjson")


def _wait(
    trainer: Trainer,
    project_arn: str,
    name: str,
    progress: Callable[[TeachingProgress], None],
    sleep: Callable[[float], None],
) -> TrainedVersion:
    while True:
        version = trainer.version(project_arn, name)
        if version is None:
            raise ModelFailed(
                "The project could not be trained", f"the model version {name} was deleted", "Train again"
            )
        is_training = version.status == "TRAINING_IN_PROGRESS"
        percent = (version.percent_done or 0) if is_training else 100
        progress(TeachingProgress(step="train", done=percent, total=100, message=version.message))
        if version.status == "TRAINING_FAILED":
            raise ModelFailed(
                "The project could not be trained",
                version.message.rstrip(".") or "the service gives no reason",
                "Correct what it says and train again",
            )
        if not is_training:
            return version
        sleep(POLL_SECONDS)
