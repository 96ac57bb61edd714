"""Where a job's working files lie in the work bucket, below its own prefix (`brandlens.jobs.result_prefix`).

Names sort as their numbers do. `frames/` holds the kept frames only and nothing else: detection lists it.
"""

from brandlens.jobs import Value
from brandlens.results import Detection

FRAMES = "frames/"
SEGMENTS = "segments/"
DETECTIONS = "detections/"
FAILURES = "failures/"


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
