"""Serves the state `DetectBatch` of the Distributed Map `Detect`: looks for brands in one batch of kept
frames.

Input: {BatchInput: {job, model, total}, Items: [{Key}, ...]}, `total` being the job's kept frames. Output:
{frames, detections}. Writes what it found to `detections/`, once: a batch whose file is there is not paid
for again. As many frames are asked about at once as the model answers without throttling, and meanwhile the
job's lease on the model is renewed. Errors: `Throttled` (when backing off used the time up), `ModelNotReady`,
`ServiceUnavailable`, `ModelFailed`, `ObjectNotFound`, `InvalidInput`, `AccessRefused`; the reason is left in
`failures/` too, for the Map's own error names none.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field

from brandlens.adapters.embedded_model import open_embedded_model
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.model_registry import S3ModelRegistry
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.rekognition import RekognitionDetector
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.versions_table import VersionsTable
from brandlens.errors import BrandlensError
from brandlens.exposure.doubts import doubtful_confidence
from brandlens.jobs import Job, Model, Value, result_prefix
from brandlens.outcome import error_of
from brandlens.ports import Detector, JobStore, LeaseStore, ObjectStore
from brandlens.results import Detection
from brandlens.settings import DetectBrandsSettings
from brandlens.workfiles import FoundInFrame, detections_file, failure_file, frame_index
from functions.detect_brands.heartbeat import Heartbeat
from functions.detect_brands.patience import patiently
from functions.detect_brands.window import AdaptiveWindow
from functions.runtime import entry

FIRST_WINDOW = 2
"""Frames asked about at once at first; what a function learns of its model it keeps for later batches."""

MOST_AT_ONCE = 8
"""Frames fetched, and asked about, at once at most: what one batch of a quick model can make use of."""

EMBEDDED_THREADS = 1
"""Of an embedded model: the function has one whole processor, by its memory in `infra/functions.py`."""

MODELS_KEPT = 4
"""Embedded models, some 100 MB each, that a warm function keeps; it may serve any project."""

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
    window: Callable[[Model], AdaptiveWindow]


@cache
def _deps() -> Deps:
    settings = DetectBrandsSettings.read(os.environ)
    return Deps(
        work=S3ObjectStore(settings.work_bucket),
        jobs=JobsTable(settings.jobs_table),
        leases=ModelsTable(settings.models_table),
        lease=settings.lease,
        detector=_detector,
        window=_window,
    )


@lru_cache(maxsize=MODELS_KEPT)
def _detector(model: Model) -> Detector:
    """Return the model's detector; a warm function fetches an embedded one once."""
    if model.detector == "rekognition":
        return RekognitionDetector(model)
    settings = DetectBrandsSettings.read(os.environ)
    return open_embedded_model(
        model,
        VersionsTable(settings.models_table),
        S3ModelRegistry(settings.results_bucket),
        threads=EMBEDDED_THREADS,
    )


@cache
def _window(model: Model) -> AdaptiveWindow:
    if model.detector == "embedded":
        # It looks in this very process, at one frame at a time; others are fetched meanwhile.
        return AdaptiveWindow(first=1, most=1)
    return AdaptiveWindow(first=FIRST_WINDOW, most=MOST_AT_ONCE)


@entry(Batch)
def lambda_handler(event: Batch, context: LambdaContext) -> Looked:
    return handle(
        event,
        _deps(),
        clock=lambda: datetime.now(UTC),
        seconds_left=lambda: context.get_remaining_time_in_millis() / 1000 - RESERVE_SECONDS,
    )


def handle(
    event: Batch, deps: Deps, *, clock: Callable[[], datetime], seconds_left: Callable[[], float]
) -> Looked:
    job, prefix = event.job, result_prefix(event.job)
    keys = sorted(item.key for item in event.items)
    first = frame_index(keys[0])
    target = prefix + detections_file(first)
    if target in deps.work.keys(target):
        found = _read(deps.work.read(target))
        return _looked(found)
    deps.jobs.enter_step(job.job_id, "detect", total=event.common.total, now=clock())
    try:
        found = _look(keys, event.common, deps, clock, seconds_left)
    except BrandlensError as error:
        deps.work.write(
            prefix + failure_file(first),
            error_of(error).model_dump_json().encode(),
            content_type="application/json",
        )
        raise
    lines = "".join(frame.model_dump_json() + "\n" for frame in found)
    if deps.work.create(target, lines.encode(), content_type="application/jsonl"):
        deps.jobs.advance(job.job_id, len(found), now=clock())
    return _looked(found)


def _look(
    keys: list[str],
    common: BatchInput,
    deps: Deps,
    clock: Callable[[], datetime],
    seconds_left: Callable[[], float],
) -> list[FoundInFrame]:
    model, least = common.model, doubtful_confidence(common.model.min_confidence)
    detector, window = deps.detector(model), deps.window(model)
    heartbeat = Heartbeat(deps.leases, model.arn, common.job.job_id, lease=deps.lease, clock=clock)

    def look(key: str) -> FoundInFrame:
        picture = deps.work.read(key)

        def ask() -> tuple[Detection, ...]:
            if model.detector == "rekognition":
                heartbeat.beat()
            return detector.detect(picture, min_confidence=least)

        with window.slot() as slot:
            detections = patiently(ask, seconds_left=seconds_left, throttled=slot.throttled)
            slot.answered()
        return FoundInFrame(index=frame_index(key), detections=detections)

    with ThreadPoolExecutor(min(MOST_AT_ONCE, len(keys))) as pool:
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
