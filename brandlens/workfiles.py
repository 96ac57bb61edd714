"""Where a job's working files lie in the work bucket, below its own prefix (`brandlens.jobs.result_prefix`).

Names sort as their numbers do. `frames/` holds the kept frames only and nothing else: detection lists it.
"""

from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter

from brandlens.jobs import Value
from brandlens.ports import ObjectStore
from brandlens.results import Detection, SampledFrame, Warning  # noqa: A004 - the document's own term

FRAMES = "frames/"
SEGMENTS = "segments/"
DETECTIONS = "detections/"
FAILURES = "failures/"

WARNINGS = TypeAdapter(tuple[Warning, ...])
"""The content of a `warnings_file`."""


class FoundInFrame(Value):
    """A line of `detections_file`: what was found in one kept frame."""

    index: int
    detections: tuple[Detection, ...]


def frame_file(index: int) -> str:
    return f"{FRAMES}{index:08d}.jpg"


def frame_index(key: str) -> int:
    """The index of the frame whose key ends with `frame_file(index)`."""
    return int(key.rpartition("/")[2].removesuffix(".jpg"))


def segment_file(number: int) -> str:
    """A segment's manifest, one `SampledFrame` a line, written after its frames."""
    return f"{SEGMENTS}{number:04d}.jsonl"


def warnings_file(number: int) -> str:
    """What a reader must know of a segment, a list of `results.Warning`; there only if there is any."""
    return f"{SEGMENTS}{number:04d}.warnings.json"


def detections_file(first: int) -> str:
    """What was found in a batch of frames, by its lowest index; one `FoundInFrame` a line."""
    return f"{DETECTIONS}{first:08d}.jsonl"


def failure_file(first: int) -> str:
    """Why a batch of frames could not be looked at, a `JobError`: a Distributed Map doesn't tell."""
    return f"{FAILURES}{first:08d}.json"


def write_segment(
    work: ObjectStore,
    prefix: str,
    number: int,
    sampled: Sequence[SampledFrame],
    warnings: tuple[Warning, ...],
) -> None:
    """Write what came of a segment whose frames are written: its warnings, then its manifest."""
    if warnings:
        work.write(
            prefix + warnings_file(number), WARNINGS.dump_json(warnings), content_type="application/json"
        )
    lines = "".join(frame.model_dump_json() + "\n" for frame in sampled)
    work.write(prefix + segment_file(number), lines.encode(), content_type="application/jsonl")


def read_sampled(work: ObjectStore, prefix: str, names: Iterable[str] | None = None) -> list[SampledFrame]:
    """Every sampled frame of a job, in order of time; `names` spares listing what lies below `prefix`."""
    return [
        SampledFrame.model_validate_json(line)
        for name in _of_segments(work, prefix, names)
        if name.endswith(".jsonl")
        for line in work.read(prefix + name).splitlines()
    ]


def read_warnings(work: ObjectStore, prefix: str, names: Iterable[str] | None = None) -> list[Warning]:
    """What the reader of a job's result must know, in order of time; `names` as in `read_sampled`."""
    return [
        warning
        for name in _of_segments(work, prefix, names)
        if name.endswith(".warnings.json")
        for warning in WARNINGS.validate_json(work.read(prefix + name))
    ]


def _of_segments(work: ObjectStore, prefix: str, names: Iterable[str] | None) -> list[str]:
    if names is not None:
        return sorted(name for name in names if name.startswith(SEGMENTS))
    return [key.removeprefix(prefix) for key in work.keys(prefix + SEGMENTS)]


def read_found(work: ObjectStore, prefix: str) -> dict[int, tuple[Detection, ...]]:
    """What was found in every kept frame that was looked at, by the frame's index."""
    lines = (line for key in work.keys(prefix + DETECTIONS) for line in work.read(key).splitlines())
    found = (FoundInFrame.model_validate_json(line) for line in lines)
    return {frame.index: frame.detections for frame in found}
