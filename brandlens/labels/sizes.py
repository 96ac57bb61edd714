"""How large a picture is shown, by its header alone."""

from typing import BinaryIO, Literal, NamedTuple

from PIL import Image, UnidentifiedImageError

from brandlens.errors import InvalidLabels

_ORIENTATION = 0x0112
_ROTATING = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height."""


class Size(NamedTuple):
    """Width and height in pixels as shown, EXIF orientation applied."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width} x {self.height}"


class Header(NamedTuple):
    """What a picture file's header says."""

    size: Size
    format: Literal["jpeg", "png"]


def read_header(file: BinaryIO, *, name: str) -> Header:
    """Read the header of the picture called `name`; `InvalidLabels` where it is neither JPEG nor PNG."""
    try:
        with Image.open(file, formats=("JPEG", "PNG")) as image:
            width, height = image.size
            if image.getexif().get(_ORIENTATION) in _ROTATING:
                width, height = height, width
            is_jpeg = image.format != "PNG"
    except UnidentifiedImageError as error:  # whose words name an object of Python's
        raise InvalidLabels(
            f"{name} cannot be learned from", "it is neither JPEG nor PNG", "Convert it"
        ) from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidLabels(
            f"{name} cannot be learned from", f"it cannot be read as JPEG or PNG ({error})", "Convert it"
        ) from error
    return Header(Size(width, height), "jpeg" if is_jpeg else "png")
