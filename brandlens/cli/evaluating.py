"""What `brandlens models evaluate` does: asks a detector about labeled pictures or clips and compares."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from brandlens.cli.asking import UNMEASURED, Asked
from brandlens.cli.console import Reporter
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.evaluation.figures import LearningPoint
from brandlens.detect.power_law import outlook
from brandlens.errors import InvalidInput
from brandlens.extras import require_extra
from brandlens.labels.coco import read_coco
from brandlens.labels.screen_times import read_screen_times
from brandlens.screen_time import SecondsError, seconds_error, seconds_on_screen

if TYPE_CHECKING:  # pycocotools is an extra
    from brandlens.detect.evaluation.evaluate import Evaluation

SEED = 1


@dataclass(frozen=True)
class Curve:
    """A learning curve, and what it says of twice the labels."""

    points: tuple[LearningPoint, ...]
    outlook: str


def labeled_images(
    folders: Sequence[Path], annotations: Path, labels: Sequence[str]
) -> tuple[LabeledImage, ...]:
    """Read COCO annotations of the folders' pictures, named relative to their folder.

    Raises `InvalidLabels` as `read_coco` does, and `InvalidInput` for a name that two folders have.
    """
    files: dict[str, Path] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and files.setdefault(name, file) is not file:
                raise InvalidInput(
                    f"{name} cannot be told apart", "two of the folders have it", "Evaluate them one by one"
                )
    pictures = read_coco(annotations.read_bytes(), file=str(annotations), labels=labels, available=set(files))
    return tuple(LabeledImage.of(picture, files[picture.name]) for picture in pictures)


def look_at(images: Sequence[LabeledImage], asked: Asked, report: Reporter) -> "Evaluation":
    """Ask about every picture and compare the answers with its labels."""
    require_extra("pycocotools", "evaluate", what=UNMEASURED)
    from brandlens.detect.evaluation.evaluate import LEAST_CONFIDENCE, evaluate

    found = []
    for done, image in enumerate(images, start=1):
        found.append(asked.detector.detect(asked.prepared(image.read()), min_confidence=LEAST_CONFIDENCE))
        report("Looking at pictures", done, len(images))
    return evaluate(
        [image.boxes for image in images],
        found,
        asked.labels,
        confidence=asked.confidence,
        shapes=[(image.width, image.height) for image in images],
    )


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

    Raises `InvalidLabels` as `read_screen_times` does, and `InvalidInput` for two clips of one name.
    """
    name, times = Counter(clip.name for clip in clips).most_common(1)[0]
    if times > 1:
        raise InvalidInput(f"{name} cannot be told apart", "two clips are called so", "Rename one")
    truth = read_screen_times(
        annotations.read_bytes(),
        file=str(annotations),
        videos=[clip.name for clip in clips],
        labels=asked.labels,
    )
    errors = {}
    for clip in clips:
        found = seconds_on_screen(
            clip,
            asked.detector,
            sample_rate_hz=sample_rate_hz,
            min_confidence=asked.confidence,
            progress=partial(report, f"Watching {clip.name}"),
        )
        errors[clip.name] = seconds_error(found, truth[clip.name])
    return errors
