"""Serves the state `Probe` of the machines `analysis-image` and `analysis-video`, and `LookAt` of `training`.

Input: {job, media_format}. Reads headers only. Output: {plan, segments}: what the file is, how its frames
will be picked, and the pieces that `Extract` works on (one for an image). Errors: `NoVideoStream`,
`TruncatedMedia`, `CorruptMedia`, `MediaTooLarge`, `ObjectNotFound`, `MediaToolFailed`, `MediaToolTimeout`,
`InvalidInput`, `Throttled`, `ServiceUnavailable`, `AccessRefused`.

Input of `LookAt`: {BatchInput, Items}, as `functions.probe_media.parts` has them, with its output and errors.
"""

import os
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import RootModel

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.analysis_plan import AnalysisPlan, Probed
from brandlens.jobs import Job, MediaFormat, Value
from brandlens.media.dimensions import require_still_bytes
from brandlens.settings import ProbeMediaSettings
from functions.probe_media.deps import Deps
from functions.probe_media.parts import Files, LookedAt, look_at
from functions.probe_media.probing import still_plan, video_headers, video_plan
from functions.runtime import entry

RESERVE_SECONDS = 10.0
"""Of the function's time, what is kept for everything but the media tool."""


class ProbeMedia(Value):
    job: Job
    media_format: MediaFormat


class Event(RootModel[ProbeMedia | Files]):
    """A file to be analyzed, or files to be learned from."""

    @property
    def job(self) -> Job:
        return self.root.job


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


@entry(Event)
def lambda_handler(event: Event, context: LambdaContext) -> Probed | LookedAt:
    seconds_left = context.get_remaining_time_in_millis() / 1000
    given, now = event.root, datetime.now(UTC)
    if isinstance(given, Files):
        return look_at(given, _deps(), now=now, timeout_s=seconds_left - RESERVE_SECONDS)
    return handle(given, _deps(), now=now, timeout_s=seconds_left - RESERVE_SECONDS)


def handle(event: ProbeMedia, deps: Deps, *, now: datetime, timeout_s: float) -> Probed:
    job, source = event.job, event.job.source
    deps.jobs.enter_step(job.job_id, "probe", total=None, now=now)
    if event.media_format == "mov":
        rate = Fraction(str(deps.settings.sample_rate_hz))
        probed = video_plan(video_headers(source, deps, timeout_s), rate, deps)
    else:
        require_still_bytes(deps.media.size(source.key, version=source.version))
        probed = still_plan(deps.media.read(source.key, version=source.version), deps)
    deps.jobs.enter_step(job.job_id, "extract", total=_expected_frames(probed.plan), now=now)
    return probed


def _expected_frames(plan: AnalysisPlan) -> int | None:
    """How many frames the sampling grid holds, for the progress bar; null when no header tells the length."""
    if plan.video is None or plan.rate is None:
        return 1
    return None if plan.video.duration is None else int(-(-plan.video.duration * plan.rate // 1))
