"""Files out of packages: wheels and npm's archives are tested with the footage, Debian's here."""

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from brandlens.errors import CorruptMedia, NotFound
from local.packages import Package, extract

MEMBERS = {"./usr/share/one.jpg": b"one", "./usr/share/two.jpg": b"two"}


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """A package that an `apt-get` on PATH downloads and a `dpkg-deb` there unpacks, both of them scripts."""
    archive = tmp_path / "pictures.deb"
    with tarfile.open(archive, "w") as bundle:
        for name, content in {**MEMBERS, "./usr/share/three.jpg": b"three"}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            bundle.addfile(entry, io.BytesIO(content))
    tools = {
        "apt-get": f'[ "$2 $3" = "download pictures=1" ] && cp {archive} .',
        "dpkg-deb": '[ "$1" = --fsys-tarfile ] && cat "$2"',
    }
    (tmp_path / "bin").mkdir()
    for name, script in tools.items():
        tool = tmp_path / "bin" / name
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    return Package(client="apt", requirement="pictures=1", archive="pictures.deb", sha256=digest)


def test_files_are_taken_out_of_a_debian_package_and_it_is_removed(debian: Package, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    files = {member: cache / "pictures" / Path(member).name for member in MEMBERS}
    extract(debian, files, cache)
    assert {member: file.read_bytes() for member, file in files.items()} == MEMBERS
    assert sorted(path.name for path in cache.rglob("*")) == ["one.jpg", "pictures", "two.jpg"]


def test_what_is_there_is_not_fetched_again(debian: Package, tmp_path: Path) -> None:
    there = tmp_path / "one.jpg"
    there.write_bytes(b"kept")
    extract(debian, {"./usr/share/one.jpg": there}, tmp_path / "cache")
    assert there.read_bytes() == b"kept"


def test_a_package_without_the_file_is_refused(debian: Package, tmp_path: Path) -> None:
    with pytest.raises(CorruptMedia, match=r"four\.jpg is not in it"):
        extract(debian, {"./usr/share/four.jpg": tmp_path / "four.jpg"}, tmp_path / "cache")


def test_without_apt_one_line_says_where_to_run(
    debian: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotFound, match=r"apt-get is not on PATH.*Debian"):
        extract(debian, {"./usr/share/one.jpg": tmp_path / "one.jpg"}, tmp_path / "cache")
