"""How good, fast and small the embedded detector is: `python -m benchmarks.detector`.

Teaches twelve brands on 300 labeled frames, and for half the time on 60, for each seed, and prints every
figure's mean and spread over the seeds beside its target. About a quarter of an hour a seed on 2 cores. Each
seed's model is kept below the cache, in `models/`.
"""

import argparse
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

from benchmarks.detector import measuring
from benchmarks.detector.clips import make_clips
from benchmarks.detector.frames import few_shot, make_set
from benchmarks.detector.measuring import TARGETS, Figure
from brandlens.detect.artifact import Trained, save
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.learning_curve import learning_curve
from brandlens.detect.train import train


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seeds", type=int, default=3, help="how many, from 1 on")
    options.add_argument("--seconds", type=float, default=300, help="of each training")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--cache", type=Path, default=Path(".brandlens/cache/detector"))
    chosen = options.parse_args()
    figures: dict[str, list[float]] = defaultdict(list)
    for seed in range(1, chosen.seeds + 1):
        for figure in measure(seed, seconds=chosen.seconds, threads=chosen.threads, cache=chosen.cache):
            figures[figure.name].append(figure.value)
            say(f"seed {seed}  {figure.name}: {figure.value:.3f}")
    print(f"\n{'figure':48} {'mean':>8} {'least':>8} {'most':>8}  target")
    for name, values in figures.items():
        spread = f"{mean(values):8.3f} {min(values):8.3f} {max(values):8.3f}"
        print(f"{name:48} {spread}  {verdict(name, mean(values))}")


def measure(seed: int, *, seconds: float, threads: int, cache: Path) -> Iterator[Figure]:
    """Make one seed's data, teach twice, and yield every figure as it is measured."""
    started = time.perf_counter()
    made = make_set(seed, cache)
    boxes = sum(len(image.boxes) for image in made.taught)
    lasted = time.perf_counter() - started
    say(f"seed {seed}  {len(made.taught)} frames with {boxes} boxes to learn; all made in {lasted:.0f} s")
    started = time.perf_counter()
    trained = teach(made.taught + made.negatives, made.labels, seed=seed, seconds=seconds, threads=threads)
    yield Figure("seconds of training", time.perf_counter() - started)
    model = cache / "models" / str(seed)
    shutil.rmtree(model, ignore_errors=True)
    save(trained, model)
    yield Figure("mAP@0.5 said by validation", trained.report.mean_average_precision)
    yield from measuring.quality(trained, made, threads=threads)
    yield from measuring.cost(model, made.tested, threads=threads)
    yield from measuring.video_error(trained, make_clips(seed, cache), threads=threads, say=say)
    few = teach(few_shot(made), made.labels, seed=seed, seconds=seconds / 2, threads=threads)
    yield from measuring.few_shot_quality(few, made, threads=threads)
    points = learning_curve(
        few_shot(made),
        made.labels,
        budget_seconds=seconds / 2,
        seed=seed,
        threads=threads,
        progress=lambda fraction: None,
    )
    say(few.report.with_learning_curve(points).outlook)


def teach(
    images: Sequence[LabeledImage], labels: Sequence[str], *, seed: int, seconds: float, threads: int
) -> Trained:
    def progress(step: int, loss: float, seconds_left: float) -> None:
        if sys.stderr.isatty():
            print(f"\rstep {step}  loss {loss:.2f}  {seconds_left:.0f} s left ", end="", file=sys.stderr)

    return train(images, labels, budget_seconds=seconds, seed=seed, progress=progress, threads=threads)


def verdict(name: str, value: float) -> str:
    target = TARGETS.get(name)
    if target is None:
        return ""
    met = value <= target.limit if target.at_most else value >= target.limit
    return f"{'at most' if target.at_most else 'at least'} {target.limit}: {'met' if met else 'MISSED'}"


def say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
