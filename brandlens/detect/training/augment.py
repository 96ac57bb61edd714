"""Changes to training crops: what cameras and codecs do to logos, and things that look like logos only.

Pictures are Pillow RGB images; chance comes from the generator passed in, so a seed fixes everything.
Nothing is mirrored: a mirrored logo is another mark.
"""

import io

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from brandlens.detect.geometry import Floats, areas, intersections

Chance = np.random.Generator
Colour = tuple[int, int, int]
FREE_OVERLAP = 0.02
"""How much of a thing placed at random, or of a box under it, may be shared with a labeled box."""

MOST_TILT = 7.0
"""Degrees by which a pasted patch is turned at most."""


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
        lower = (max(1, int(width * smaller)), max(1, int(height * smaller)))
        picture = picture.resize(lower, Image.Resampling.BILINEAR)
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
    ImageDraw.Draw(picture).rectangle([float(side) for side in strip], fill=random_colour(chance))


def tilt(patch: Image.Image, box: Floats, chance: Chance) -> tuple[Image.Image, Image.Image, Floats]:
    """Turn a patch by a few degrees; return it, the mask of what is patch, and where `box` lies in it now.

    The box stays upright: it is the hull of the turned one.
    """
    degrees = float(chance.uniform(-MOST_TILT, MOST_TILT))
    mask = Image.new("L", patch.size, 255)
    turned = patch.rotate(degrees, Image.Resampling.BILINEAR, expand=True)
    cosine, sine = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    offsets = box[[[0, 1], [2, 1], [2, 3], [0, 3]]] - np.asarray(patch.size) / 2
    corners = offsets @ np.asarray([[cosine, -sine], [sine, cosine]]) + np.asarray(turned.size) / 2
    hull = np.concatenate([corners.min(axis=0), corners.max(axis=0)]).astype(np.float32)
    return turned, mask.rotate(degrees, Image.Resampling.BILINEAR, expand=True), hull


def paste(
    picture: Image.Image, patch: Image.Image, mask: Image.Image, boxes: Floats, chance: Chance
) -> tuple[int, int] | None:
    """Paste `patch` where it covers none of `boxes`; return its corner, or None where no room was found."""
    width, height = patch.size
    if width > picture.width or height > picture.height:
        return None
    for _ in range(4):
        left = int(chance.integers(picture.width - width + 1))
        top = int(chance.integers(picture.height - height + 1))
        placed = np.asarray([[left, top, left + width, top + height]], np.float32)
        shared = intersections(placed, boxes)[0]
        if not (shared > FREE_OVERLAP * np.minimum(areas(placed)[0], areas(boxes))).any():
            picture.paste(patch, (left, top), mask)
            return left, top
    return None


def decoy(patch: Image.Image, chance: Chance) -> Image.Image:
    """Make something as large as a labeled patch that is not its logo, though it may look much like it."""
    kind = chance.random()
    if kind < 0.2:
        return _tiles_swapped(patch, chance)
    if kind < 0.4:
        return _strips_swapped(patch, chance)
    if kind < 0.6:
        return _half_replaced(patch, chance)
    colours = _colours_of(patch, chance) if kind < 0.85 else (random_colour(chance), random_colour(chance))
    return _wordmark(patch.size, *colours, chance) if chance.random() < 0.7 else _shapes(patch.size, chance)


