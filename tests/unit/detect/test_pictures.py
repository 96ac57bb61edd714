import numpy as np
import pytest
from PIL import Image

from brandlens.detect import pictures
from brandlens.detect.pictures import decode
from brandlens.errors import CorruptMedia, MediaTooLarge

RED, WHITE = (255, 0, 0), (255, 255, 255)


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (-1, -1)), (6, (0, -1)), (8, (-1, 0))])
def test_orientation_is_applied(encode_picture, orientation, corner):
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste(RED, (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = np.asarray(decode(encode_picture(picture, exif=exif), longest_side=100))
    assert upright.shape[:2] == ((20, 40) if orientation in (1, 3) else (40, 20))
    assert tuple(upright[corner]) == RED


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "1", "P", "I;16", "RGBA", "LA"])
def test_any_mode_becomes_rgb(encode_picture, mode):
    source = Image.new("L", (30, 20), 255)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    white = Image.fromarray(np.full((20, 30), 65535, np.uint16)) if mode == "I;16" else source.convert(mode)
    decoded = decode(encode_picture(white, kind), longest_side=100)
    assert decoded.mode == "RGB"
    assert np.asarray(decoded).min() > 250


def test_transparent_parts_are_white(encode_picture):
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert tuple(np.asarray(decode(encode_picture(clear), longest_side=100))[5, 5]) == WHITE


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_huge_picture_is_scaled_down_and_a_small_one_is_left(encode_picture, kind):
    assert decode(encode_picture(Image.new("RGB", (4096, 1024)), kind), longest_side=1280).size == (1280, 320)
    assert decode(encode_picture(Image.new("RGB", (64, 3)), kind), longest_side=1280).size == (64, 3)


def test_the_first_picture_of_an_animation_counts(encode_picture):
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    data = encode_picture(first, save_all=True, append_images=[second])
    assert tuple(np.asarray(decode(data, longest_side=100))[0, 0]) == RED


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut short"])
def test_bytes_that_are_no_picture_are_refused(data):
    with pytest.raises(CorruptMedia):
        decode(data, longest_side=100)


def test_a_truncated_picture_is_refused(encode_picture):
    noise = Image.effect_noise((200, 200), 50).convert("RGB")
    with pytest.raises(CorruptMedia):
        decode(encode_picture(noise, "JPEG")[:2000], longest_side=1000)


def test_a_picture_beyond_the_limit_is_refused_before_it_is_decoded(encode_picture, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 99)
    with pytest.raises(MediaTooLarge):
        decode(encode_picture(Image.new("RGB", (10, 10))), longest_side=100)
