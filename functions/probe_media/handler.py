"""Serves the state `Probe` of the machines `analysis-image` and `analysis-video`, and `LookAt` of `training`.

Input: {job, media_format}. Reads headers only. Output: {plan, segments}: what the file is, how its frames
will be picked, and the pieces that `Extract` works on (one for an image). Errors: `NoVideoStream`,
`TruncatedMedia`, `CorruptMedia`, `MediaTooLarge`, `ObjectNotFound`, `MediaToolFailed`, `MediaToolTimeout`,
`InvalidInput`, `Throttled`, `ServiceUnavailable`, `AccessRefused`, and of a training's part `EmptyObject` and
`UnsupportedMedia`.

A training's part (`job.part`) comes without a media_format. Its answer is kept beside its frames, and tells
from then on that the job's progress counts this file; so does the reason why it cannot be used.
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
from brandlens.analysis_plan import AnalysisPlan, Probed
from brandlens.errors import InvalidInput, Permanent
from brandlens.jobs import Job, MediaFormat, Source, Value, result_prefix
from brandlens.media.dimensions import require_still_bytes
from brandlens.media.magic import SNIFF_BYTES, media_format
from brandlens.media.sampling import Segment, plan_segments, spread_rate
from brandlens.media.still import probe_still
from brandlens.ports import JobStore, ObjectStore
from brandlens.settings import ProbeMediaSettings
from brandlens.training.files import PART_PLAN
from brandlens.training.parts import noting_failure
from functions.runtime import entry

RESERVE_SECONDS = 10.0
"""Of the function's time, what is kept for everything but the media tool."""


class ProbeMedia(Value):
    job: Job
    media_format: MediaFormat | None = None


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    work: ObjectStore
    jobs: JobStore
    tool: FfmpegTool
    settings: ProbeMediaSettings


@cache
def _deps() -> Deps:
    settings = ProbeMediaSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        work=S3ObjectStore(settings.work_bucket),
        jobs=JobsTable(settings.jobs_table),
        tool=FfmpegTool(),
        settings=settings,
    )


@entry(ProbeMedia)
def lambda_handler(event: ProbeMedia, context: LambdaContext) -> Probed:
    seconds_left = context.get_remaining_time_in_millis() / 1000
    return handle(event, _deps(), now=datetime.now(UTC), timeout_s=seconds_left - RESERVE_SECONDS)


def handle(event: ProbeMedia, deps: Deps, *, now: datetime, timeout_s: float) -> Probed:
    job = event.job
    if job.part is not None:
        return _look_at(job, deps, now, timeout_s)
    if event.media_format is None:
        raise InvalidInput(f"{job.source.key!r} is not probed", "nothing says what kind of file it is")
    deps.jobs.enter_step(job.job_id, "probe", total=None, now=now)
    probed = _probe(job, event.media_format, deps, timeout_s)
    deps.jobs.enter_step(job.job_id, "extract", total=_expected_frames(probed.plan), now=now)
    return probed


def _look_at(part: Job, deps: Deps, now: datetime, timeout_s: float) -> Probed:
    receipt = result_prefix(part) + PART_PLAN
    if receipt in deps.work.keys(receipt):
        return Probed.model_validate_json(deps.work.read(receipt))
    try:
        with noting_failure(deps.work, part):
            head = deps.media.read(part.source.key, length=SNIFF_BYTES, version=part.source.version)
            probed = _probe(part, media_format(head), deps, timeout_s)
    except Permanent:
        deps.jobs.advance(part.job_id, 1, now=now)
        raise
    if deps.work.create(receipt, probed.model_dump_json().encode(), content_type="application/json"):
        deps.jobs.advance(part.job_id, 1, now=now)
    return probed


def _probe(job: Job, kind: MediaFormat, deps: Deps, timeout_s: float) -> Probed:
    if kind == "mov":
        return _probe_video(job, deps, timeout_s)
    return _probe_still(job.source, deps)


def _probe_video(job: Job, deps: Deps, timeout_s: float) -> Probed:
    source, settings = job.source, deps.settings
    url = deps.media.presigned_url(source.key, seconds=round(timeout_s) + 60, version=source.version)
    video = deps.tool.probe(url, timeout_s=timeout_s)
    rate = Fraction(str(settings.sample_rate_hz))
    if job.part is not None:
        wanted = Fraction(str(settings.training_sample_rate_hz))
        rate = spread_rate(wanted, video.duration, settings.max_training_frames_per_video)
    return Probed(
        plan=AnalysisPlan(
            media=video.media, video=video, rate=rate, novelty_threshold=settings.novelty_threshold
        ),
        segments=plan_segments(video.duration, rate, Fraction(str(settings.segment_seconds))),
    )


def _probe_still(source: Source, deps: Deps) -> Probed:
    require_still_bytes(deps.media.size(source.key, version=source.version))
    media = probe_still(deps.media.read(source.key, version=source.version))
    plan = AnalysisPlan(media=media, video=None, rate=None, novelty_threshold=deps.settings.novelty_threshold)
    return Probed(plan=plan, segments=(Segment(number=0, first_slot=0),))


def _expected_frames(plan: AnalysisPlan) -> int | None:
    """How many frames the sampling grid holds, for the progress bar; null when no header tells the length."""
    if plan.video is None or plan.rate is None:
        return 1
    return None if plan.video.duration is None else int(-(-plan.video.duration * plan.rate // 1))
