"""What brandlens spends on the sample's two examples, reckoned as it reckons its own jobs.

What the sample assumes and brandlens has no figure of its own for is assumed alike: how large frames are, how
long extraction takes, how many objects people label, how long Custom Labels trains. Uploads are stored alike
and not accelerated; frames are stored where they were kept, for the month that the sample counts.
"""

from math import ceil

from benchmarks.cost import sample
from benchmarks.cost.sample import ACCELERATED, FRAMES_STORED, UPLOAD_STORED, line
from brandlens.cost import cost_of, published_prices
from brandlens.cost.analysis import DETECT_GB, EXTRACT_GB, Spent, analysis_usage
from brandlens.jobs import DetectorName
from brandlens.results import CostItem
from brandlens.training.cost import training_cost
from brandlens.training.report import labeling_cost

GRACE_SECONDS = 300.0
BATCH_SIZE = 20
SEGMENTS = 4
PROOFS = 50
EMBEDDED_TRAINING_SECONDS = 600
"""The settings idle_grace_minutes, embedded_training_seconds and segment_seconds by default; some proof
frames."""

MEASURED_GB_SECONDS = 0.2
"""What the embedded detector uses of Lambda for a frame: `python -m benchmarks.cost` finds 0.18 to 0.20. A
quote, which is a bound, counts on three times this."""


def analysis(
    detector: DetectorName,
    *,
    kept: int = sample.VIDEO_FRAMES,
    frames_per_unit_second: float,
    gb_seconds_per_frame: float = MEASURED_GB_SECONDS,
    extract_gb_seconds: float = sample.EXTRACTION_SECONDS * EXTRACT_GB,
) -> tuple[CostItem, ...]:
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
        line("stored_gb_months", sample.UPLOADED_GB, UPLOAD_STORED),
        line("stored_gb_months", kept * sample.FRAME_GB, FRAMES_STORED),
    )
    return (*stored, *cost_of(usage, published_prices()).items)


def training(detector: DetectorName) -> tuple[CostItem, ...]:
    """Return the lines of the training: the state machine's and the functions' own costs are cents."""
    prices = published_prices().prices
    labeled, trained = prices["labeled_objects"], prices["training_hours"]
    seconds = EMBEDDED_TRAINING_SECONDS if detector == "embedded" else sample.TRAINING_HOURS * 3600
    cost = training_cost(labeling_cost(sample.LABELED_OBJECTS, labeled.usd), round(seconds), detector)
    not_alike = (ACCELERATED, labeled.name, trained.name)
    return (*(each for each in sample.TRAINING if each.name not in not_alike), *cost.items)
