"""Quotes of files that are described, not there: by what a browser reads of their headers."""

from collections.abc import Iterable
from fractions import Fraction

from brandlens.analysis_plan import AnalysisPlan
from brandlens.api.quotes import QuotedFile, QuotedMedia
from brandlens.cost import PriceList
from brandlens.cost.quote import Looker, Terms, quote
from brandlens.errors import InvalidInput
from brandlens.media.novelty import DEFAULT_THRESHOLD
from brandlens.media.probe import VideoProbe
from brandlens.results import Media

_TIME_BASE = Fraction(1, 90_000)


def quote_described(
    files: Iterable[QuotedMedia], looker: Looker, terms: Terms, prices: PriceList
) -> list[QuotedFile]:
    """Quote each file; `InvalidInput` names a video whose length is not told."""
    return [
        QuotedFile(name=file.name, quote=quote(_plan(file, terms), looker, terms, prices)) for file in files
    ]


def _plan(file: QuotedMedia, terms: Terms) -> AnalysisPlan:
    media = Media(
        kind=file.kind,
        width=file.width,
        height=file.height,
        duration_seconds=file.duration_seconds,
        frame_rate=file.frame_rate,
        codec="unknown",
    )
    if file.kind == "image":
        return AnalysisPlan(media=media, video=None, rate=None, novelty_threshold=DEFAULT_THRESHOLD)
    if file.duration_seconds is None:
        raise InvalidInput(
            f"{file.name!a} cannot be quoted", "its length is not told", "Tell duration_seconds of a video"
        )
    video = VideoProbe(
        media=media,
        stream_index=0,
        time_base=_TIME_BASE,
        start_pts=0,
        duration=Fraction(str(file.duration_seconds)),
        rotation=0,
        interlaced=False,
        color_matrix="bt709",
    )
    return AnalysisPlan(
        media=media, video=video, rate=terms.sample_rate_hz, novelty_threshold=DEFAULT_THRESHOLD
    )
