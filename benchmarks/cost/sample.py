"""The two worked examples of AWS's sample "custom brand detection", from its own assumptions and prices.

They are the section "Cost Estimation" of https://github.com/aws-samples/amazon-rekognition-custom-brand-detection
(README), for US East (N. Virginia). The sample rounds some lines for show; nothing is rounded here.
"""

from collections.abc import Sequence
from typing import NamedTuple

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


class Line(NamedTuple):
    """One line of an example: `quantity` of a unit at `usd` each, named as brandlens names what it uses."""

    name: str
    usd: float
    quantity: float

    @property
    def cost(self) -> float:
        return self.usd * self.quantity


_ACCELERATED_GB, _STORED_GB_MONTH = 0.04, 0.023
_LAMBDA_100_MS = 0.0000048958
"""USD for 100 ms of a function of 3,008 MB."""
_TRANSITION = 0.025 / 1_000

TRAINING = (
    Line("Upload, accelerated", _ACCELERATED_GB, 0.1),
    Line("Upload, stored for a month", _STORED_GB_MONTH, 0.1),
    Line("Lambda, duration", _LAMBDA_100_MS, 100_000 / 100),
    Line("Frames, stored for a month", _STORED_GB_MONTH, 500 * FRAME_GB),
    Line("SageMaker Ground Truth, labeled objects", 0.08, LABELED_OBJECTS),
    Line("Rekognition Custom Labels, training", 1.0, TRAINING_HOURS),
    Line("Step Functions, Standard workflows", _TRANSITION, 40),
)
ANALYSIS = (
    Line("Upload, accelerated", _ACCELERATED_GB, UPLOADED_GB),
    Line("Upload, stored for a month", _STORED_GB_MONTH, UPLOADED_GB),
    Line("Lambda, duration", _LAMBDA_100_MS, EXTRACTION_SECONDS * 1_000 / 100),
    Line("Frames, stored for a month", _STORED_GB_MONTH, VIDEO_FRAMES * FRAME_GB),
    Line("Rekognition Custom Labels, inference", 4.0, INFERENCE_UNITS * INFERENCE_MINUTES / 60),
    Line("Step Functions, Standard workflows", _TRANSITION, 40),
)


def total(lines: Sequence[Line]) -> float:
    return sum(line.cost for line in lines)
