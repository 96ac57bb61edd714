"""The result documents: what consumers read from the results bucket, and the schemas they may rely on.

Times are seconds from the first presentation timestamp. Boxes are fractions of width and height. Confidence
is in percent, as Rekognition gives it. Additive changes raise the minor version; anything else is a new
document beside the old.
"""

from datetime import datetime
from typing import Final, Literal

from pydantic import Field

from brandlens.jobs import Model, Source, Value

SCHEMA_VERSION: Final = "1.0"

Zone = Literal[
    "top-left", "top-center", "top-right",
    "middle-left", "middle-center", "middle-right",
    "bottom-left", "bottom-center", "bottom-right",
]  # fmt: skip
"""Where on a 3 x 3 grid of the picture a box's centre lies."""


class Box(Value):
    """A rectangle in fractions of the picture's width and height, after its orientation is applied."""

    left: float
    top: float
    width: float
    height: float


class Detection(Value):
    """One label found in one picture. `box` is null for a whole-image (concept) label."""

    label: str
    confidence: float = Field(ge=0, le=100)
    box: Box | None = None


class SampledFrame(Value):
    """One frame of the sampling grid; a line of a segment's manifest.

    `index` is the grid slot floor(seconds x rate), so it does not depend on how the work is cut.
    `carried_from` is the index of the kept frame this one shows nothing new against; a frame without it was
    kept.
    """

    index: int = Field(ge=0)
    seconds: float = Field(ge=0)
    carried_from: int | None = None


class FrameDetections(Value):
    """A line of `detections.jsonl`: one sampled frame and what was found in it.

    `frame` is the proof picture's path below the job's prefix, null where none was kept. `seconds` is null
    for an image.
    """

    index: int
    seconds: float | None
    frame: str | None
    carried_from: int | None
    detections: tuple[Detection, ...]


class Media(Value):
    """What was analyzed. Width and height are in pixels as shown, rotation applied."""

    kind: Literal["image", "video"]
    width: int
    height: int
    duration_seconds: float | None
    frame_rate: float | None
    """Average frames per second from the headers; informative only, no time is computed from it."""
    codec: str


class Sampling(Value):
    """How frames were picked. `rate_hz` is null for an image."""

    rate_hz: float | None
    frames_sampled: int
    frames_detected: int
    frames_carried: int


class BrandSummary(Value):
    """One brand over the whole work. Seconds are null for an image; `share_of_voice` is a fraction, summing
    to 1 over the brands found: of on-screen seconds for a video, of covered area for an image."""

    label: str
    on_screen_seconds: float | None
    appearances: int
    first_seen_seconds: float | None
    last_seen_seconds: float | None
    mean_area_fraction: float
    peak_confidence: float
    share_of_voice: float


class ProofFrame(Value):
    """The frame that proves an appearance: the one in which the brand was found with most confidence."""

    index: int
    seconds: float | None
    file: str
    box: Box | None


class Appearance(Value):
    """One continuous presence of one brand. `sharpness` is 0 (blurred) to 1 (crisp)."""

    id: str
    label: str
    start_seconds: float | None
    end_seconds: float | None
    mean_area_fraction: float
    zone: Zone | None
    peak_confidence: float
    sharpness: float | None
    others_on_screen: tuple[str, ...]
    proof_frame: ProofFrame


class CostItem(Value):
    name: str
    quantity: float
    unit: str
    usd: float


class Cost(Value):
    """What the job cost at published prices (`brandlens/cost`), before taxes and free tiers."""

    estimated_usd: float
    items: tuple[CostItem, ...]
    basis: str | None = None
    """The price list the figures are from, as a phrase: whose prices, for which region, recorded when."""


class Warning(Value):  # noqa: A001 - the document's own term
    """Something the reader must know to trust the figures, such as a gap where frames did not decode."""

    code: str
    message: str
    start_seconds: float | None = None
    end_seconds: float | None = None


class AnalysisJob(Value):
    id: str
    project: str
    source: Source
    started_at: datetime
    finished_at: datetime


class Files(Value):
    """Names of the result's other files, below the job's prefix; null where the kind of media has none."""

    detections: str = "detections.jsonl"
    exposures: str = "exposures.csv"
    report: str = "report.html"
    timeline: str | None = "timeline.vtt"
    sprites: str | None = "sprites/sprites.vtt"
    frames: str = "frames/"


class Analysis(Value):
    """`analysis.json`, written last: when it exists, everything it names exists."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    job: AnalysisJob
    model: Model
    media: Media
    sampling: Sampling
    brands: tuple[BrandSummary, ...]
    appearances: tuple[Appearance, ...]
    files: Files
    cost: Cost
    warnings: tuple[Warning, ...]
