"""Two invented brands, and pictures that show them: flat logos on simple backgrounds, quick to learn."""

import json
import random
import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

ACME, BOLT = "Acme", "Bolt"
LABELS = (ACME, BOLT)
WIDTH, HEIGHT = 640, 360
VIDEO_SECONDS, SHOWN_FROM, SHOWN_UNTIL = 6.0, 1.0, 4.0
Placed = tuple[str, tuple[int, int, int, int]]
"""A label and its left, top, width and height in pixels."""

_DRAWN = 256
_PICTURES, _PICTURES_A_SCENE = 48, 4


def logo(label: str, size: int) -> Image.Image:
    """Draw a logo of `size` x `size` pixels, transparent around it."""
    drawn = Image.new("RGBA", (_DRAWN, _DRAWN))
    pen = ImageDraw.Draw(drawn)
    if label == ACME:
        pen.ellipse((0, 0, 255, 255), fill="#d0102a")
        pen.polygon([(128, 30), (215, 200), (41, 200)], fill="white")
    else:
        pen.rectangle((0, 0, 255, 255), fill="#1238b0")
        pen.polygon([(150, 15), (50, 150), (120, 150), (95, 240), (205, 105), (135, 105)], fill="#ffd800")
    return drawn.resize((size, size), Image.Resampling.LANCZOS)


def background(seed: int) -> Image.Image:
    """Paint soft patches of muted colour; pictures of one seed are one scene."""
    chance = random.Random(seed)
    scene = Image.new("RGB", (WIDTH, HEIGHT), _muted(chance))
    pen = ImageDraw.Draw(scene)
    for _ in range(9):
        left, top = chance.randrange(-100, WIDTH), chance.randrange(-100, HEIGHT)
        box = (left, top, left + chance.randrange(80, 320), top + chance.randrange(80, 240))
        (pen.ellipse if chance.random() < 0.5 else pen.rectangle)(box, fill=_muted(chance))
    return scene.filter(ImageFilter.GaussianBlur(6))


def picture(seed: int, placed: Sequence[Placed]) -> Image.Image:
    """Show the logos, the width of each its size, on the background of that seed."""
    shown = background(seed)
    for label, (left, top, width, _) in placed:
        drawn = logo(label, width)
        shown.paste(drawn, (left, top), drawn)
    return shown


def still(label: str) -> Image.Image:
    """Show one logo, large, a little off the middle."""
    return picture(51, [(label, (300, 80, 160, 160))])


def jpeg(label: str) -> bytes:
    return encoded(still(label), "JPEG", quality=90)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def write_video(path: Path) -> Path:
    """Write a video in which Acme moves to the right from `SHOWN_FROM` to `SHOWN_UNTIL`."""
    scene, moving = path.with_suffix(".scene.png"), path.with_suffix(".logo.png")
    background(50).save(scene)
    logo(ACME, 150).save(moving)
    shown = f"overlay=x='60*t':y=100:enable='between(t,{SHOWN_FROM},{SHOWN_UNTIL})'"
    subprocess.run(
        [
            "ffmpeg", "-v", "error", "-loop", "1", "-framerate", "25", "-t", str(VIDEO_SECONDS), "-i", scene,
            "-i", moving, "-filter_complex", shown, "-c:v", "libx264", "-preset", "veryfast",
            "-pix_fmt", "yuv420p", path,
        ],
        check=True,
    )  # fmt: skip
    return path


def write_restless_video(path: Path) -> Path:
    """Write a minute of video in which every frame is new, so that looking at it takes a while."""
    subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=320x180:r=5:d=60",
            "-pix_fmt",
            "yuv420p",
            path,
        ],
        check=True,
    )
    return path


def write_training(folder: Path) -> Path:
    """Write labeled pictures into `folder`, every eighth without a brand; return the annotations."""
    chance = random.Random(7)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number in range(_PICTURES):
        scene = number // _PICTURES_A_SCENE
        name = f"{number:02d}.jpg"
        placed = () if number % 8 == 7 else tuple(_scattered(chance))
        picture(1000 + scene, placed).save(folder / name, quality=90)
        images.append(
            {"id": number, "file_name": name, "width": WIDTH, "height": HEIGHT, "scene": f"scene {scene}"}
        )
        for label, box in placed:
            annotations.append(
                {
                    "id": len(annotations),
                    "image_id": number,
                    "category_id": LABELS.index(label),
                    "bbox": box,
                }
            )
    categories = [{"id": number, "name": label} for number, label in enumerate(LABELS)]
    path = folder / "annotations.json"
    path.write_text(json.dumps({"images": images, "annotations": annotations, "categories": categories}))
    return path


def _scattered(chance: random.Random) -> Iterator[Placed]:
    """Place one or two logos, each in a half of its own so that none hides another."""
    for column in chance.sample(range(2), chance.randint(1, 2)):
        size = chance.randrange(90, 220)
        left = column * WIDTH // 2 + chance.randrange(WIDTH // 2 - size)
        yield chance.choice(LABELS), (left, chance.randrange(HEIGHT - size), size, size)


def _muted(chance: random.Random) -> tuple[int, int, int]:
    return (chance.randrange(70, 190), chance.randrange(70, 190), chance.randrange(70, 190))
