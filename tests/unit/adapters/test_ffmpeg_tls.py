"""Whether FFmpeg believes a server that says it is somebody."""

import ssl
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.errors import BrandlensError
from tests.media_samples import sample


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A client that hangs up is what this is about."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of its own authority for localhost, its key in the same file."""
    made = tmp_path / "localhost.pem"
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    subprocess.run(
        ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject,
         "-keyout", tmp_path / "key", "-out", tmp_path / "crt"),
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "crt").read_bytes())
    return made


@pytest.fixture
def url(certificate: Path) -> Iterator[str]:
    video = sample("b_frames")
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(video.parent)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}/{video.name}"
    server.shutdown()
    server.server_close()


def test_a_server_that_a_known_authority_vouches_for_is_read(url: str, certificate: Path) -> None:
    assert FfmpegTool(ca_file=str(certificate)).probe(url, timeout_s=20).media.width == 160


def test_a_server_that_nobody_known_vouches_for_is_not_read(url: str) -> None:
    with pytest.raises(BrandlensError):
        FfmpegTool().probe(url, timeout_s=20)
