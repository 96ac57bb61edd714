"""How FFmpeg may open a video: what it must not do is decided here, for ffprobe and ffmpeg alike."""

from typing import Any
from urllib.parse import urlsplit

_NETWORK_PROTOCOLS = {"http": "http,tcp", "https": "https,tls,tcp"}
_STALL_MICROSECONDS = 15_000_000
_RECONNECT_SECONDS = 2


def input_name(url: str) -> str:
    """Return `url` as FFmpeg's input: a path is marked as one, lest a colon in it read as a protocol."""
    return url if urlsplit(url).scheme in _NETWORK_PROTOCOLS else f"file:{url}"


def source_options(url: str, ca_file: str | None) -> dict[str, Any]:
    """Return the input options for the video at `url`, an http(s) URL or the path of a file.

    The demuxer is forced, so no playlist or other format is tried whatever the bytes look like, and only the
    protocols the URL itself needs are allowed, so nothing in the file can make FFmpeg open another place. A
    stalled or dropped connection is taken up again for a few seconds, then it is an error. By itself FFmpeg
    believes any server; an https one must have a certificate that those in `ca_file` vouch for.
    """
    scheme = urlsplit(url).scheme
    if scheme not in _NETWORK_PROTOCOLS:
        return {"f": "mov", "protocol_whitelist": "file"}
    verified = {"tls_verify": 1, "ca_file": ca_file} if scheme == "https" else {}
    return {
        "f": "mov",
        "protocol_whitelist": _NETWORK_PROTOCOLS[scheme],
        "rw_timeout": _STALL_MICROSECONDS,
        "reconnect": 1,
        "reconnect_on_network_error": 1,
        "reconnect_on_http_error": "429,5xx",
        "reconnect_delay_max": _RECONNECT_SECONDS,
        **verified,
    }
