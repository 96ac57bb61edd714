"""Serves the state `DetectBatch` of the Distributed Map `Detect`: looks for brands in one batch of kept
frames.

Input: {BatchInput: {job, model, total}, Items: [{Key}, ...]}, `total` being the job's kept frames. Output:
{frames, detections}. Writes what it found to `detections/`, once: a batch whose file is there is not paid
for again. Errors: `Throttled` (when backing off used the time up), `ModelNotReady`, `ServiceUnavailable`,
`ModelFailed`, `ObjectNotFound`, `InvalidInput`, `AccessRefused`; the reason is left in `failures/` too, for
the Map's own error names none.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field

from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.rekognition import RekognitionDetector
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.errors import BrandlensError, ModelFailed
from brandlens.exposure.doubts import doubtful_confidence
from brandlens.jobs import Job, Model, Value, result_prefix
from brandlens.outcome import error_of
from brandlens.ports import Detector, JobStore, LeaseStore, ObjectStore
from brandlens.settings import DetectBrandsSettings
from brandlens.workfiles import FoundInFrame, detections_file, failure_file, frame_index
from functions.detect_brands.patience import patiently
from functions.runtime import entry

THREADS = 2
"""Frames on their way at once: one is fetched while the model looks at another."""

RESERVE_SECONDS = 5.0
"""Of the function's time, what is kept to write down how it ended."""


class Item(BaseModel):
    """An object of the Map's listing, as far as it matters."""

    key: str = Field(alias="Key")


class BatchInput(Value):
    job: Job
    model: Model
    total: int = Field(ge=0)


class Batch(BaseModel):
    """What the Distributed Map hands to a child."""

    common: BatchInput = Field(alias="BatchInput")
    items: list[Item] = Field(alias="Items", min_length=1)

    @property
    def job(self) -> Job:
        return self.common.job


class Looked(Value):
    frames: int
    detections: int


@dataclass(frozen=True)
class Deps:
    work: ObjectStore
    jobs: JobStore
    leases: LeaseStore
    lease: timedelta
    detector: Callable[[Model], Detector]


@cache
def _deps() -> Deps:
    settings = DetectBrandsSettings.read(os.environ)
    return Deps(
        work=S3ObjectStore(settings.work_bucket),
        jobs=JobsTable(settings.jobs_table),
        leases=ModelsTable(settings.models_table),
        lease=settings.lease,
        detector=_detector,
    )


@cache
def _detector(model: Model) -> Detector:
    if model.detector != "rekognition":
        raise ModelFailed(
            f"Model version {model.version} cannot be asked",
            f"this environment has no {model.detector} detector",
            "Make a Rekognition model the project's active one",
        )
    return RekognitionDetector(model)


@entry(Batch)
def lambda_handler(event: Batch, context: LambdaContext) -> Looked:
    return handle(
        event,
        _deps(),
        now=datetime.now(UTC),
        seconds_left=lambda: context.get_remaining_time_in_millis() / 1000 - RESERVE_SECONDS,
    )


def handle(event: Batch, deps: Deps, *, now: datetime, seconds_left: Callable[[], float]) -> Looked:
    job, model, prefix = event.job, event.common.model, result_prefix(event.job)
    keys = sorted(item.key for item in event.items)
    first = frame_index(keys[0])
    target = prefix + detections_file(first)
    if target in deps.work.keys(target):
        found = _read(deps.work.read(target))
        return _looked(found)
    deps.jobs.enter_step(job.job_id, "detect", total=event.common.total, now=now)
    deps.leases.renew(model.arn, job.job_id, expires_at=now + deps.lease)
    try:
        found = _look(keys, model, deps, seconds_left)
    except BrandlensError as error:
        deps.work.write(
            prefix + failure_file(first),
            error_of(error).model_dump_json().encode(),
            content_type="application/json",
        )
        raise
    lines = "".join(frame.model_dump_json() + "\n" for frame in found)
    if deps.work.create(target, lines.encode(), content_type="application/jsonl"):
        deps.jobs.advance(job.job_id, len(found), now=now)
    return _looked(found)


def _look(keys: list[str], model: Model, deps: Deps, seconds_left: Callable[[], float]) -> list[FoundInFrame]:
    detector, least = deps.detector(model), doubtful_confidence(model.min_confidence)

    def look(key: str) -> FoundInFrame:
        picture = deps.work.read(key)
        detections = patiently(
            lambda: detector.detect(picture, min_confidence=least), seconds_left=seconds_left
        )
        return FoundInFrame(index=frame_index(key), detections=detections)

    with ThreadPoolExecutor(THREADS) as pool:
        frames = [pool.submit(look, key) for key in keys]
        try:
            return [frame.result() for frame in frames]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read(lines: bytes) -> list[FoundInFrame]:
    return [FoundInFrame.model_validate_json(line) for line in lines.splitlines()]


def _looked(found: list[FoundInFrame]) -> Looked:
    return Looked(frames=len(found), detections=sum(len(frame.detections) for frame in found))
