"""Files that are not what they seem, and good ones in odd shapes."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from tests.e2e import brands
from tests.media_samples import sample


@dataclass(frozen=True)
class Bad:
    """A file that is refused: under which name it is dropped, and what the refusal says of it."""

    name: str
    body: Callable[[], bytes]
    code: str
    why: str


def _text(text: str) -> Callable[[], bytes]:
    return lambda: text.encode()


def _video(name: str) -> Callable[[], bytes]:
    return lambda: sample(name).read_bytes()


def _before_its_first_fragment() -> bytes:
    """The headers of a fragmented video, which hold no frame."""
    data = sample("fragmented").read_bytes()
    return data[: data.index(b"moof") - 4]


def _fifty_megapixels() -> bytes:
    return brands.encoded(Image.new("1", (8_000, 6_250)), "PNG")


def _bomb() -> bytes:
    """A PNG of 900 megapixels in some hundred kilobytes."""
    side = 30_000
    rows = zlib.compress(bytes(side * (1 + side // 8)))
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_M3U8 = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
_CONCAT = "ffconcat version 1.0\nfile /etc/passwd\n"
_SDP = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"

REFUSED = {
    "no bytes": Bad("empty.mp4", _text(""), "EmptyObject", "zero bytes"),
    "text": Bad("notes.mp4", _text("A letter, not a video.\n"), "UnsupportedMedia", "content is text"),
    "an M3U8 playlist as MP4": Bad("list.mp4", _text(_M3U8), "UnsupportedMedia", "M3U8 playlist"),
    "an M3U8 playlist as JPEG": Bad("list.jpg", _text(_M3U8), "UnsupportedMedia", "M3U8 playlist"),
    "a concat playlist as MP4": Bad("concat.mp4", _text(_CONCAT), "UnsupportedMedia", "concat playlist"),
    "a concat playlist as JPEG": Bad("concat.jpg", _text(_CONCAT), "UnsupportedMedia", "concat playlist"),
    "an SDP file as MP4": Bad("sdp.mp4", _text(_SDP), "UnsupportedMedia", "SDP session"),
    "an SDP file as JPEG": Bad("sdp.jpg", _text(_SDP), "UnsupportedMedia", "SDP session"),
    "an MP4 that broke off": Bad("cut.mp4", _video("broken_off"), "TruncatedMedia", "index"),
    "sound only": Bad("sound.mp4", _video("sound_only"), "NoVideoStream", "no video stream"),
    "sound with a cover": Bad("song.mp4", _video("cover_picture_only"), "NoVideoStream", "no video stream"),
    "no frame": Bad("headers.mp4", _before_its_first_fragment, "NoFrames", "frame"),
    "no frame that decodes": Bad("zeros.mp4", _video("no_frame_decodes"), "NoFrames", "frame"),
    "50 megapixels": Bad("poster.png", _fifty_megapixels, "MediaTooLarge", "50.0 megapixels"),
    "a decompression bomb": Bad("bomb.png", _bomb, "MediaTooLarge", "900"),
    "a picture that broke off": Bad(
        "half.jpg", lambda: brands.jpeg(brands.ACME)[:4_000], "CorruptMedia", "cut off"
    ),
}


def bad_exif() -> bytes:
    return brands.encoded(brands.still(brands.ACME), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")


def cmyk() -> bytes:
    return brands.encoded(brands.still(brands.ACME).convert("CMYK"), "JPEG", quality=90)


def animation() -> bytes:
    shown, other = brands.still(brands.ACME), brands.background(60)
    return brands.encoded(shown, "PNG", save_all=True, append_images=[other], duration=500)
