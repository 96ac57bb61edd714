"""Where a job's working files lie in the work bucket, below its own prefix (`brandlens.jobs.result_prefix`).

Names sort as their numbers do. `frames/` holds the kept frames only and nothing else: detection lists it.
"""

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


def read_sampled(work: ObjectStore, prefix: str) -> list[SampledFrame]:
    """Every sampled frame of a job, in order of time."""
    return [
        SampledFrame.model_validate_json(line)
        for key in work.keys(prefix + SEGMENTS)
        if key.endswith(".jsonl")
        for line in work.read(key).splitlines()
    ]


def read_warnings(work: ObjectStore, prefix: str) -> list[Warning]:
    """What the reader of a job's result must know, in order of time."""
    return [
        warning
        for key in work.keys(prefix + SEGMENTS)
        if key.endswith(".warnings.json")
        for warning in WARNINGS.validate_json(work.read(key))
    ]


def read_found(work: ObjectStore, prefix: str) -> dict[int, tuple[Detection, ...]]:
    """What was found in every kept frame that was looked at, by the frame's index."""
    lines = (line for key in work.keys(prefix + DETECTIONS) for line in work.read(key).splitlines())
    found = (FoundInFrame.model_validate_json(line) for line in lines)
    return {frame.index: frame.detections for frame in found}
