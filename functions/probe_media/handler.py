"""Serves the state `Probe` of the machines `analysis-image` and `analysis-video`.

Input: {job, media_format}. Reads headers only. Output: {plan, segments}: what the file is, how its frames
will be picked, and the pieces that `Extract` works on (one for an image). Errors: `NoVideoStream`,
`TruncatedMedia`, `CorruptMedia`, `MediaTooLarge`, `ObjectNotFound`, `MediaToolFailed`, `MediaToolTimeout`,
`InvalidInput`, `Throttled`, `ServiceUnavailable`, `AccessRefused`.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.analysis_plan import AnalysisPlan
from brandlens.jobs import Job, MediaFormat, Source, Value
from brandlens.media.dimensions import require_still_bytes
from brandlens.media.sampling import Segment, plan_segments
from brandlens.media.still import probe_still
from brandlens.ports import JobStore, ObjectStore
from brandlens.settings import ProbeMediaSettings
from functions.runtime import entry

RESERVE_SECONDS = 10.0
"""Of the function's time, what is kept for everything but the media tool."""


class ProbeMedia(Value):
    job: Job
    media_format: MediaFormat


class Probed(Value):
    plan: AnalysisPlan
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    jobs: JobStore
    tool: FfmpegTool
    rate: Fraction
    novelty_threshold: float
    segment_seconds: Fraction


@cache
def _deps() -> Deps:
    settings = ProbeMediaSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        jobs=JobsTable(settings.jobs_table),
        tool=FfmpegTool(),
        rate=Fraction(str(settings.sample_rate_hz)),
        novelty_threshold=settings.novelty_threshold,
        segment_seconds=Fraction(str(settings.segment_seconds)),
    )


@entry(ProbeMedia)
def lambda_handler(event: ProbeMedia, context: LambdaContext) -> Probed:
    seconds_left = context.get_remaining_time_in_millis() / 1000
    return handle(event, _deps(), now=datetime.now(UTC), timeout_s=seconds_left - RESERVE_SECONDS)


def handle(event: ProbeMedia, deps: Deps, *, now: datetime, timeout_s: float) -> Probed:
    job = event.job
    deps.jobs.enter_step(job.job_id, "probe", total=None, now=now)
    probed = (
        _probe_video(job.source, deps, timeout_s)
        if event.media_format == "mov"
        else _probe_still(job.source, deps)
    )
    deps.jobs.enter_step(job.job_id, "extract", total=_expected_frames(probed.plan), now=now)
    return probed


def _probe_video(source: Source, deps: Deps, timeout_s: float) -> Probed:
    url = deps.media.presigned_url(source.key, seconds=round(timeout_s) + 60, version=source.version)
    video = deps.tool.probe(url, timeout_s=timeout_s)
    return Probed(
        plan=AnalysisPlan(
            media=video.media, video=video, rate=deps.rate, novelty_threshold=deps.novelty_threshold
        ),
        segments=plan_segments(video.duration, deps.rate, deps.segment_seconds),
    )


def _probe_still(source: Source, deps: Deps) -> Probed:
    require_still_bytes(deps.media.size(source.key, version=source.version))
    media = probe_still(deps.media.read(source.key, version=source.version))
    plan = AnalysisPlan(media=media, video=None, rate=None, novelty_threshold=deps.novelty_threshold)
    return Probed(plan=plan, segments=(Segment(number=0, first_slot=0),))


def _expected_frames(plan: AnalysisPlan) -> int | None:
    """How many frames the sampling grid holds, for the progress bar; null when no header tells the length."""
    if plan.video is None or plan.rate is None:
        return 1
    return None if plan.video.duration is None else int(-(-plan.video.duration * plan.rate // 1))