def _tiles_swapped(patch: Image.Image, chance: Chance) -> Image.Image:
    """Swap the tiles of `patch`, so that its colours and strokes no longer make the mark."""
    columns, rows = (3, 2) if patch.width >= patch.height else (2, 3)
    width, height = max(1, patch.width // columns), max(1, patch.height // rows)
    corners = [(column * width, row * height) for column in range(columns) for row in range(rows)]
    shift = int(chance.integers(1, len(corners)))
    result = patch.copy()
    for (x, y), (from_x, from_y) in zip(corners, corners[shift:] + corners[:shift], strict=True):
        result.paste(patch.crop((from_x, from_y, from_x + width, from_y + height)), (x, y))
    return result


def _strips_swapped(patch: Image.Image, chance: Chance) -> Image.Image:
    """Swap upright strips: a word of the same letters, or of parts of them, that is no word."""
    count = int(chance.integers(4, 8))
    edges = np.linspace(0, patch.width, count + 1).astype(int)
    order = chance.permutation(count)
    while (np.diff(order) == 1).any():  # two neighbours in their order still show a piece of the logo
        order = chance.permutation(count)
    result, x = patch.copy(), 0
    for strip in order.tolist():
        piece = patch.crop((int(edges[strip]), 0, int(edges[strip + 1]), patch.height))
        result.paste(piece, (x, 0))
        x += piece.width
    return result


def _half_replaced(patch: Image.Image, chance: Chance) -> Image.Image:
    """Keep one end of a logo, its emblem perhaps, beside an invented word in its colours."""
    keeps = int(patch.width * chance.uniform(0.25, 0.5))
    word = _wordmark((max(1, patch.width - keeps), patch.height), *_colours_of(patch, chance), chance)
    result = patch.copy()
    result.paste(word, (keeps if chance.random() < 0.5 else 0, 0))
    return result


def _wordmark(size: tuple[int, int], ink: Colour, ground: Colour, chance: Chance) -> Image.Image:
    """Set an invented word, perhaps with a plain emblem, as most brands do."""
    width, height = size
    result = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(result)
    left = 0.0
    if chance.random() < 0.4:
        side = min(width / 3, height * chance.uniform(0.5, 0.95))
        top = (height - side) / 2
        box = (0.04 * width, top, 0.04 * width + side, top + side)
        kind = chance.integers(3)
        if kind == 0:
            pen.ellipse(box, fill=ink)
        elif kind == 1:
            pen.rounded_rectangle(box, radius=side / 5, fill=ink)
        else:
            pen.regular_polygon(
                ((box[0] + box[2]) / 2, height / 2, side / 2), int(chance.integers(3, 7)), fill=ink
            )
        if chance.random() < 0.6:
            hole = side * 0.27
            pen.ellipse((box[0] + hole, box[1] + hole, box[2] - hole, box[3] - hole), fill=ground)
        left = box[2] + 0.03 * width
    word = "".join(chr(int(code)) for code in chance.integers(ord("a"), ord("z") + 1, chance.integers(2, 10)))
    word = (word, word.capitalize(), word.upper())[int(chance.integers(3))]
    font = ImageFont.load_default(max(6.0, min(height * 0.85, 1.8 * (width - left) / len(word))))
    stroke = int(chance.integers(0, 2 + height // 40)) if chance.random() < 0.5 else 0
    pen.text(((left + width) / 2, height / 2), word, font=font, anchor="mm", fill=ink, stroke_width=stroke)
    return result


def _shapes(size: tuple[int, int], chance: Chance) -> Image.Image:
    """Draw flat shapes in two or three colours."""
    result = Image.new("RGB", size, random_colour(chance))
    pen = ImageDraw.Draw(result)
    for _ in range(int(chance.integers(1, 4))):
        x0, x1 = np.sort(chance.uniform(0, size[0], 2)).tolist()
        y0, y1 = np.sort(chance.uniform(0, size[1], 2)).tolist()
        kind = chance.integers(3)
        if kind == 0:
            pen.ellipse((x0, y0, x1, y1), fill=random_colour(chance))
        elif kind == 1:
            pen.rectangle((x0, y0, x1, y1), fill=random_colour(chance))
        else:
            corners = chance.uniform(0, 1, (int(chance.integers(3, 6)), 2)) * np.asarray(size)
            pen.polygon([tuple(corner) for corner in corners.tolist()], fill=random_colour(chance))
    return result


def _colours_of(patch: Image.Image, chance: Chance) -> tuple[Colour, Colour]:
    """Return two colours of a patch that lie far apart: a logo's ink and its ground."""
    pixels = np.asarray(patch).reshape(-1, 3)
    some = pixels[chance.integers(len(pixels), size=32)].astype(int)
    ground = some[0]
    ink = some[np.abs(some - ground).sum(axis=1).argmax()]
    return _rgb(ink), _rgb(ground)


def _rgb(pixel: npt.NDArray[np.int_]) -> Colour:
    red, green, blue = pixel.tolist()
    return red, green, blue


def random_colour(chance: Chance) -> Colour:
    if chance.random() < 0.3:
        grey = int(chance.choice([0, 20, 235, 255]))
        return grey, grey, grey
    red, green, blue = chance.integers(0, 256, 3).tolist()
    return red, green, blue
