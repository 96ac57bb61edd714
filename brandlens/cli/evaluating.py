"""What `brandlens models evaluate` does: asks a detector about labeled pictures or clips and compares."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from brandlens.cli.asking import UNMEASURED, Asked
from brandlens.cli.console import Reporter
from brandlens.detect.concepts.dataset import ConceptImage, ConceptKind
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.evaluation.concepts import ConceptEvaluation, evaluate_concepts
from brandlens.detect.evaluation.figures import LearningPoint
from brandlens.detect.files import read_file
from brandlens.detect.picture_source import PictureSource
from brandlens.detect.power_law import outlook
from brandlens.errors import InvalidInput, Refused
from brandlens.extras import require_extra
from brandlens.labels.screen_times import read_screen_times
from brandlens.results import Detection
from brandlens.screen_time import SecondsError, probe_video, seconds_error, seconds_on_screen

if TYPE_CHECKING:  # pycocotools is an extra
    from brandlens.detect.evaluation.evaluate import Evaluation

SEED = 1


@dataclass(frozen=True)
class Curve:
    """A learning curve, and what it says of twice the labels."""

    points: tuple[LearningPoint, ...]
    outlook: str


def measure_boxes(
    images: Sequence[LabeledImage], asked: Asked, groups: Sequence[str], report: Reporter
) -> "Evaluation":
    """Ask about every picture and compare the answers with its boxes; `groups` are for false boxes."""
    require_extra("pycocotools", "evaluate", what=UNMEASURED)
    from brandlens.detect.evaluation.evaluate import LEAST_CONFIDENCE, evaluate

    return evaluate(
        [image.boxes for image in images],
        _answers(images, asked, LEAST_CONFIDENCE, report),
        asked.labels,
        confidence=asked.confidence,
        shapes=[(image.width, image.height) for image in images],
        groups=groups,
    )


def measure_concepts(
    images: Sequence[ConceptImage], kind: ConceptKind, asked: Asked, report: Reporter
) -> ConceptEvaluation:
    """Ask about every picture and compare the answers with its labels."""
    return evaluate_concepts(
        [set(image.labels) for image in images],
        _answers(images, asked, 0.0, report),
        asked.labels,
        kind=kind,
        confidence=asked.confidence,
    )


def _answers(
    images: Sequence[PictureSource], asked: Asked, least_confidence: float, report: Reporter
) -> list[Sequence[Detection]]:
    found: list[Sequence[Detection]] = []
    with asked.opened(report) as detector:
        for done, image in enumerate(images, start=1):
            picture = image.shown_to(asked.prepared)
            found.append(detector.detect(picture, min_confidence=least_confidence))
            report("Looking at pictures", done, len(images))
    return found


def draw_curve(images: Sequence[LabeledImage], seconds: float, threads: int, report: Reporter) -> Curve:
    """Train on parts of the pictures for `seconds` together; see `brandlens.detect.learning_curve`."""
    require_extra("torch", "train", what="No learning curve can be drawn")
    from brandlens.detect.learning_curve import learning_curve

    points = learning_curve(
        images,
        sorted({label for image in images for label, _ in image.boxes}),
        budget_seconds=seconds,
        seed=SEED,
        threads=threads,
        progress=lambda done: report("Drawing the learning curve", round(100 * done), 100),
    )
    return Curve(points, outlook(points, points[-1]))


def watch(
    clips: Sequence[Path], annotations: Path, asked: Asked, sample_rate_hz: float, report: Reporter
) -> dict[str, tuple[SecondsError, ...]]:
    """Analyze every clip and compare its brands' seconds on screen with the truth.

    Raises `InvalidLabels` as `read_screen_times` does, `InvalidInput` for two clips of one name, and what
    `seconds_on_screen` does, naming the clip.
    """
    name, times = Counter(clip.name for clip in clips).most_common(1)[0]
    if times > 1:
        raise InvalidInput(f"{name} cannot be told apart", "two clips are called so", "Rename one")
    truth = read_screen_times(
        read_file(annotations),
        file=str(annotations),
        videos=[clip.name for clip in clips],
        labels=asked.labels,
    )
    for clip in clips:
        # Before any is watched, and a model is started for it.
        with _named(clip):
            probe_video(clip)
    errors = {}
    with asked.opened(report) as detector:
        for clip in clips:
            with _named(clip):
                found = seconds_on_screen(
                    clip,
                    detector,
                    sample_rate_hz=sample_rate_hz,
                    min_confidence=asked.confidence,
                    progress=partial(report, f"Watching {clip.name}"),
                )
            errors[clip.name] = seconds_error(found, truth[clip.name])
    return errors


@contextmanager
def _named(clip: Path) -> Iterator[None]:
    """Say of which clip a refusal is."""
    try:
        yield
    except Refused as error:
        raise type(error)(f"{clip} cannot be evaluated", error.why, error.remedy) from error
