"""Appearances -> one summary a brand: seconds on screen and share of voice."""

from collections import defaultdict
from collections.abc import Sequence
from math import fsum

from brandlens.results import Appearance, BrandSummary


def summarize_brands(appearances: Sequence[Appearance]) -> tuple[BrandSummary, ...]:
    """Return the brands found, the one with most voice first.

    Share of voice is a brand's seconds over the sum of all brands' seconds; for an image, its covered area
    over the sum of areas. Where nothing lasts (a video of one instant) brands share alike.
    """
    by_label: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in appearances:
        by_label[appearance.label].append(appearance)
    voices = {label: _voice(own) for label, own in by_label.items()}
    total = fsum(voices.values())
    summaries = [
        _summary(label, own, share=voices[label] / total if total > 0 else 1 / len(voices))
        for label, own in by_label.items()
    ]
    return tuple(sorted(summaries, key=lambda brand: (-brand.share_of_voice, brand.label)))


def seconds_of(appearance: Appearance) -> float | None:
    """Return how long an appearance lasts; None for an image."""
    if appearance.start_seconds is None or appearance.end_seconds is None:
        return None
    return appearance.end_seconds - appearance.start_seconds


def any_brand_seconds(appearances: Sequence[Appearance]) -> float:
    """Return for how long at least one brand was on screen: the union over all brands."""
    seconds, reached = 0.0, 0.0
    for appearance in sorted(appearances, key=lambda a: a.start_seconds or 0.0):
        end = appearance.end_seconds or 0.0
        seconds += max(end - max(appearance.start_seconds or 0.0, reached), 0.0)
        reached = max(reached, end)
    return seconds


def _voice(own: Sequence[Appearance]) -> float:
    lengths = (seconds_of(appearance) for appearance in own)
    return fsum(
        appearance.mean_area_fraction if length is None else length
        for appearance, length in zip(own, lengths, strict=True)
    )


def _summary(label: str, own: Sequence[Appearance], *, share: float) -> BrandSummary:
    """A brand's appearances never overlap, so their union is their sum."""
    lengths = [length for a in own if (length := seconds_of(a)) is not None]
    weights = lengths if fsum(lengths) > 0 else [1.0] * len(own)
    areas = (weight * a.mean_area_fraction for weight, a in zip(weights, own, strict=True))
    return BrandSummary(
        label=label,
        on_screen_seconds=fsum(lengths) if lengths else None,
        appearances=len(own),
        first_seen_seconds=min((a.start_seconds for a in own if a.start_seconds is not None), default=None),
        last_seen_seconds=max((a.end_seconds for a in own if a.end_seconds is not None), default=None),
        mean_area_fraction=fsum(areas) / fsum(weights),
        peak_confidence=max(a.peak_confidence for a in own),
        share_of_voice=share,
    )
