"""Quotes of local files, by the probe that the service itself uses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.analysis_plan import AnalysisPlan
from brandlens.cli.dropping import named_files
from brandlens.cost import PriceList
from brandlens.cost.quote import Looker, Quote, Terms, quote
from brandlens.errors import BrandlensError, InvalidInput
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


@dataclass(frozen=True)
class Quoted:
    """The quotes of the files that have one, and why others have none: each error names its file."""

    files: Sequence[QuotedFile]
    errors: Sequence[BrandlensError]


def quote_files(paths: Iterable[Path], looker: Looker, terms: Terms, prices: PriceList) -> Quoted:
    """Quote each file named and every file below each folder named.

    What cannot be quoted is among the errors: `InvalidInput` of a path that is none or a video of unknown
    length or what cannot be read, and what makes the service refuse a file, such as `UnsupportedMedia`.
    """
    files: list[QuotedFile] = []
    errors: list[BrandlensError] = []
    for path in paths:
        try:
            named = list(named_files([path], purpose="quoted"))
        except InvalidInput as error:
            errors.append(error)
            continue
        for root, file in named:
            try:
                quoted = quote(_plan(file, terms), looker, terms, prices)
            except BrandlensError as error:
                errors.append(type(error)(f"{file} cannot be quoted", error.why, error.remedy))
            except OSError as error:
                why = f"it cannot be read: {error.strerror}"
                errors.append(InvalidInput(f"{file} cannot be quoted", why, "Name another one"))
            else:
                files.append(QuotedFile(file=str(file.relative_to(root.parent)), quote=quoted))
    return Quoted(files, errors)


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
