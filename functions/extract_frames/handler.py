"""Serves the state `ExtractSegment` of the machines `analysis-image`, `analysis-video` and `training`.

Input: {job, plan, segment}. Picks the segment's frames and writes those that show something new to
`frames/` while it decodes, then the segment's warnings, then its manifest; an image is one frame, index 0.
Nothing is written to disk. Output: {sampled, kept, gb_seconds}. Errors: `MediaToolTimeout`,
`MediaToolFailed`, `NoFrames`, `CorruptMedia`, `MediaTooLarge`, `ObjectNotFound`, `InvalidInput`,
`Throttled`, `ServiceUnavailable`, `AccessRefused`.

The manifest is the receipt: a segment that has one is not decoded again. The file of a training's part that
cannot be used leaves its reason beside its frames, and the job's progress is not counted in frames then.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.analysis_plan import AnalysisPlan
from brandlens.jobs import Job, Value, result_prefix
from brandlens.media.novelty import mark_carried
from brandlens.media.sampling import Segment
from brandlens.media.still import prepare_still
from brandlens.ports import JobStore, ObjectStore
from brandlens.results import SampledFrame, Warning  # noqa: A004 - the document's own term
from brandlens.settings import ExtractFramesSettings
from brandlens.training.parts import noting_failure
from brandlens.workfiles import frame_file, segment_file, write_segment
from functions.extract_frames.progress import Progress
from functions.extract_frames.uploads import Uploads
from functions.runtime import entry

RESERVE_SECONDS = 30.0
"""Of the function's time, what is kept to upload what has been decoded and write the manifest."""

Extract = tuple[Sequence[SampledFrame], tuple[Warning, ...]]


class ExtractSegment(Value):
    job: Job
    plan: AnalysisPlan
    segment: Segment


class Extracted(Value):
    """`gb_seconds` is what the extraction used of Lambda, for the cost."""

    sampled: int
    kept: int
    gb_seconds: float


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    work: ObjectStore
    jobs: JobStore
    tool: FfmpegTool


@cache
def _deps() -> Deps:
    settings = ExtractFramesSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        work=S3ObjectStore(settings.work_bucket),
        jobs=JobsTable(settings.jobs_table),
        tool=FfmpegTool(),
    )


@entry(ExtractSegment)
def lambda_handler(event: ExtractSegment, context: LambdaContext) -> Extracted:
    began = time.monotonic()
    seconds_left = context.get_remaining_time_in_millis() / 1000
    sampled = handle(event, _deps(), now=lambda: datetime.now(UTC), timeout_s=seconds_left - RESERVE_SECONDS)
    return Extracted(
        sampled=len(sampled),
        kept=sum(frame.carried_from is None for frame in sampled),
        gb_seconds=(time.monotonic() - began) * int(context.memory_limit_in_mb) / 1024,
    )


def handle(
    event: ExtractSegment, deps: Deps, *, now: Callable[[], datetime], timeout_s: float
) -> Sequence[SampledFrame]:
    """Extract the segment and return every sampled frame."""
    prefix, number = result_prefix(event.job), event.segment.number
    manifest = prefix + segment_file(number)
    if manifest in deps.work.keys(manifest):
        return [SampledFrame.model_validate_json(line) for line in deps.work.read(manifest).splitlines()]
    with noting_failure(deps.work, event.job), Progress(deps.jobs, event.job, now) as progress:
        sampled, warnings = (
            _still(event, deps, progress)
            if event.plan.video is None
            else _segment(event, deps, progress, timeout_s)
        )
        write_segment(deps.work, prefix, number, sampled, warnings)
    return sampled


def _still(event: ExtractSegment, deps: Deps, progress: Progress) -> Extract:
    source = event.job.source
    still = prepare_still(deps.media.read(source.key, version=source.version))
    deps.work.write(result_prefix(event.job) + frame_file(0), still.jpeg, content_type="image/jpeg")
    progress.sampled()
    return [SampledFrame(index=0, seconds=0)], still.warnings


def _segment(event: ExtractSegment, deps: Deps, progress: Progress, timeout_s: float) -> Extract:
    plan, source, prefix = event.plan, event.job.source, result_prefix(event.job)
    assert plan.video is not None, "an image has no segments to decode"
    assert plan.rate is not None, "a video's frames are picked at a rate"
    url = deps.media.presigned_url(source.key, seconds=round(timeout_s) + 60, version=source.version)
    sampled = []
    frames = deps.tool.frames(url, plan.video, event.segment, plan.rate, timeout_s=timeout_s)
    with frames, Uploads(deps.work) as uploads:
        for marked, frame in mark_carried(frames, plan.novelty_threshold):
            if marked.carried_from is None:
                uploads.write(prefix + frame_file(frame.index), frame.jpeg)
            sampled.append(marked)
            progress.sampled()
    return sampled, frames.warnings
