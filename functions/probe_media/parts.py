"""Looks at some files of a batch, each a part of its training.

Input: {BatchInput: {job, annotated}, Items: [{part, source}, ...]}. Each still becomes its part's one frame
at once; each video's headers are read. Output: {videos: [{job, plan, segments}, ...]}: what is left for
`ExtractSegment`, which is nothing where the batch came with labels: those are of pictures. A file that cannot
be used leaves its reason in its part's folder. Errors: `Throttled`, `ServiceUnavailable`.

A part's plan, written last, is its receipt, and so is its reason: such a part is not looked at again. Each
counts once in the job's progress.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from fractions import Fraction

from pydantic import BaseModel, Field

from brandlens.analysis_plan import Probed
from brandlens.errors import MediaToolTimeout, Permanent
from brandlens.jobs import Job, Value, result_prefix
from brandlens.media.dimensions import MAX_STILL_BYTES, require_still_bytes
from brandlens.media.magic import SNIFF_BYTES, media_format
from brandlens.media.sampling import spread_rate
from brandlens.media.still import prepare_still
from brandlens.results import SampledFrame
from brandlens.training.files import PART_FAILURE, PART_PLAN
from brandlens.training.items import BatchItem
from brandlens.training.parts import note_failure
from brandlens.workfiles import frame_file, write_segment
from functions.probe_media.deps import Deps
from functions.probe_media.probing import still_plan, video_headers, video_plan

THREADS = 4
"""Files looked at at once: large stills are decoded whole."""


class OfBatch(Value):
    job: Job
    annotated: bool


class Files(BaseModel):
    """What the Distributed Map hands to a child."""

    common: OfBatch = Field(alias="BatchInput")
    items: list[BatchItem] = Field(alias="Items", min_length=1)

    @property
    def job(self) -> Job:
        return self.common.job


class Video(Probed):
    """A video whose frames are to be extracted, segment by segment, as a part of `job`."""

    job: Job


class LookedAt(Value):
    videos: tuple[Video, ...]


def look_at(files: Files, deps: Deps, *, now: datetime, timeout_s: float) -> LookedAt:
    whole = files.job
    parts = [whole.model_copy(update={"source": i.source, "part": i.part}) for i in files.items]
    each_s = timeout_s * THREADS / (len(parts) + THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        probed = list(pool.map(lambda part: _look_at(part, deps, now, each_s), parts))
    if files.common.annotated:
        return LookedAt(videos=())
    return LookedAt(
        videos=tuple(
            Video(job=part, plan=found.plan, segments=found.segments)
            for part, found in zip(parts, probed, strict=True)
            if found is not None and found.plan.video is not None
        )
    )


def _look_at(part: Job, deps: Deps, now: datetime, timeout_s: float) -> Probed | None:
    """Return what the file is, or None if it cannot be used."""
    folder = result_prefix(part)
    there = {key.removeprefix(folder) for key in deps.work.keys(folder)}
    if PART_PLAN in there:
        return Probed.model_validate_json(deps.work.read(folder + PART_PLAN))
    if PART_FAILURE in there:
        return None
    try:
        probed = _probe(part, deps, timeout_s)
    except (Permanent, MediaToolTimeout) as error:
        if note_failure(deps.work, part, error):
            deps.jobs.advance(part.job_id, 1, now=now)
        return None
    body = probed.model_dump_json().encode()
    if deps.work.create(folder + PART_PLAN, body, content_type="application/json"):
        deps.jobs.advance(part.job_id, 1, now=now)
    return probed


def _probe(part: Job, deps: Deps, timeout_s: float) -> Probed:
    source = part.source
    head = deps.media.read(source.key, length=SNIFF_BYTES, version=source.version)
    if media_format(head) == "mov":
        video = video_headers(source, deps, timeout_s)
        rate = Fraction(str(deps.settings.training_sample_rate_hz))
        most = deps.settings.max_training_frames_per_video
        return video_plan(video, spread_rate(rate, video.duration, most), deps)
    # One byte more than allowed tells that there are too many.
    data = deps.media.read(source.key, length=MAX_STILL_BYTES + 1, version=source.version)
    require_still_bytes(len(data))
    probed, still, folder = still_plan(data, deps), prepare_still(data), result_prefix(part)
    deps.work.write(folder + frame_file(0), still.jpeg, content_type="image/jpeg")
    write_segment(deps.work, folder, 0, [SampledFrame(index=0, seconds=0)], still.warnings)
    return probed
