"""What brandlens spends on the sample's two examples, reckoned as it reckons its own jobs.

What the sample assumes and brandlens has no figure of its own for is assumed alike: how large frames are, how
long extraction takes, how many objects people label, how long Custom Labels trains. Uploads are stored alike
and not accelerated; frames are stored where they were kept, for the month that the sample counts.
"""

from math import ceil

from benchmarks.cost import sample
from benchmarks.cost.sample import Line
from brandlens.cost import Usage, cost_of, published_prices
from brandlens.cost.analysis import DETECT_GB, EXTRACT_GB, Spent, analysis_usage
from brandlens.cost.quote import EMBEDDED_GB_SECONDS
from brandlens.jobs import DetectorName
from brandlens.training.cost import training_cost
from brandlens.training.report import labeling_cost

GRACE_SECONDS = 300.0
BATCH_SIZE = 20
SEGMENTS = 4
PROOFS = 50
EMBEDDED_TRAINING_SECONDS = 600
"""The settings idle_grace_minutes, embedded_training_seconds and segment_seconds by default; some proof
frames."""

_NOT_ALIKE = (
    "Upload, accelerated",
    "SageMaker Ground Truth, labeled objects",
    "Rekognition Custom Labels, training",
)
"""The lines of the sample's training for which brandlens has its own."""

_STORED_GB_MONTH = 0.023
_USD_PER_OBJECT = 0.08


def analysis(
    detector: DetectorName,
    *,
    kept: int = sample.VIDEO_FRAMES,
    frames_per_unit_second: float,
    gb_seconds_per_frame: float = EMBEDDED_GB_SECONDS,
    extract_gb_seconds: float = sample.EXTRACTION_SECONDS * EXTRACT_GB,
) -> tuple[Line, ...]:
    """Return the lines of the analysis of which `kept` frames show something new."""
    embedded = detector == "embedded"
    seconds = kept * gb_seconds_per_frame / DETECT_GB if embedded else kept / frames_per_unit_second
    batches = ceil(kept / BATCH_SIZE)
    usage = analysis_usage(
        Spent(
            model_seconds=0 if embedded else seconds,
            inference_units=0 if embedded else 1,
            detect_seconds=seconds,
            detect_concurrency=1 if embedded else 2,
            extract_gb_seconds=extract_gb_seconds,
            leases_left=None if embedded else 0,
        ),
        grace_seconds=GRACE_SECONDS,
        segments=SEGMENTS,
        kept=kept,
        batches=batches,
        express=batches,
        proofs=PROOFS,
    )
    stored = (
        Line("Upload, stored for a month", _STORED_GB_MONTH, sample.UPLOADED_GB),
        Line("Frames, stored for a month", _STORED_GB_MONTH, kept * sample.FRAME_GB),
    )
    return (*stored, *_lines(usage))


def training(detector: DetectorName) -> tuple[Line, ...]:
    """Return the lines of the training: the state machine's and the functions' own costs are cents."""
    seconds = EMBEDDED_TRAINING_SECONDS if detector == "embedded" else sample.TRAINING_HOURS * 3600
    cost = training_cost(labeling_cost(sample.LABELED_OBJECTS, _USD_PER_OBJECT), round(seconds), detector)
    items = tuple(Line(item.name, item.usd, 1) for item in cost.items)
    same = [line for line in sample.TRAINING if line.name not in _NOT_ALIKE]
    return (*same, *items)


def _lines(usage: Usage) -> tuple[Line, ...]:
    return tuple(Line(item.name, item.usd, 1) for item in cost_of(usage, published_prices()).items)
