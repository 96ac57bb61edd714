"""One seed's figures: a detector taught with its frames, asked about its frames and clips never taught.

Figures are by name; `TARGETS` says what they should reach.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple, get_args

from benchmarks.detector.clips import BenchmarkClip
from benchmarks.detector.frames import BenchmarkSet
from benchmarks.detector.fresh import measure_cost
from brandlens.detect.artifact import Trained
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.evaluation.coco_metrics import SIZES
from brandlens.detect.evaluation.evaluate import LEAST_CONFIDENCE, Evaluation, evaluate
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.pyramid import Mode
from brandlens.screen_time import SecondsError, seconds_error, seconds_on_screen

MODES: tuple[Mode, ...] = get_args(Mode)
SMALL = SIZES[0].name
TIMED_PICTURES = 60
LOOKS_PER_SECOND = 12.5
"""At which clips are sampled, every second frame: 5 % of what a brand is shown may be a sixth of a second."""
SERVICE_RATE = 2.0
"""At which the service samples unless told otherwise: said beside it, with no target."""
BRAND_ERROR = 0.05
"""The error of one brand in one clip that is good enough."""


class Figure(NamedTuple):
    """A named figure; fractions unless the name says otherwise."""

    name: str
    value: float


class Target(NamedTuple):
    """What a figure shall reach: no less than `limit`, or no more where `at_most`."""

    limit: float
    at_most: bool = False


TARGETS = {
    "seconds of training": Target(300, at_most=True),
    "mAP@0.5, fast": Target(0.93),
    "mAP@0.5, accurate": Target(0.95),
    f"mAP@0.5 {SMALL}, accurate": Target(0.85),
    "recall, fast": Target(0.88),
    "recall, accurate": Target(0.88),
    "false boxes per clean picture, fast": Target(0.02, at_most=True),
    "false boxes per clean picture, accurate": Target(0.02, at_most=True),
    "false boxes per distractor picture, fast": Target(0.08, at_most=True),
    "false boxes per distractor picture, accurate": Target(0.08, at_most=True),
    "frames/s, fast": Target(10),
    "peak MiB, fast": Target(400, at_most=True),
    "peak MiB, accurate": Target(400, at_most=True),
    "seconds of a cold start, fast": Target(1.5, at_most=True),
    "seconds of loading, fast": Target(0.3, at_most=True),
    "few-shot mAP@0.5, accurate": Target(0.82),
    "error of seconds on screen": Target(0.05, at_most=True),
    "error of seconds on screen, mean brand": Target(0.05, at_most=True),
}


def quality(trained: Trained, made: BenchmarkSet, *, threads: int) -> Iterator[Figure]:
    """Yield how well the brands are found, and what is taken for one, in each mode."""
    for mode in MODES:
        detector = EmbeddedDetector.of(trained, mode=mode, threads=threads)
        tested = _compare(detector, made.tested, ["tested"] * len(made.tested))
        groups = ["clean"] * len(made.clean) + ["distractor"] * len(made.distractor)
        without = _compare(detector, made.clean + made.distractor, groups)
        yield Figure(f"mAP@0.5, {mode}", tested.mean_average_precision)
        yield Figure(f"mAP@0.5:0.95, {mode}", tested.mean_average_precision_50_95)
        for figures in tested.by_size:
            yield Figure(f"mAP@0.5 {figures.size}, {mode}", figures.mean_average_precision or 0.0)
        yield Figure(f"recall, {mode}", tested.overall.recall)
        yield Figure(f"precision, {mode}", tested.overall.precision)
        for group, boxes in without.false_boxes.items():
            yield Figure(f"false boxes per {group} picture, {mode}", boxes)


def few_shot_quality(trained: Trained, made: BenchmarkSet, *, threads: int) -> Iterator[Figure]:
    """Yield how well the brands are found after few labels, in each mode."""
    for mode in MODES:
        detector = EmbeddedDetector.of(trained, mode=mode, threads=threads)
        tested = _compare(detector, made.tested, ["tested"] * len(made.tested))
        yield Figure(f"few-shot mAP@0.5, {mode}", tested.mean_average_precision)


def cost(model: Path, pictures: Sequence[LabeledImage], *, threads: int) -> Iterator[Figure]:
    """Yield what looking at pictures costs in a process of its own, in each mode, with the saved `model`."""
    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder)
        for number, picture in enumerate(pictures[:TIMED_PICTURES]):
            (shown / f"{number:03}.jpg").write_bytes(picture.read())
        yield Figure("model MiB", sum(file.stat().st_size for file in model.iterdir()) / 2**20)
        for mode in MODES:
            measured = measure_cost(model, mode, shown, threads=threads)
            yield Figure(f"frames/s, {mode}", measured.frames_per_second)
            yield Figure(f"peak MiB, {mode}", measured.peak_mebibytes)
            yield Figure(f"seconds of a cold start, {mode}", measured.start_seconds)
            yield Figure(f"seconds of loading, {mode}", measured.load_seconds)


def video_error(
    trained: Trained, clips: Sequence[BenchmarkClip], *, threads: int, say: Callable[[str], None]
) -> Iterator[Figure]:
    """Yield by what share of the truth the seconds on screen are wrong: of all brands and clips together
    (differences added up, not set off against each other; seconds of a brand never shown count too), of a
    brand in a clip on average, and of the worst; and the share of brands in clips within 5 %."""
    detector = EmbeddedDetector.of(trained, threads=threads)
    for rate, of_rate in ((LOOKS_PER_SECOND, ""), (SERVICE_RATE, f", {SERVICE_RATE:g} looks a second")):
        errors: list[SecondsError] = []
        for clip in clips:
            true = {label: sum(end - start for start, end in spans) for label, spans in clip.truth.items()}
            of_clip = seconds_error(seconds_on_screen(clip.path, detector, sample_rate_hz=rate), true)
            say("; ".join(f"{one.label} {one.found:.1f} s of {one.true:.1f} s" for one in of_clip))
            errors += of_clip
        wrong = sum(abs(one.found - one.true) for one in errors)
        shown = [one.fraction for one in errors if one.fraction is not None]
        within = sum(fraction <= BRAND_ERROR for fraction in shown) / len(shown)
        yield Figure(f"error of seconds on screen{of_rate}", wrong / sum(one.true for one in errors))
        yield Figure(f"error of seconds on screen, mean brand{of_rate}", fmean(shown))
        yield Figure(f"error of seconds on screen, worst brand{of_rate}", max(shown))
        yield Figure(f"brands with at most {BRAND_ERROR:.0%} error of seconds{of_rate}", within)


def _compare(detector: EmbeddedDetector, images: Sequence[LabeledImage], groups: Sequence[str]) -> Evaluation:
    found = detector.detect_batch((image.read() for image in images), min_confidence=LEAST_CONFIDENCE)
    return evaluate(
        [image.boxes for image in images],
        list(found),
        detector.labels,
        shapes=[(image.width, image.height) for image in images],
        groups=groups,
    )
