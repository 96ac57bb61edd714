from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from brandlens.detect import pictures
from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.pictures import decode
from brandlens.errors import CorruptMedia, InvalidInput, MediaTooLarge

look = partial(decode, longest_side=64)


def test_a_picture_is_shown_as_it_is(encode_picture):
    data = encode_picture(Image.new("RGB", (4, 3)))
    assert ConceptImage(lambda: data, (), scene="s").shown_to(look).size == (4, 3)


def test_a_picture_that_was_taken_away_is_called_by_its_file(tmp_path):
    with pytest.raises(InvalidInput, match=r"gone\.jpg cannot be read: no such file"):
        ConceptImage(tmp_path / "gone.jpg", (), scene="s").shown_to(look)


@pytest.mark.parametrize("in_a_file", [True, False])
def test_a_picture_that_cannot_be_decoded_is_called_by_its_file_or_scene(tmp_path, in_a_file):
    (tmp_path / "torn.jpg").write_bytes(b"no picture")
    image = tmp_path / "torn.jpg" if in_a_file else lambda: b"no picture"
    with pytest.raises(CorruptMedia) as refusal:
        ConceptImage(image, (), scene="the 3rd clip").shown_to(look)
    name = f"{tmp_path / 'torn.jpg'}" if in_a_file else "A picture of the 3rd clip"
    assert str(refusal.value).startswith(f"{name} cannot be looked at: its bytes are no picture")


def test_a_picture_too_large_is_called_by_its_file_and_size(tmp_path, monkeypatch, encode_picture):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 99)
    (tmp_path / "wide.png").write_bytes(encode_picture(Image.new("RGB", (40, 10))))
    with pytest.raises(MediaTooLarge, match=r"wide\.png cannot be looked at: it has 40 x 10 pixels"):
        ConceptImage(Path(tmp_path / "wide.png"), (), scene="s").shown_to(look)
