"""What Rekognition takes for a picture."""

import io

from PIL import Image

from local.services.aws_json.errors import ServiceError
from local.services.rekognition.errors import invalid_parameter

MAX_BYTES = 4 * 1024 * 1024
MAX_OBJECT_BYTES = 15 * 1024 * 1024
MIN_SIDE, MAX_SIDE = 64, 4096


def check_picture(image: bytes, *, max_bytes: int) -> None:
    """Raise `ServiceError` unless `image` is a JPEG or PNG within the limits. Reads its header only."""
    if len(image) > max_bytes:
        raise ServiceError(
            "ImageTooLargeException", f"Image size is too large: {len(image)} bytes, limit {max_bytes}."
        )
    try:
        with Image.open(io.BytesIO(image), formats=("JPEG", "PNG")) as header:
            sides = header.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ServiceError("ImageTooLargeException", "Image dimensions are too large") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ServiceError("InvalidImageFormatException", "Request has invalid image format") from error
    if max(sides) > MAX_SIDE:
        raise ServiceError(
            "ImageTooLargeException", f"Image dimensions {sides[0]} x {sides[1]} exceed {MAX_SIDE} pixels."
        )
    if min(sides) < MIN_SIDE:
        raise invalid_parameter(
            f"Request has invalid parameters: image dimensions {sides[0]} x {sides[1]} are below {MIN_SIDE}."
        )
