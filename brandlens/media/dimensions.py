"""Sizes of pictures: what is accepted, and what a detector is shown."""

from brandlens.errors import MediaTooLarge

MIN_SIDE = 64
MAX_SIDE = 4_096
"""Pixels a side that Amazon Rekognition Custom Labels accepts ("Guidelines and quotas": 64 to 4,096)."""

MAX_JPEG_BYTES = 4_000_000
"""Picture bytes that DetectCustomLabels takes ("Guidelines and quotas": 4 MB), read as decimal to be safe."""

MAX_STILL_PIXELS = 40_000_000
"""Pixels of a still. Rekognition looks at 4,096 x 4,096 = 16.8 megapixels at most, so more adds nothing, and
decoding 40 megapixels takes 160 MB."""

MAX_STILL_BYTES = 64 * 2**20
"""Bytes of a still: more than 40 megapixels of 8-bit PNG need in practice; it is read whole into memory."""

MAX_VIDEO_PIXELS = 24_000_000
"""Pixels of one frame of a video, enough for 6K. A decoder keeps up to about 20 frames of 3 bytes a pixel
(10-bit 4:2:0), 1.4 GB here; 8K would not fit a function's memory."""

MAX_VIDEO_SECONDS = 12 * 3_600
"""Length of a video: 12 hours, 86,400 frames at 2 a second."""


def require_pixels(width: int, height: int, limit: int) -> None:
    """Raise `MediaTooLarge` when a picture has more than `limit` pixels."""
    if width * height > limit:
        raise MediaTooLarge(
            "The picture is too large",
            f"{width} x {height} is {width * height / 1e6:.1f} megapixels and the limit is {limit / 1e6:.0f}",
            "Scale it down first: detection looks at 4,096 pixels a side at most",
        )


def require_still_bytes(size: int) -> None:
    """Raise `MediaTooLarge` when a still has more than `MAX_STILL_BYTES` bytes."""
    if size > MAX_STILL_BYTES:
        raise MediaTooLarge(
            "The picture is too large",
            f"it has {size / 2**20:.0f} MiB and the limit is {MAX_STILL_BYTES / 2**20:.0f} MiB",
            "Save it as JPEG, or scale it down",
        )


def detector_size(width: int, height: int) -> tuple[int, int]:
    """Return the width and height, in pixels, at which a picture is shown to a detector.

    Both lie within `MIN_SIDE` and `MAX_SIDE`: large pictures are scaled down and tiny ones up, keeping their
    proportions unless they are longer than 64:1. Boxes are fractions, so they stay true either way.
    """
    scale = min(MAX_SIDE / max(width, height), max(1.0, MIN_SIDE / min(width, height)))
    return _clamp(round(width * scale)), _clamp(round(height * scale))


def _clamp(side: int) -> int:
    return min(max(side, MIN_SIDE), MAX_SIDE)
