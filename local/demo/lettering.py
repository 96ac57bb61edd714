"""Words set in Pillow's own typeface, so that a logo looks alike on every machine."""

import functools

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]


@functools.cache
def _font(pixels: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(pixels)


def set_word(
    word: str, height: int, colour: Colour, *, weight: float = 0.0, spacing: float = 0.0, slant: float = 0.0
) -> Image.Image:
    """Return `word` as an RGBA picture cropped to its ink, `height` pixels of ink tall.

    Parameters
    ----------
    weight, spacing
        Stroke added to each letter and space added between letters, as fractions of the letter height.
    slant
        Horizontal shift per unit of height; 0.2 reads as italic.
    """
    size = height * 2
    stroke, gap = round(weight * size), spacing * size
    font = _font(size)
    advances = [font.getlength(letter) + gap + stroke for letter in word]
    canvas = Image.new("L", (round(sum(advances)) + size, size * 2), 0)
    pen, x = ImageDraw.Draw(canvas), size / 2
    for letter, advance in zip(word, advances, strict=True):
        pen.text((x, size / 2), letter, fill=255, font=font, stroke_width=stroke)
        x += advance
    if slant:
        shear = (1, slant, -slant * size, 0, 1, 0)
        canvas = canvas.transform(canvas.size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC)
    ink = canvas.crop(canvas.getbbox())
    width = max(1, round(ink.width * height / ink.height))
    alpha = ink.resize((width, height), Image.Resampling.LANCZOS)
    word_picture = Image.new("RGBA", alpha.size, (*colour, 0))
    word_picture.putalpha(alpha)
    return word_picture


def ink_box(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) in pixels of what is more opaque than transparent."""
    rows, columns = np.nonzero(np.asarray(picture.getchannel("A")) > 127)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1
