import numpy as np
import pytest
from PIL import Image

from brandlens.detect import pictures
from brandlens.detect.pictures import decode
from brandlens.errors import CorruptMedia, InvalidInput, MediaTooLarge

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


def test_a_dark_picture_of_16_bits_stays_dark(encode_picture):
    dark = Image.fromarray(np.full((20, 30), 255, np.uint16))
    assert np.asarray(decode(encode_picture(dark), longest_side=100)).max() <= 1


@pytest.mark.parametrize("size", [(1, 1), (3, 5000), (5000, 3)])
def test_pictures_that_are_hardly_there_keep_a_pixel_each_way(encode_picture, size):
    decoded = decode(encode_picture(Image.new("RGB", size, "red")), longest_side=1280)
    assert decoded.size == tuple(min(side, 1280) for side in size) or min(decoded.size) == 1


def test_exif_data_that_makes_no_sense_counts_as_upright(encode_picture):
    data = encode_picture(Image.new("RGB", (40, 20)), "JPEG", exif=b"Exif\x00\x00MM\x00\x2a\xff\xff\xff")
    assert decode(data, longest_side=100).size == (40, 20)


def test_pixels_are_taken_as_they_are_and_left_so():
    pixels = np.random.default_rng(1).integers(0, 255, (20, 30, 3), dtype=np.uint8)
    before = pixels.copy()
    np.testing.assert_array_equal(np.asarray(decode(pixels, longest_side=100)), before)
    assert decode(pixels, longest_side=15).size == (15, 10)
    np.testing.assert_array_equal(pixels, before)


@pytest.mark.parametrize(
    ("pixels", "words"),
    [
        (np.zeros((4, 4), np.uint8), "uint8 in the shape 4 x 4"),
        (np.zeros((4, 4, 4), np.uint8), "4 x 4 x 4"),
        (np.zeros((4, 4, 3), np.float32), "float32"),
        (np.zeros((0, 4, 3), np.uint8), "0 x 4 x 3"),
    ],
)
def test_pixels_of_another_form_are_refused_in_words(pixels, words):
    with pytest.raises(InvalidInput, match=words):
        decode(pixels, longest_side=100)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(InvalidInput, match=r"gone\.jpg"):
        decode(tmp_path / "gone.jpg", longest_side=100)


@pytest.mark.parametrize("width", [640, 2600, 5200])
def test_16_bit_grey_of_any_size_is_scaled_down(encode_picture, width):
    picture = Image.fromarray(np.full((40, width), 0x8080, np.uint16))
    decoded = decode(encode_picture(picture), longest_side=640)
    assert (decoded.mode, decoded.width) == ("RGB", 640)
    assert np.asarray(decoded).mean() == pytest.approx(128, abs=1)


def test_a_picture_that_cannot_be_decoded_is_called_by_its_name(tmp_path):
    (tmp_path / "torn.png").write_bytes(b"no picture")
    with pytest.raises(CorruptMedia, match=r"torn\.png"):
        decode(tmp_path / "torn.png", longest_side=640)


@pytest.mark.parametrize("body", [b"", b"text", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_picture_are_refused_in_words_of_ours(body):
    with pytest.raises(CorruptMedia) as refusal:
        decode(body, longest_side=640)
    assert "object at" not in str(refusal.value)
