"""How well and how fast the embedded detector finds the demo's brands, taught in `--seconds`.

Taught on scenes of two clips, tested on scenes of two others; the stranger in the test was never shown. Run
as `python -m benchmarks.detect`; the clips come from packages (see `local.demo.footage`).
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import cv2
import numpy as np

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.evaluate import detect_all, evaluate
from brandlens.detect.inference import EmbeddedDetector
from brandlens.detect.train import train
from local.demo.brands import LABELS, STRANGERS
from local.demo.decoding import frames
from local.demo.footage import BRIDGE, BUNNY, CITY, TOWERS, Clip, fetch
from local.demo.scattering import scatter

TAUGHT_SCENES = ((BUNNY, 40, 376), (BUNNY, 556, 718), (TOWERS, 0, 188))
TESTED_SCENES = ((BRIDGE, 0, 390), (CITY, 0, 270))
TAUGHT_STRANGERS = [brand.label for brand in STRANGERS[:2]]
TESTED_STRANGERS = [brand.label for brand in STRANGERS[2:]]
WIDTH, HEIGHT = 1280, 720
STRANGE, EMPTY, KINDS = 4, 5, 6


def make_pictures(
    files: Mapping[Clip, Path],
    scenes: Sequence[tuple[Clip, int, int]],
    strangers: Sequence[str],
    *,
    count: int,
    seed: int,
) -> list[LabeledImage]:
    """Return about `count` frames with boards painted in.

    Of every six the first four show brands, the last of them beside a stranger; the fifth (`STRANGE`) shows a
    stranger alone and the sixth (`EMPTY`) nothing.
    """
    chance = np.random.default_rng(seed)
    length = sum(last - first for _, first, last in scenes)
    pictures: list[LabeledImage] = []
    for clip, first, last in scenes:
        step = max(1, length // count)
        for number, frame in enumerate(frames(files[clip], first, last)):
            if number % step:
                continue
            picture = np.asarray(cv2.resize(frame, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
            kind = len(pictures) % KINDS
            shown = (
                list(chance.choice(LABELS, int(chance.integers(1, 4)), replace=False))
                if kind < STRANGE
                else []
            )
            if kind in (STRANGE - 1, STRANGE):
                shown.append(str(chance.choice(strangers)))
            seen = scatter(picture, shown, chance)
            quality = [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(70, 95))]
            data = cv2.imencode(".jpg", picture, quality)[1].tobytes()
            boxes = tuple((one.label, one.box) for one in seen if one.label in LABELS)
            scene = f"{clip.name} {number // 25}"
            pictures.append(LabeledImage(partial(bytes, data), WIDTH, HEIGHT, boxes, scene))
    return pictures


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--cache", type=Path, default=Path(".brandlens/cache/footage"))
    chosen = options.parse_args()
    files = {clip: fetch(clip, chosen.cache) for clip in (BUNNY, TOWERS, BRIDGE, CITY)}
    taught = make_pictures(files, TAUGHT_SCENES, TAUGHT_STRANGERS, count=180, seed=chosen.seed)
    tested = make_pictures(files, TESTED_SCENES, TESTED_STRANGERS, count=150, seed=chosen.seed + 1000)

    def progress(step: int, loss: float, seconds_left: float) -> None:
        if sys.stderr.isatty():
            print(f"\rstep {step}  loss {loss:.2f}  {seconds_left:.0f} s left ", end="", file=sys.stderr)

    trained = train(
        taught, LABELS, budget_seconds=chosen.seconds, seed=chosen.seed, progress=progress, threads=2
    )
    detector = EmbeddedDetector.of(trained, threads=2)
    pictures = [image.read() for image in tested]
    detector.detect(pictures[0], min_confidence=50)
    started = time.perf_counter()
    found = detect_all(detector.detect, pictures)
    per_frame = (time.perf_counter() - started) / len(pictures)
    result = evaluate([image.boxes for image in tested], found, LABELS)
    overall = result.overall
    print(f"taught   {len(taught)} pictures in {trained.report.seconds:.0f} s, {trained.report.steps} steps")
    print(
        f"tested   {len(tested)} pictures, {sum(len(image.boxes) for image in tested)} boxes, mAP@0.5 "
        f"{result.mean_average_precision:.3f} (validation said {trained.report.mean_average_precision:.3f})"
    )
    print(f"at 50    precision {overall.precision:.3f}, recall {overall.recall:.3f}, F1 {overall.f1:.3f}")
    for kind, name in ((EMPTY, "empty"), (STRANGE, "strange")):
        alone = evaluate([()] * len(found[kind::KINDS]), found[kind::KINDS], LABELS)
        print(f"{name:8} {alone.false_boxes_per_negative:.3f} false boxes per picture")
    print(f"speed    {per_frame * 1000:.0f} ms per {WIDTH} x {HEIGHT} JPEG on 2 threads")
    print(f"size     {len(trained.network) / 1e6:.2f} MB")
    for label, value in result.average_precision.items():
        print(f"         {label}: average precision {value if value is None else round(value, 3)}")


if __name__ == "__main__":
    main()
