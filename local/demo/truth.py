"""What is truly on screen: per frame, per brand, and per picture."""

from collections.abc import Mapping, Sequence

from brandlens.jobs import Value
from brandlens.results import Box
from local.demo.compositing import Visible

LEAST_VISIBLE = 0.5
LEAST_HEIGHT = 24
RULE = (
    f"a logo counts as on screen in a frame when at least {LEAST_VISIBLE:.0%} of it is visible"
    f" and its visible box is at least {LEAST_HEIGHT} pixels tall"
)


class VisibleLogo(Value):
    """One logo in one picture: the tight box of its visible part, how much of it is visible, and whether it
    counts as on screen by the rule."""

    label: str
    box: Box
    visible: float
    counts: bool


class FrameTruth(Value):
    """The logos of one frame; `seconds` is when it is shown."""

    index: int
    seconds: float
    logos: tuple[VisibleLogo, ...]


class BrandTruth(Value):
    """One brand over the whole video; `share_of_voice` is its part of all brands' seconds."""

    label: str
    on_screen_seconds: float
    share_of_voice: float
    first_seen_seconds: float | None
    last_seen_seconds: float | None


class VideoTruth(Value):
    """All that is known of the video; `cuts` are the seconds at which a new shot begins."""

    rule: str
    width: int
    height: int
    frame_rate: int
    duration_seconds: float
    cuts: tuple[float, ...]
    brands: tuple[BrandTruth, ...]
    frames: tuple[FrameTruth, ...]


class PicturesTruth(Value):
    """The logos of each analysis picture, by file name; boxes are of the upright picture."""

    rule: str
    pictures: Mapping[str, tuple[VisibleLogo, ...]]


def logos(seen: Sequence[Visible], labels: Sequence[str], height: int) -> tuple[VisibleLogo, ...]:
    """Return the taught brands among what was painted into a picture `height` pixels tall."""
    return tuple(
        VisibleLogo(
            label=one.label,
            box=one.box,
            visible=round(one.fraction, 4),
            counts=one.fraction >= LEAST_VISIBLE and round(one.box.height * height) >= LEAST_HEIGHT,
        )
        for one in seen
        if one.label in labels
    )


def brands(frames: Sequence[FrameTruth], labels: Sequence[str], frame_rate: int) -> tuple[BrandTruth, ...]:
    """Return each brand's seconds on screen: the frames in which any of its logos counts, at `frame_rate`."""
    shown = {
        label: [
            frame.index
            for frame in frames
            if any(logo.counts and logo.label == label for logo in frame.logos)
        ]
        for label in labels
    }
    whole = sum(map(len, shown.values())) or 1
    return tuple(
        BrandTruth(
            label=label,
            on_screen_seconds=len(indices) / frame_rate,
            share_of_voice=len(indices) / whole,
            first_seen_seconds=indices[0] / frame_rate if indices else None,
            last_seen_seconds=(indices[-1] + 1) / frame_rate if indices else None,
        )
        for label, indices in shown.items()
    )
