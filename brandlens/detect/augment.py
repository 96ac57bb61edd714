"""Changes to training crops: what cameras and codecs do to logos, and things that look like logos only.

Pictures are Pillow RGB images; chance comes from the generator passed in, so a seed fixes everything.
Nothing is mirrored: a mirrored logo is another mark.
"""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from brandlens.detect.geometry import Floats, areas, intersections

Chance = np.random.Generator
FREE_OVERLAP = 0.02
"""How much of a thing placed at random, or of a box under it, may be shared with a labeled box."""


def degrade(picture: Image.Image, chance: Chance) -> Image.Image:
    """Vary light and colour, and sometimes blur, lose resolution, add noise and compress."""
    for enhancer, spread in (
        (ImageEnhance.Brightness, 0.3),
        (ImageEnhance.Contrast, 0.25),
        (ImageEnhance.Color, 0.3),
    ):
        picture = enhancer(picture).enhance(chance.uniform(1 - spread, 1 + spread))
    if chance.random() < 0.25:
        picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.6)))
    if chance.random() < 0.15:
        smaller = chance.uniform(0.45, 0.9)
        width, height = picture.size
        picture = picture.resize((int(width * smaller), int(height * smaller)), Image.Resampling.BILINEAR)
        picture = picture.resize((width, height), Image.Resampling.BILINEAR)
    if chance.random() < 0.5:
        pixels = np.asarray(picture, dtype=np.float32) * chance.uniform(0.9, 1.1, 3).astype(np.float32)
        if chance.random() < 0.5:
            pixels += chance.standard_normal(pixels.shape, dtype=np.float32) * chance.uniform(2, 10)
        picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if chance.random() < 0.3:
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=int(chance.integers(35, 90)))
        picture = Image.open(buffer).convert("RGB")
    return picture


def occlude(picture: Image.Image, box: Floats, chance: Chance) -> None:
    """Cover an edge strip of at most a quarter of `box` (left, top, right, bottom in pixels)."""
    left, top, right, bottom = box
    share = chance.uniform(0.05, 0.25)
    strips = (
        (left, top, left + share * (right - left), bottom),
        (right - share * (right - left), top, right, bottom),
        (left, top, right, top + share * (bottom - top)),
        (left, bottom - share * (bottom - top), right, bottom),
    )
    strip = strips[chance.integers(4)]
    ImageDraw.Draw(picture).rectangle([float(side) for side in strip], fill=_colour(chance))


def paste(picture: Image.Image, patch: Image.Image, boxes: Floats, chance: Chance) -> Floats | None:
    """Paste `patch` where it covers none of `boxes`; return its box, or None where no room was found."""
    width, height = patch.size
    if width > picture.width or height > picture.height:
        return None
    for _ in range(4):
        left = int(chance.integers(picture.width - width + 1))
        top = int(chance.integers(picture.height - height + 1))
        placed = np.asarray([[left, top, left + width, top + height]], np.float32)
        shared = intersections(placed, boxes)[0]
        if not (shared > FREE_OVERLAP * np.minimum(areas(placed)[0], areas(boxes))).any():
            picture.paste(patch, (left, top))
            return np.asarray(placed[0])
    return None


def decoy(patch: Image.Image, chance: Chance) -> Image.Image:
    """Make something that only looks like a logo: a labeled patch shuffled, or text and shapes drawn."""
    return _shuffled(patch, chance) if chance.random() < 0.4 else _drawn(patch.size, chance)


def _shuffled(patch: Image.Image, chance: Chance) -> Image.Image:
    """Swap the tiles of `patch`, so that its colours and strokes no longer make the mark."""
    columns, rows = (3, 2) if patch.width >= patch.height else (2, 3)
    width, height = max(1, patch.width // columns), max(1, patch.height // rows)
    corners = [(column * width, row * height) for column in range(columns) for row in range(rows)]
    shift = int(chance.integers(1, len(corners)))
    result = patch.copy()
    for (x, y), (from_x, from_y) in zip(corners, corners[shift:] + corners[:shift], strict=True):
        result.paste(patch.crop((from_x, from_y, from_x + width, from_y + height)), (x, y))
    return result


def _drawn(size: tuple[int, int], chance: Chance) -> Image.Image:
    """Draw an invented mark: flat shapes in two or three colours with some letters."""
    result = Image.new("RGB", size, _colour(chance))
    pen = ImageDraw.Draw(result)
    for _ in range(int(chance.integers(1, 4))):
        x0, x1 = np.sort(chance.uniform(0, size[0], 2)).tolist()
        y0, y1 = np.sort(chance.uniform(0, size[1], 2)).tolist()
        kind = chance.integers(3)
        if kind == 0:
            pen.ellipse((x0, y0, x1, y1), fill=_colour(chance))
        elif kind == 1:
            pen.rectangle((x0, y0, x1, y1), fill=_colour(chance))
        else:
            corners = chance.uniform(0, 1, (int(chance.integers(3, 6)), 2)) * np.asarray(size)
            pen.polygon([tuple(corner) for corner in corners.tolist()], fill=_colour(chance))
    if chance.random() < 0.6:
        letters = "".join(
            chr(int(code)) for code in chance.integers(ord("A"), ord("Z") + 1, chance.integers(1, 8))
        )
        letters = letters.capitalize() if chance.random() < 0.5 else letters
        font = ImageFont.load_default(max(6.0, min(size[1] * 0.8, 1.6 * size[0] / len(letters))))
        pen.text((size[0] / 2, size[1] / 2), letters, font=font, anchor="mm", fill=_colour(chance))
    return result


def _colour(chance: Chance) -> tuple[int, int, int]:
    if chance.random() < 0.3:
        grey = int(chance.choice([0, 20, 235, 255]))
        return grey, grey, grey
    red, green, blue = chance.integers(0, 256, 3).tolist()
    return red, green, blue
