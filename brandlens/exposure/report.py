"""The report a marketing person reads: one HTML file that needs nothing else, neither network nor script."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined

from brandlens.exposure import wording
from brandlens.exposure.metrics import any_brand_seconds, seconds_of
from brandlens.exposure.proofs import pictured
from brandlens.exposure.timeline import Timeline, timeline_of
from brandlens.results import Analysis, Appearance, Box, BrandSummary, FrameDetections

_COLOURS = 8
"""Brands told apart by colour, those with most voice first; any further one is grey."""

_CODECS = {"h264": "H.264", "hevc": "HEVC", "prores": "ProRes", "mjpeg": "JPEG", "jpeg": "JPEG", "png": "PNG"}


@dataclass(frozen=True)
class Mark:
    """A box on a picture. `chosen` is the detection that the appearance cites."""

    label: str
    box: Box
    chosen: bool


@dataclass(frozen=True)
class Card:
    """One appearance with its picture as a data: URI; None where it is left out."""

    appearance: Appearance
    seconds: float | None
    picture: str | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chapter:
    """One brand with its appearances in order."""

    brand: BrandSummary
    colour: str
    pictured: tuple[Card, ...]
    others: tuple[Card, ...]


def render_report(
    analysis: Analysis, frames: Sequence[FrameDetections], thumbnails: Mapping[int, bytes]
) -> bytes:
    """Return the page. `thumbnails` are JPEGs by index of the proof frame, for those shown with a picture."""
    by_index = {frame.index: frame for frame in frames}
    with_picture = pictured(analysis.appearances)
    cards = [
        _card(appearance, by_index, thumbnails if appearance.id in with_picture else {})
        for appearance in analysis.appearances
    ]
    chapters = [_chapter(brand, rank, cards) for rank, brand in enumerate(analysis.brands)]
    page = _environment().get_template("report.html.j2")
    return page.render(
        analysis=analysis,
        title=PurePosixPath(analysis.job.source.key).name,
        codec=_CODECS.get(analysis.media.codec, analysis.media.codec),
        chapters=chapters,
        timeline=_timeline(analysis),
        any_brand_seconds=any_brand_seconds(analysis.appearances),
        left_out=sum(len(chapter.others) for chapter in chapters),
    ).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("brandlens.exposure"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    figures = (
        wording.clock,
        wording.whole_clock,
        wording.length_in_words,
        wording.percent,
        wording.certainty,
        wording.plural,
        wording.quantity,
        wording.dollars,
        wording.moment,
    )
    environment.filters.update({figure.__name__: figure for figure in figures})
    return environment


def _chapter(brand: BrandSummary, rank: int, cards: Sequence[Card]) -> Chapter:
    own = [card for card in cards if card.appearance.label == brand.label]
    return Chapter(
        brand=brand,
        colour=f"c{rank}" if rank < _COLOURS else "grey",
        pictured=tuple(card for card in own if card.picture),
        others=tuple(card for card in own if not card.picture),
    )


def _card(
    appearance: Appearance, frames: Mapping[int, FrameDetections], thumbnails: Mapping[int, bytes]
) -> Card:
    proof = appearance.proof_frame
    thumbnail = thumbnails.get(proof.index)
    marks = [
        Mark(label=d.label, box=d.box, chosen=d.box == proof.box)
        for d in frames[proof.index].detections
        if d.label == appearance.label and d.box is not None
    ]
    return Card(
        appearance=appearance,
        seconds=seconds_of(appearance),
        picture=f"data:image/jpeg;base64,{b64encode(thumbnail).decode()}" if thumbnail else None,
        marks=tuple(marks),
    )


def _timeline(analysis: Analysis) -> Timeline | None:
    if analysis.media.kind == "image" or not analysis.brands:
        return None
    return timeline_of(analysis)
