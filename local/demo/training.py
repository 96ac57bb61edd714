"""The labeled pictures the demo's model learns from, with COCO annotations.

They are made from footage the demo's video never shows: the meadow, stream and burrow of Big Buck Bunny (the
video uses only the bird, without brands) and the towers at night. So nothing of the video leaks into what is
learned but the logos themselves.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from local.demo.brands import LABELS, STRANGERS
from local.demo.compositing import Picture, Visible
from local.demo.decoding import chosen
from local.demo.footage import BUNNY, TOWERS, Clip
from local.demo.scattering import scatter

WIDTH, HEIGHT = 1280, 720
COUNT = 180
_WHOLE = 0.95  # below this visible fraction an annotation is marked occluded
SCENES: tuple[tuple[Clip, int, int], ...] = (
    (BUNNY, 40, 285), (BUNNY, 285, 376), (BUNNY, 556, 718), (TOWERS, 0, 114), (TOWERS, 118, 188),
)  # fmt: skip
_NEGATIVE_EVERY = 7


def make(folder: Path, clips: Mapping[Clip, Path], seed: int, tick: Callable[[], None], count: int) -> Path:
    """Write `count` JPEGs and `annotations.json` into `folder`; return the annotations' path.

    Every seventh picture shows no taught brand, half of those a stranger's logo. Boxes are of the visible
    part; annotations carry `attributes {visible, occluded}`.
    """
    rng = np.random.default_rng(seed)
    coco: dict[str, list[dict[str, Any]]] = {
        "images": [],
        "categories": [{"id": number, "name": label} for number, label in enumerate(LABELS, 1)],
        "annotations": [],
    }
    deck: list[str] = []
    for number, scene in enumerate(_scenes(clips, count, rng)):
        name = f"scene-{number:03d}.jpg"
        labels: list[str] = []
        if number % _NEGATIVE_EVERY:
            for _ in range(int(rng.integers(2, 5))):
                deck = deck or list(rng.permutation(LABELS))
                labels.append(deck.pop())
        if rng.random() < 0.5:
            labels.append(STRANGERS[int(rng.integers(len(STRANGERS)))].label)
        seen = scatter(scene, labels, rng)
        cv2.imwrite(str(folder / name), scene, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(78, 95))])
        coco["images"].append({"id": number + 1, "file_name": name, "width": WIDTH, "height": HEIGHT})
        for one in seen:
            if one.label in LABELS:
                coco["annotations"].append(_annotation(one, number + 1, len(coco["annotations"]) + 1))
        tick()
    annotations = folder / "annotations.json"
    annotations.write_text(json.dumps(coco))
    return annotations


def _annotation(seen: Visible, image: int, number: int) -> dict[str, Any]:
    box = [seen.box.left * WIDTH, seen.box.top * HEIGHT, seen.box.width * WIDTH, seen.box.height * HEIGHT]
    return {
        "id": number,
        "image_id": image,
        "category_id": LABELS.index(seen.label) + 1,
        "bbox": [round(edge, 2) for edge in box],
        "area": round(box[2] * box[3], 2),
        "iscrowd": 0,
        "attributes": {"visible": round(seen.fraction, 4), "occluded": seen.fraction < _WHOLE},
    }


def _scenes(clips: Mapping[Clip, Path], count: int, rng: np.random.Generator) -> list[Picture]:
    """Return `count` cut-outs of frames spread over the scenes, in chance order."""
    length = sum(last - first for _, first, last in SCENES)
    wanted: dict[Clip, set[int]] = {}
    for clip, first, last in SCENES:
        share = round(count * (last - first) / length) + 1
        wanted.setdefault(clip, set()).update(np.linspace(first, last - 1, share).astype(int).tolist())
    found = [
        _cut_out(picture, rng) for clip, numbers in wanted.items() for picture in chosen(clips[clip], numbers)
    ]
    while len(found) < count:
        found.append(np.asarray(found[len(found) // 2][:, ::-1].copy(), np.uint8))
    return [found[index] for index in rng.permutation(len(found))[:count]]


def _cut_out(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return a part of a picture at WIDTH x HEIGHT, sometimes mirrored, under slightly other light."""
    share = rng.uniform(0.6, 1.0)
    high = int(min(picture.shape[0], picture.shape[1] * HEIGHT / WIDTH) * share)
    wide = int(high * WIDTH / HEIGHT)
    top, left = (
        int(rng.uniform(0, whole - part + 1))
        for whole, part in zip(picture.shape[:2], (high, wide), strict=True)
    )
    part = cv2.resize(
        picture[top : top + high, left : left + wide], (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC
    )
    if rng.random() < 0.5:
        part = part[:, ::-1]
    lit = part * rng.normal(1.0, 0.05, 3) * rng.uniform(0.75, 1.15)
    return np.clip(lit, 0, 255).astype(np.uint8)
