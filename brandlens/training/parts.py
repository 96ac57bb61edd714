"""One file of a batch, on its way to being pictures of the dataset."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from brandlens.analysis_plan import Probed
from brandlens.errors import BrandlensError, Permanent
from brandlens.jobs import Job, JobError, Value, result_prefix
from brandlens.outcome import error_of
from brandlens.ports import ObjectStore
from brandlens.results import Media, SampledFrame, Warning  # noqa: A004 - the document's own term
from brandlens.training.files import PART_FAILURE, PART_PLAN, PARTS
from brandlens.training.items import BatchItem
from brandlens.workfiles import FRAMES, read_sampled, read_warnings, segment_file

NOT_ANNOTATED = "NotAnnotated"
"""The code of the warning that a file is left out because the annotations do not speak of it."""


class PreparedPart(Value):
    """A file that pictures came out of. `frames` are those kept, in order of time; a still has one."""

    item: BatchItem
    media: Media
    frames: tuple[SampledFrame, ...]
    warnings: tuple[Warning, ...]


@contextmanager
def noting_failure(work: ObjectStore, job: Job) -> Iterator[None]:
    """Write down why the file of a part cannot be used, and let the error go on: the map does not tell."""
    try:
        yield
    except Permanent as error:
        if job.part is not None:
            note_failure(work, job, error)
        raise


def note_failure(work: ObjectStore, part: Job, error: BrandlensError) -> bool:
    """Write down why the file of a part cannot be used; False when a reason is there already."""
    body = error_of(error).model_dump_json().encode()
    return work.create(result_prefix(part) + PART_FAILURE, body, content_type="application/json")


def receipts(work: ObjectStore, job: Job) -> dict[str, set[str]]:
    """Return the names of what lies in each part's folder, by part, but for the frames."""
    folder = result_prefix(job) + PARTS
    found: dict[str, set[str]] = {}
    for key in work.keys(folder):
        part, _, name = key.removeprefix(folder).partition("/")
        if not name.startswith(FRAMES):
            found.setdefault(part, set()).add(name)
    return found


def read_part(
    work: ObjectStore, job: Job, item: BatchItem, there: Collection[str], *, annotated: bool
) -> PreparedPart | Warning:
    """Return what became of one file, given the names in its part's folder; a warning if nothing did.

    Of a batch that comes `annotated`, nothing is to become of videos: annotations speak of pictures.
    """
    prefix = f"{result_prefix(job)}{PARTS}{item.part}/"
    key = item.source.key
    if PART_FAILURE in there:
        error = JobError.model_validate_json(work.read(prefix + PART_FAILURE))
        return Warning(code=error.code, message=f"{key!r} is left out. {error.message}")
    probed = Probed.model_validate_json(work.read(prefix + PART_PLAN)) if PART_PLAN in there else None
    if annotated and probed is not None and probed.plan.video is not None:
        return Warning(
            code=NOT_ANNOTATED,
            message=f"{key!r} is left out. The batch came with annotations, and those are of pictures only.",
        )
    if probed is None or any(segment_file(segment.number) not in there for segment in probed.segments):
        return Warning(
            code="PartUnfinished", message=f"{key!r} is left out. The work on it broke off; drop it again."
        )
    sampled = read_sampled(work, prefix, there)
    frames = tuple(frame for frame in sampled if frame.carried_from is None)
    if not frames:
        return Warning(code="NoFrames", message=f"{key!r} is left out. Not one frame of it could be decoded.")
    return PreparedPart(
        item=item,
        media=probed.plan.media,
        frames=frames,
        warnings=tuple(
            warning.model_copy(update={"message": f"{key!r}: {warning.message}"})
            for warning in read_warnings(work, prefix, there)
        ),
    )


def thinned(frames: Sequence[SampledFrame], most: int) -> Sequence[SampledFrame]:
    """Return `most` of the frames at most, evenly spread over all of them."""
    if len(frames) <= most:
        return frames
    return [frames[place * len(frames) // most] for place in range(most)]
