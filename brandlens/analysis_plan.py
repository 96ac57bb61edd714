"""What probing decides about a file, once for its whole analysis: every later state works by it."""

from fractions import Fraction

from brandlens.jobs import Value
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Segment
from brandlens.results import Media


class AnalysisPlan(Value):
    """What the file is and how its frames are picked.

    `video` and `rate` (sampling slots a second) are null for an image. `novelty_threshold` is in gray levels,
    as in `brandlens.media.novelty`.
    """

    media: Media
    video: VideoProbe | None
    rate: Fraction | None
    novelty_threshold: float


class Probed(Value):
    """A file's plan, and the segments that its frames are extracted in (one for an image)."""

    plan: AnalysisPlan
    segments: tuple[Segment, ...]
