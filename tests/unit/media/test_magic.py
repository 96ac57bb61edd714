from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import EmptyObject, UnsupportedMedia
from brandlens.media.magic import SNIFF_BYTES, media_format
from tests.media_samples import sample


@pytest.mark.parametrize("name", ["b_frames", "prores_422_10_bit", "fragmented", "index_first", "sound_only"])
def test_a_file_of_the_mov_family_is_known_by_its_first_bytes(name: str) -> None:
    assert media_format(sample(name).read_bytes()[:SNIFF_BYTES]) == "mov"


@pytest.mark.parametrize("atom", [b"wide", b"mdat", b"moov", b"free", b"skip"])
def test_a_quicktime_file_may_start_with_another_atom_than_its_type(atom: bytes) -> None:
    assert media_format(b"\0\0\0\x08" + atom + b"\0\0\0\x10mdat") == "mov"


def test_an_atom_with_a_64_bit_size_is_an_atom() -> None:
    assert media_format(b"\0\0\0\x01mdat" + (1 << 33).to_bytes(8, "big")) == "mov"


def test_pictures_are_known_by_their_signatures() -> None:
    assert media_format(b"\xff\xd8\xff\xe1") == "jpeg"
    assert media_format(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") == "png"


def test_a_file_without_a_byte_is_empty() -> None:
    with pytest.raises(EmptyObject, match="zero bytes"):
        media_format(b"")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"just some words\n", "text"),
        ("Grüße aus München, ".encode() * 40, "text"),
        (b"#EXTM3U\n#EXT-X-VERSION:3\nhttp://10.0.0.1/x.ts\n", "M3U8 playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "concat playlist"),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1\n", "SDP session"),
        (b"\x1aE\xdf\xa3\x01\0\0\0", "WebM"),
        (b"GIF89a", "GIF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
        (b"RIFF\x10\0\0\0AVI LIST", "AVI"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIF"),
        (b"\x47" + bytes(187) + b"\x47" + bytes(187), "transport stream"),
        (b"\0\0\0\0\0\0\0\0\0\0", "unknown kind"),
    ],
)
def test_anything_else_is_refused_by_what_it_looks_like(head: bytes, name: str) -> None:
    with pytest.raises(UnsupportedMedia, match=name):
        media_format(head[:SNIFF_BYTES])


@given(st.binary(min_size=1, max_size=SNIFF_BYTES))
def test_any_bytes_are_either_a_format_or_refused(head: bytes) -> None:
    with suppress(UnsupportedMedia):
        assert media_format(head) in ("jpeg", "png", "mov")
