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
from typing import get_args

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


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    source = make_pictures(FOLDER / "pictures", seed=1)
    slowest = 0.0
    for fmt in get_args(Format):
        seconds = [both_ways(fmt, source, number) for number in range(ROUNDS)]
        exports, imports = (median(column) for column in zip(*seconds, strict=True))
        print(f"{fmt}: to it {exports:.2f} s, from it {imports:.2f} s", flush=True)
        slowest = max(slowest, exports, imports)
    report(f"seconds for converting {BOXES:,} annotations, the slowest format", slowest, 5)
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


def both_ways(fmt: Format, source: Path, number: int) -> tuple[float, float]:
    """Return the seconds that the conversions to a format and from it took."""
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


def timed(*arguments: str) -> float:
    started = time.perf_counter()
    ended = CliRunner().invoke(app, ["labels", *arguments], catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
