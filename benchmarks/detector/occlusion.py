"""Things that stand in front of a logo."""

import cv2
import numpy as np

from local.demo.compositing import Picture

MOST = 0.2
"""Largest share of a logo's box that is hidden."""


def occlude(
    picture: Picture, scene: Picture, box: tuple[float, float, float, float], rng: np.random.Generator
) -> None:
    """Hide up to MOST of `box` (edges in pixels) behind a post or a corner, made of another part of `scene`.

    `picture` is changed in place, and only inside the box.
    """
    left, top, right, bottom = (int(edge) for edge in box)
    width, height = right - left, bottom - top
    if width < 8 or height < 4:
        return
    share = rng.uniform(0.05, MOST)
    outline: list[tuple[float, float]]
    if rng.random() < 0.5:
        # a post as wide as its share of the box
        middle, half, lean = rng.uniform(0.1, 0.9) * width, share * width / 2, rng.uniform(-0.1, 0.1) * width
        outline = [
            (middle - half - lean, 0), (middle + half - lean, 0),
            (middle + half + lean, height), (middle - half + lean, height),
        ]  # fmt: skip
    else:
        # a corner cut off: half its two sides' product is its share of the box
        along = rng.uniform(max(2 * share, 0.3), 1)
        outline = [(0.0, 0.0), (along * width, 0), (0.0, 2 * share / along * height)]
        if rng.random() < 0.5:
            outline = [(width - x, y) for x, y in outline]
        if rng.random() < 0.5:
            outline = [(x, height - y) for x, y in outline]
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [np.round(np.asarray(outline) * 8).astype(np.int32)], 255, cv2.LINE_AA, 3)
    x, y = (
        int(rng.integers(whole - part + 1))
        for whole, part in zip(scene.shape[1::-1], (width, height), strict=True)
    )
    matter = scene[y : y + height, x : x + width] * rng.uniform(0.4, 0.85)
    alpha = mask[..., None].astype(np.float32) / 255
    hidden = picture[top:bottom, left:right]
    hidden[:] = np.clip(hidden * (1 - alpha) + matter * alpha + 0.5, 0, 255).astype(np.uint8)
