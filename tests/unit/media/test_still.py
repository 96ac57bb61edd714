import struct
import zlib
from contextlib import suppress
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from brandlens.errors import CorruptMedia, MediaTooLarge, Refused
from brandlens.media.dimensions import MAX_JPEG_BYTES, MAX_SIDE, MAX_STILL_BYTES, MIN_SIDE, detector_size
from brandlens.media.still import prepare_still, probe_still


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def left_red(size: tuple[int, int] = (200, 100), mode: str = "RGB") -> Image.Image:
    """Red on the left half, blue on the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def opened(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        assert image.format == "JPEG"
        assert image.mode == "RGB"
        image.load()
        return image


def pixel(image: Image.Image, x: float, y: float) -> Any:
    return image.getpixel((int(image.width * x), int(image.height * y)))


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it has this size, with next to no data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


@pytest.mark.parametrize(
    ("value", "red_at"),
    [
        (1, (0.25, 0.5)), (2, (0.75, 0.5)), (3, (0.75, 0.5)), (4, (0.25, 0.5)),
        (5, (0.5, 0.25)), (6, (0.5, 0.25)), (7, (0.5, 0.75)), (8, (0.5, 0.75)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_shown_as_its_orientation_says(
    kind: str, value: int, red_at: tuple[float, float]
) -> None:
    data = encoded(left_red(), kind, exif=orientation(value))
    media, picture = probe_still(data), opened(prepare_still(data).jpeg)
    assert (media.width, media.height) == picture.size == ((200, 100) if value < 5 else (100, 200))
    assert pixel(picture, *red_at) == pytest.approx((254, 0, 0), abs=6)


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0", b"nonsense"]
)
def test_bad_exif_counts_as_upright(exif: bytes) -> None:
    data = encoded(left_red(), "JPEG", exif=exif)
    assert probe_still(data).width == 200
    assert opened(prepare_still(data).jpeg).size == (200, 100)


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("P", "PNG"), ("RGBA", "PNG"), ("RGB", "PNG"), ("RGB", "JPEG")]
)
def test_colours_survive_every_kind_of_picture(mode: str, kind: str) -> None:
    picture = opened(prepare_still(encoded(left_red(mode=mode), kind)).jpeg)
    assert pixel(picture, 0.25, 0.5) == pytest.approx((254, 0, 0), abs=8)
    assert pixel(picture, 0.75, 0.5) == pytest.approx((0, 0, 254), abs=8)


def test_sixteen_bits_are_scaled_to_eight() -> None:
    ramp = np.full((80, 80), 0x8000, np.uint16)
    picture = opened(prepare_still(encoded(Image.fromarray(ramp))).jpeg)
    assert pixel(picture, 0.5, 0.5) == pytest.approx((128, 128, 128), abs=2)


@pytest.mark.parametrize("mode", ["L", "1", "LA"])
def test_gray_pictures_become_colour_pictures(mode: str) -> None:
    picture = opened(prepare_still(encoded(Image.new("L", (80, 80), 255).convert(mode))).jpeg)
    assert pixel(picture, 0.5, 0.5) == (255, 255, 255)


def test_what_is_transparent_becomes_white() -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    assert pixel(opened(prepare_still(encoded(image)).jpeg), 0.5, 0.5) == (255, 255, 255)


@given(st.integers(1, 40_000), st.integers(1, 40_000))
def test_a_detector_is_shown_sides_within_its_limits(width: int, height: int) -> None:
    shown = detector_size(width, height)
    assert all(MIN_SIDE <= side <= MAX_SIDE for side in shown)
    if min(width, height) >= MIN_SIDE and max(width, height) <= MAX_SIDE:
        assert shown == (width, height)
    elif max(width, height) / min(width, height) < 60:
        assert shown[0] / shown[1] == pytest.approx(width / height, rel=0.02)


@pytest.mark.parametrize(
    ("size", "shown"), [((8000, 100), (4096, 64)), ((16, 8), (128, 64)), ((6000, 4000), (4096, 2731))]
)
def test_a_still_is_scaled_to_what_a_detector_takes(size: tuple[int, int], shown: tuple[int, int]) -> None:
    data = encoded(left_red(size), "JPEG")
    picture = opened(prepare_still(data).jpeg)
    assert picture.size == shown
    assert pixel(picture, 0.2, 0.5) == pytest.approx((254, 0, 0), abs=8)
    assert (probe_still(data).width, probe_still(data).height) == size


def test_a_noisy_picture_still_fits_in_four_megabytes() -> None:
    noise = np.random.default_rng(2).integers(0, 256, (2000, 3000, 3)).astype(np.uint8)
    jpeg = prepare_still(encoded(Image.fromarray(noise), compress_level=0)).jpeg
    assert 1_000_000 < len(jpeg) <= MAX_JPEG_BYTES


def test_of_an_animation_the_first_picture_is_taken_with_a_warning() -> None:
    data = encoded(left_red(), save_all=True, append_images=[Image.new("RGB", (200, 100), "green")])
    still = prepare_still(data)
    assert [warning.code for warning in still.warnings] == ["AnimatedPicture"]
    assert "2 frames" in still.warnings[0].message
    assert pixel(opened(still.jpeg), 0.25, 0.5) == pytest.approx((254, 0, 0), abs=6)
    assert prepare_still(encoded(left_red())).warnings == ()


@pytest.mark.parametrize(
    ("size", "figure"),
    [((10_000, 5_000), "50.0 megapixels"), ((12_000, 10_000), "120.0"), ((60_000, 60_000), "3600000000")],
)
@pytest.mark.parametrize("read", [probe_still, prepare_still])
def test_a_bomb_is_refused_by_its_header_with_the_figures(
    read: Any, size: tuple[int, int], figure: str
) -> None:
    with pytest.raises(MediaTooLarge, match=figure):
        read(png_header(*size))


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(MediaTooLarge, match="64 MiB"):
        probe_still(bytes(MAX_STILL_BYTES + 1))


def test_the_largest_still_is_accepted() -> None:
    media = probe_still(png_header(8_000, 5_000))
    assert (media.width, media.height, media.codec) == (8_000, 5_000, "png")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_cut_off_is_corrupt(kind: str) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (100, 100, 3)).astype(np.uint8)
    data = encoded(Image.fromarray(noise), kind)
    assert probe_still(data[: len(data) // 2]).width == 100
    with pytest.raises(CorruptMedia, match="cut off or broken"):
        prepare_still(data[: len(data) // 2])
    with pytest.raises(CorruptMedia, match=r"its data is cut off or broken\.") as told:
        probe_still(data[:3])
    assert "object at" not in str(told.value)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG"]),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=8),
)
def test_broken_bytes_give_a_picture_or_a_refusal(kind: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(encoded(left_red((96, 64)), kind, exif=orientation(6)))
    for place, byte in changes:
        data[int(place * len(data))] = byte
    with suppress(Refused):
        assert opened(prepare_still(bytes(data)).jpeg).width >= MIN_SIDE
