"""The two worked examples of AWS's sample "custom brand detection", from its own assumptions.

They are the section "Cost Estimation" of https://github.com/aws-samples/amazon-rekognition-custom-brand-detection
(README), for US East (N. Virginia), at the prices that `brandlens/cost/prices.json` has. The sample
rounds some lines for show; nothing is rounded here.
"""

from collections.abc import Iterable

from brandlens.cost import published_prices
from brandlens.results import CostItem

VIDEO_FRAMES = 2_800
VIDEO_MINUTES = 16
"""A video of which 2,800 frames are taken, roughly 3 a second, and every one is looked at."""

LABELED_OBJECTS = 200
TRAINING_HOURS = 1.5
INFERENCE_UNITS = 5
INFERENCE_MINUTES = 20
FRAMES_PER_UNIT_SECOND = VIDEO_FRAMES / (INFERENCE_MINUTES * 60 * INFERENCE_UNITS)
"""What one inference unit looks at in a second, by the example: 0.47."""

UPLOADED_GB = 0.2
FRAME_GB = 200e-6
EXTRACTION_SECONDS = 120.0
TRANSITIONS = 40

_TRAINING_UPLOADED_GB = 0.1
_TRAINING_FRAMES = 500
_TRAINING_EXTRACTION_SECONDS = 100.0
_LAMBDA_GB = 3008 / 1024

ACCELERATED, UPLOAD_STORED, FRAMES_STORED = (
    "Upload, accelerated",
    "Upload, stored for a month",
    "Frames, stored for a month",
)
"""Lines that are named after what is paid for; others are named as in the price list."""


def line(paid: str, quantity: float, name: str | None = None) -> CostItem:
    """Return the line of an example: so much of what the price list knows as `paid`."""
    price = published_prices().prices[paid]
    return (price if name is None else price.model_copy(update={"name": name})).item(quantity)


def total(lines: Iterable[CostItem]) -> float:
    """Add lines up, in USD."""
    return sum(each.usd for each in lines)


TRAINING = (
    line("accelerated_gb", _TRAINING_UPLOADED_GB, ACCELERATED),
    line("stored_gb_months", _TRAINING_UPLOADED_GB, UPLOAD_STORED),
    line("lambda_gb_seconds", _TRAINING_EXTRACTION_SECONDS * _LAMBDA_GB),
    line("stored_gb_months", _TRAINING_FRAMES * FRAME_GB, FRAMES_STORED),
    line("labeled_objects", LABELED_OBJECTS),
    line("training_hours", TRAINING_HOURS),
    line("state_transitions", TRANSITIONS),
)
ANALYSIS = (
    line("accelerated_gb", UPLOADED_GB, ACCELERATED),
    line("stored_gb_months", UPLOADED_GB, UPLOAD_STORED),
    line("lambda_gb_seconds", EXTRACTION_SECONDS * _LAMBDA_GB),
    line("stored_gb_months", VIDEO_FRAMES * FRAME_GB, FRAMES_STORED),
    line("inference_hours", INFERENCE_UNITS * INFERENCE_MINUTES / 60),
    line("state_transitions", TRANSITIONS),
)
