"""Exposures as the library finds them, for the portal, which finds them in the page, to be held to.

`python -m tests.web.exposure_cases` writes `web/src/exposure/parity.json`.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from brandlens.exposure.appearances import find_appearances
from brandlens.exposure.doubts import settle
from brandlens.exposure.metrics import summarize_brands
from brandlens.jobs import Value
from brandlens.results import Box, Detection, FrameDetections

PARITY = Path(__file__).resolve().parents[2] / "web" / "src" / "exposure" / "parity.json"

RATE_HZ = 2.0
FRAMES = 24
THRESHOLDS = (0, 55, 70, 90)
LABELS = ("Acme", "Globex", "Initech")


def cases() -> list[dict[str, Any]]:
    """Return made videos and pictures with the library's answers at several thresholds; always the same."""
    chance = random.Random(20_260_314)
    videos = [_case(f"video {n}", _video(chance), gaps=[(7.2, 9.0)] if n % 2 else []) for n in range(6)]
    picture = [_frame(0, None, _boxes(chance))]
    scene = Detection(label="Podium", confidence=56)
    concept = [_frame(n, n / RATE_HZ, (scene,) if n % 5 < 3 else ()) for n in range(12)]
    return [*videos, _case("a picture", picture, still=True), _case("labels of whole pictures", concept)]


def text() -> str:
    """Return the cases as the file holds them."""
    return "[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases()) + "\n]\n"


def _case(
    name: str,
    frames: list[FrameDetections],
    *,
    gaps: Sequence[tuple[float, float]] = (),
    still: bool = False,
) -> dict[str, Any]:
    duration = None if still else len(frames) / RATE_HZ + 0.13
    rate = None if still else RATE_HZ
    answers = []
    for threshold in THRESHOLDS:
        settled = settle(frames, threshold)
        found = find_appearances(settled, duration_seconds=duration, rate_hz=rate, gaps=gaps)
        brands = summarize_brands(found)
        answers.append({"threshold": threshold, "appearances": _plain(found), "brands": _plain(brands)})
    return {
        "name": name,
        "duration_seconds": duration,
        "rate_hz": rate,
        "gaps": gaps,
        "frames": _plain(frames),
        "answers": answers,
    }


def _plain(values: Sequence[Value]) -> list[dict[str, Any]]:
    return [value.model_dump(mode="json") for value in values]


def _frame(index: int, seconds: float | None, found: tuple[Detection, ...]) -> FrameDetections:
    return FrameDetections(index=index, seconds=seconds, frame=None, carried_from=None, detections=found)


def _video(chance: random.Random) -> list[FrameDetections]:
    """Logos that drift, jump and blink; some frames carry what the one before showed."""
    made: list[FrameDetections] = []
    for index in range(FRAMES):
        kept = made[-1] if made and chance.random() < 0.25 else None
        origin = None if kept is None else (kept.index if kept.carried_from is None else kept.carried_from)
        made.append(
            FrameDetections(
                index=index,
                seconds=round(index / RATE_HZ + chance.uniform(0, 0.1), 3),
                frame=None,
                carried_from=origin,
                detections=kept.detections if kept else _boxes(chance),
            )
        )
    return made


def _boxes(chance: random.Random) -> tuple[Detection, ...]:
    found = [
        Detection(
            label=label,
            confidence=round(chance.uniform(35, 100), 2),
            box=Box(
                left=round(chance.choice((0.1, 0.15, 0.6)) + chance.uniform(-0.15, 0.1), 4),
                top=round(chance.choice((0.2, 0.7)), 4),
                width=round(chance.uniform(0.05, 0.3), 4),
                height=round(chance.uniform(0.05, 0.35), 4),
            ),
        )
        for label in LABELS
        for _ in range(chance.choice((0, 1, 1, 2)))
    ]
    return tuple(found)


if __name__ == "__main__":
    PARITY.write_text(text(), "utf-8")
