"""Quotes of local files, by the probe that the service itself uses."""

from collections.abc import Iterable
from pathlib import Path

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.analysis_plan import AnalysisPlan
from brandlens.cli.dropping import named_files
from brandlens.cost import PriceList
from brandlens.cost.quote import Looker, Quote, Terms, quote
from brandlens.errors import BrandlensError
from brandlens.jobs import Value
from brandlens.media.dimensions import require_still_bytes
from brandlens.media.magic import SNIFF_BYTES, media_format
from brandlens.media.novelty import DEFAULT_THRESHOLD
from brandlens.media.still import probe_still

PROBE_SECONDS = 60.0


class QuotedFile(Value):
    """A file and what analyzing it takes at most."""

    file: str
    quote: Quote


def quote_files(paths: Iterable[Path], looker: Looker, terms: Terms, prices: PriceList) -> list[QuotedFile]:
    """Quote each file named and every file below each folder named.

    Raises
    ------
    BrandlensError
        `InvalidInput` for a path that is none or a video of unknown length; what makes the service refuse a
        file, such as `UnsupportedMedia`. It names the file.
    """
    return [
        QuotedFile(file=str(file.relative_to(root.parent)), quote=_quote(file, looker, terms, prices))
        for root, file in named_files(paths, purpose="quoted")
    ]


def _quote(file: Path, looker: Looker, terms: Terms, prices: PriceList) -> Quote:
    try:
        return quote(_plan(file, terms), looker, terms, prices)
    except BrandlensError as error:
        raise type(error)(f"{file} cannot be quoted", error.why, error.remedy) from error


def _plan(file: Path, terms: Terms) -> AnalysisPlan:
    """Read the file's headers. The threshold is of no account: a quote has nothing carried."""
    with file.open("rb") as opened:
        kind = media_format(opened.read(SNIFF_BYTES))
    if kind == "mov":
        video = FfmpegTool().probe(str(file), timeout_s=PROBE_SECONDS)
        return AnalysisPlan(
            media=video.media,
            video=video,
            rate=terms.sample_rate_hz,
            novelty_threshold=DEFAULT_THRESHOLD,
        )
    require_still_bytes(file.stat().st_size)
    still = probe_still(file.read_bytes())
    return AnalysisPlan(media=still, video=None, rate=None, novelty_threshold=DEFAULT_THRESHOLD)
