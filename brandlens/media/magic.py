"""What a file is, decided by its first bytes and never by its name."""

from brandlens.errors import EmptyObject, UnsupportedMedia
from brandlens.jobs import MediaFormat

SNIFF_BYTES = 512
"""How many bytes from the start of an object `media_format` needs."""

_ACCEPTED = "Supported are JPEG and PNG pictures and MP4, M4V and MOV videos"
_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"
# A QuickTime file need not start with `ftyp`: older cameras write the data, or a placeholder, first.
_MOV_ATOMS = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
_PICTURE_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"crx "))
_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"GIF8", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (8, b"AVI ", "an AVI video"),
    (8, b"WAVE", "a WAV sound"),
    (0, b"BM", "a BMP picture"),
    (0, b"II*\0", "a TIFF picture"),
    (0, b"MM\0*", "a TIFF picture"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (0, b"OggS", "an Ogg file"),
    (0, b"FLV\x01", "a Flash video"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file"),
    (0, b"\x06\x0e\x2b\x34", "an MXF video"),
    (0, b"\0\0\x01\xba", "an MPEG program stream"),
    (0, b"ID3", "an MP3 sound"),
    (0, b"fLaC", "a FLAC sound"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"#EXTM3U", "an M3U8 playlist"),
    (0, b"ffconcat", "an FFmpeg concat playlist"),
    (0, b"v=0", "an SDP session description"),
    (0, b"<?xml", "an XML document"),
    (0, b"<svg", "an SVG picture"),
)
_TRANSPORT_PACKET = 188


def media_format(head: bytes) -> MediaFormat:
    """Return the format of the file that begins with `head`, its first `SNIFF_BYTES` bytes or all it has.

    Raises `EmptyObject` for no bytes at all, `UnsupportedMedia` for everything that is not one of the
    formats, saying what it looks like where that can be told.
    """
    if not head:
        raise EmptyObject("The file is empty", "it has zero bytes", "Upload it again")
    if head.startswith(_JPEG):
        return "jpeg"
    if head.startswith(_PNG):
        return "png"
    if _starts_with_atom(head):
        if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
            raise _unsupported("a HEIF, AVIF or camera raw picture")
        return "mov"
    raise _unsupported(_looks_like(head))


def _starts_with_atom(head: bytes) -> bool:
    size = int.from_bytes(head[:4], "big")
    # 0: up to the end of the file; 1: a 64-bit size follows; else the atom's size with its 8-byte header.
    return head[4:8] in _MOV_ATOMS and (size in (0, 1) or size >= 8)


def _looks_like(head: bytes) -> str:
    for offset, signature, name in _OTHERS:
        if head.startswith(signature, offset):
            return name
    if head[0] == 0x47 and head[_TRANSPORT_PACKET : _TRANSPORT_PACKET + 1] == b"\x47":
        return "an MPEG transport stream"
    return "text" if _is_text(head) else "data of an unknown kind"


def _is_text(head: bytes) -> bool:
    # `ignore` drops the character that the cut may have split.
    text = head.decode("utf-8", errors="ignore")
    enough = len(text.encode()) >= len(head) - 3
    return enough and all(character.isprintable() or character in "\t\r\n\f\ufeff" for character in text)


def _unsupported(name: str) -> UnsupportedMedia:
    return UnsupportedMedia("The file is of an unsupported kind", f"its content is {name}", _ACCEPTED)
