"""Step one: sampled frames and detections -> appearances, and the frames that prove them."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from brandlens.errors import InvalidInput
from brandlens.exposure.appearances import find_appearances
from brandlens.exposure.doubts import settle
from brandlens.results import (
    Appearance,
    Detection,
    FrameDetections,
    Media,
    SampledFrame,
    Sampling,
    Warning,  # noqa: A004 - the document's own term
)


@dataclass(frozen=True)
class Exposures:
    """What was found in one work, before its proof frames were looked at (no sharpness yet)."""

    media: Media
    sampling: Sampling
    frames: tuple[FrameDetections, ...]
    appearances: tuple[Appearance, ...]
    warnings: tuple[Warning, ...]

    @property
    def proof_frames(self) -> tuple[int, ...]:
        """Indices of the kept frames that prove an appearance, ascending."""
        return tuple(sorted({appearance.proof_frame.index for appearance in self.appearances}))


def find_exposures(
    media: Media,
    rate_hz: float | None,
    sampled: Iterable[SampledFrame],
    detections: Mapping[int, Sequence[Detection]],
    warnings: Sequence[Warning] = (),
    *,
    min_confidence: float,
) -> Exposures:
    """Find every appearance of every brand.

    Parameters
    ----------
    rate_hz
        Sampling rate in frames a second; None for an image.
    sampled
        All sampled frames in any order; a carried frame shows what the frame it was carried from shows.
    detections
        What was found, by index of the kept frame; empty where nothing was. A kept frame without an entry was
        not looked at: it counts as showing nothing and is told in a warning. They may be doubtful (see
        `brandlens.exposure.doubts`).
    warnings
        What went wrong before. One with a start and an end is a gap: no frame is held on screen into it.
    min_confidence
        Percent that a logo's track must have.

    Raises `InvalidInput` for a frame that is carried from none of the kept ones.
    """
    ordered = sorted(sampled, key=lambda frame: frame.index)
    kept = {frame.index for frame in ordered if frame.carried_from is None}
    _refuse_orphans(ordered, kept)
    unseen = len(kept - detections.keys())
    still = media.kind == "image"
    looked_at = [
        FrameDetections(
            index=frame.index,
            seconds=None if still else frame.seconds,
            frame=None,
            carried_from=frame.carried_from,
            detections=tuple(sorted(detections.get(_shown(frame), ()), key=_rank)),
        )
        for frame in ordered
    ]
    frames = settle(looked_at, min_confidence)
    gaps = [
        (warning.start_seconds, warning.end_seconds)
        for warning in warnings
        if warning.start_seconds is not None and warning.end_seconds is not None
    ]
    appearances = find_appearances(
        frames, duration_seconds=media.duration_seconds, rate_hz=rate_hz, gaps=gaps
    )
    proofs = {a.proof_frame.index: a.proof_frame.file for a in appearances}
    return Exposures(
        media=media,
        sampling=Sampling(
            rate_hz=rate_hz,
            frames_sampled=len(ordered),
            frames_detected=len(kept) - unseen,
            frames_carried=len(ordered) - len(kept),
        ),
        frames=tuple(frame.model_copy(update={"frame": proofs.get(frame.index)}) for frame in frames),
        appearances=appearances,
        warnings=(*warnings, *_not_looked_at(unseen, len(kept))),
    )


def _refuse_orphans(frames: Sequence[SampledFrame], kept: Set[int]) -> None:
    for frame in frames:
        if frame.carried_from is not None and frame.carried_from not in kept:
            raise InvalidInput(
                f"frame {frame.index} cannot be given detections",
                f"it is carried from frame {frame.carried_from}, which was not kept",
                "Analyze the file again",
            )


def _shown(frame: SampledFrame) -> int:
    return frame.index if frame.carried_from is None else frame.carried_from


def _rank(detection: Detection) -> tuple[float | str, ...]:
    """Most certain first; ties by what else tells them apart, so the order given never matters."""
    box = detection.box
    place = (box.left, box.top, box.width, box.height) if box else ()
    return (-detection.confidence, detection.label, *place)


def _not_looked_at(unseen: int, kept: int) -> Sequence[Warning]:
    if not unseen:
        return ()
    message = f"The model did not look at {unseen} of {kept} frames, so brands in them are not counted."
    return (Warning(code="FramesNotDetected", message=message),)
