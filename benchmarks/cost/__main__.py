"""What a video of 16 minutes at 3 frames a second costs: `python -m benchmarks.cost` (minutes on 2 cores).

By the sample's method, by brandlens with Rekognition and by brandlens' embedded detector. Novelty is judged
on real footage with boards in it, and the detector is the one that `python -m benchmarks.detector --seeds 1`
taught those brands, which comes first. What runs on this machine is reckoned as Lambda's processors.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.cost import ours, sample
from benchmarks.cost.footage import HELD_SECONDS, held, moving
from benchmarks.cost.measuring import Measured, measure
from benchmarks.cost.sample import total
from benchmarks.figures import report
from brandlens.detect.load import load_detector
from brandlens.inference import ASSUMED_FRAMES_PER_SECOND

CACHE = Path(".brandlens/cache/detector")
SEED = 1
LEAST_RECALL = 0.98


def main() -> None:
    argparse.ArgumentParser(prog="python -m benchmarks.cost", description=__doc__).parse_args()
    model = CACHE / "models" / str(SEED)
    clips = sorted((CACHE / "clips").glob(f"{SEED}-*.mp4"))
    if not model.exists() or not clips:
        sys.exit("There is no detector to measure. Teach it: python -m benchmarks.detector --seeds 1")
    detector = load_detector(model, mode="fast", threads=1)
    print(f"by the sample's method: {total(sample.ANALYSIS):.2f} dollars", flush=True)
    tell("drone flights and an animated film, cameras moving", measure(moving(clips), detector))
    tell(f"the same held, a picture for {HELD_SECONDS} seconds", measure(held(clips), detector))


def tell(what: str, measured: Measured) -> None:
    carried = measured.sampled - measured.kept
    print(f"\n{what}: {measured.sampled} frames, {carried} carried ({carried / measured.sampled:.0%})")
    print(f"extraction {measured.extract_gb_seconds:.0f} GB-seconds of Lambda, "
          f"the embedded detector {measured.gb_seconds_per_frame:.2f} a frame")  # fmt: skip
    spent, theirs = total(sample.ANALYSIS), sample.FRAMES_PER_UNIT_SECOND
    for detector, speed, share in (
        ("rekognition", ASSUMED_FRAMES_PER_SECOND, 1 / 4),
        ("rekognition", theirs, 1 / 4),
        ("embedded", theirs, 1 / 50),
    ):
        cost = ours.analysis(
            detector,
            kept=measured.kept,
            frames_per_unit_second=speed,
            gb_seconds_per_frame=measured.gb_seconds_per_frame,
            extract_gb_seconds=measured.extract_gb_seconds,
        )
        at = f" at {speed:.2f} frames a second for each unit" if detector == "rekognition" else ""
        report(f"dollars by brandlens, {detector}{at}", total(cost), round(spent * share, 3))
    print(f"recall of the brand seconds found by looking at every frame: {measured.recall:.4f}")
    report(
        "brand seconds overlooked for carrying, as a share", 1 - measured.recall, round(1 - LEAST_RECALL, 3)
    )


if __name__ == "__main__":
    main()
