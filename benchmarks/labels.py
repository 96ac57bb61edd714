"""What converting annotations costs: `python -m benchmarks.labels` (some seconds).

5,000 boxes on 1,000 pictures are written in every format and read back, files and pictures' headers included,
through the command that people use.
"""

import json
import random
import shutil
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple, get_args

from PIL import Image
from typer.testing import CliRunner

from benchmarks.figures import report
from brandlens.cli.main import app
from brandlens.labels.writing import Format

FOLDER = Path(".brandlens/bench/labels")
PICTURES, BOXES = 1_000, 5_000
WIDTH, HEIGHT = 1280, 720
LABELS = [f"Brand {number}" for number in range(12)]
ROUNDS = 3
ENTRIES: dict[Format, str] = {
    "coco": "annotations.json",
    "yolo": "data.yaml",
    "voc": ".",
    "manifest": "annotations.manifest",
    "video-manifest": "output.manifest",
}


class Cost(NamedTuple):
    """Seconds of the clock and of the CPU."""

    wall: float
    cpu: float


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    source = make_pictures(FOLDER / "pictures", seed=1)
    slowest = Cost(0, 0)
    for fmt in get_args(Format):
        rounds = [both_ways(fmt, source, number) for number in range(ROUNDS)]
        for way, costs in zip(("to", "from"), zip(*rounds, strict=True), strict=True):
            cost = Cost(*map(median, zip(*costs, strict=True)))
            print(f"{way} {fmt}: {cost.wall:.2f} s, {cost.cpu:.2f} s of CPU", flush=True)
            slowest = Cost(max(slowest.wall, cost.wall), max(slowest.cpu, cost.cpu))
    report(f"seconds for converting {BOXES:,} annotations, the slowest way", slowest.wall, 5)
    # On a busy machine the wall tells of its neighbours.
    report("its seconds of CPU", slowest.cpu, 5)
    shutil.rmtree(FOLDER)


def make_pictures(folder: Path, *, seed: int) -> Path:
    """Lay the pictures and their COCO annotations; return these."""
    chance = random.Random(seed)
    images, annotations = [], []
    for number in range(PICTURES):
        name = f"video {number % 10}/{number}.jpg"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (WIDTH, HEIGHT)).save(folder / name)
        images.append({"id": number, "file_name": name, "width": WIDTH, "height": HEIGHT})
    for number in range(BOXES):
        box = [chance.randrange(WIDTH - 200), chance.randrange(HEIGHT - 200)]
        size = [chance.randrange(1, 200), chance.randrange(1, 200)]
        annotations.append(
            {
                "id": number,
                "image_id": number % PICTURES,
                "category_id": number % len(LABELS),
                "bbox": box + size,
            }
        )
    categories = [{"id": number, "name": label} for number, label in enumerate(LABELS)]
    document = {"images": images, "annotations": annotations, "categories": categories}
    source = folder.parent / "source.json"
    source.write_text(json.dumps(document))
    return source


def both_ways(fmt: Format, source: Path, number: int) -> tuple[Cost, Cost]:
    """Return what the conversions to a format and from it cost."""
    laid = FOLDER / f"{fmt}-{number}"
    shutil.copytree(FOLDER / "pictures", laid, copy_function=hard_link)
    pictures = ("--pictures", str(laid))
    exports = timed(
        "export", str(source), *pictures, "--format", fmt, "--out", str(laid), "--pictures-at", "s3://b"
    )
    back = FOLDER / f"{fmt}-{number}.json"
    imports = timed("import", str(laid / ENTRIES[fmt]), *pictures, "--out", str(back))
    count = len(json.loads(back.read_text())["annotations"])
    assert count == BOXES, f"{count} boxes came back from {fmt}"
    return exports, imports


def hard_link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


def timed(*arguments: str) -> Cost:
    started = Cost(time.perf_counter(), time.process_time())
    ended = CliRunner().invoke(app, ["labels", *arguments], catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return Cost(time.perf_counter() - started.wall, time.process_time() - started.cpu)


if __name__ == "__main__":
    main()
