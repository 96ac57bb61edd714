import errno
import os
import shutil
import subprocess
import sys
import tracemalloc
import zipfile

import pytest

from brandlens.detect import packing
from brandlens.errors import AlreadyExists, ModelFailed, NotFound

FILES = {"a": b"first" * 100, "b": b"second"}
NAMES = tuple(FILES)

both = pytest.mark.parametrize("name", ["model", "model.zip"])


@both
def test_files_are_read_as_they_were_written(tmp_path, name):
    packing.write(FILES, tmp_path / "deep" / name)
    assert packing.read(tmp_path / "deep" / name, NAMES) == FILES
    assert [path.name for path in (tmp_path / "deep").iterdir()] == [name]


@both
def test_nothing_is_ever_replaced(tmp_path, name):
    packing.write(FILES, tmp_path / name)
    with pytest.raises(AlreadyExists):
        packing.write({"a": b"other"}, tmp_path / name)
    assert packing.read(tmp_path / name, NAMES) == FILES


@both
def test_where_nothing_can_be_made_nothing_is_left(tmp_path, name):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelFailed, match="Cannot save"):
        packing.write(FILES, tmp_path / "file" / name)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@both
def test_a_disk_that_takes_no_more_is_told_and_nothing_half_written_stays(tmp_path, name):
    program = """
import pathlib, resource, sys
from brandlens.detect import packing
from brandlens.errors import ModelFailed
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    packing.write({"small": b"fits", "large": bytes(5000)}, pathlib.Path(sys.argv[1]))
except ModelFailed as error:
    print(error.remedy)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / name)], capture_output=True, text=True, check=False
    )
    assert (ended.stdout, ended.stderr) == ("Free some space or choose another place\n", "")
    assert list(tmp_path.iterdir()) == []


@both
def test_a_disk_that_is_full_is_said_to_be_and_nothing_half_written_stays(tmp_path, name, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ModelFailed) as refusal:
        packing.write(FILES, tmp_path / "deep" / name)
    assert f"the disk of {tmp_path / 'deep'} is full. Free some space" in str(refusal.value)
    assert list((tmp_path / "deep").iterdir()) == []


@both
def test_a_missing_file_is_named(tmp_path, name):
    packing.write({"a": b"alone"}, tmp_path / name)
    with pytest.raises(NotFound, match=r"b.* is not there"):
        packing.read(tmp_path / name, NAMES)


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NotFound, match="nowhere"):
        packing.read(tmp_path / "nowhere.zip", NAMES)


def test_equal_files_are_equal_archives(tmp_path):
    for name in ("one.zip", "two.zip"):
        packing.write(FILES, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize("extra", ["c", "../a", "folder/a", "__MACOSX/._a"])
def test_an_archive_with_anything_else_in_it_is_refused(tmp_path, extra):
    packing.write(FILES | {extra: b""}, tmp_path / "model.zip")
    with pytest.raises(ModelFailed, match=r"which no model has. Zip the model's folder alone, or a, b"):
        packing.read(tmp_path / "model.zip", NAMES)


def test_an_archive_with_a_file_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "model.zip", "w") as archive:
        for name in (*NAMES, "a"):
            if name in archive.namelist():
                with pytest.warns(UserWarning, match="Duplicate"):
                    archive.writestr(name, b"again")
            else:
                archive.writestr(name, FILES[name])
    with pytest.raises(ModelFailed, match="a file twice"):
        packing.read(tmp_path / "model.zip", NAMES)


@pytest.mark.parametrize("inside", [{"base_dir": "model"}, {"root_dir": "model"}])
def test_an_archive_made_by_hand_is_read_with_its_folder_or_without(tmp_path, inside, monkeypatch):
    packing.write(FILES, tmp_path / "model")
    monkeypatch.chdir(tmp_path)
    shutil.make_archive("zipped", "zip", **inside)
    assert packing.read(tmp_path / "zipped.zip", NAMES) == FILES


def test_an_archive_of_several_models_is_refused(tmp_path):
    packing.write(
        {f"{folder}/{name}": b"" for folder in ("one", "two") for name in FILES}, tmp_path / "m.zip"
    )
    with pytest.raises(ModelFailed, match="'one/a', which no model has"):
        packing.read(tmp_path / "m.zip", NAMES)


def test_an_archive_that_unfolds_to_more_than_it_says_is_refused_unfolded(tmp_path):
    size = 64 * 1024**2
    with zipfile.ZipFile(tmp_path / "model.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(size))
        archive.writestr("b", b"")
    body = bytearray((tmp_path / "model.zip").read_bytes())
    at = body.index(b"PK\x01\x02") + 24
    body[at : at + 4] = (100).to_bytes(4, "little")
    (tmp_path / "model.zip").write_bytes(body)
    tracemalloc.start()
    try:
        with pytest.raises(ModelFailed, match=r"archive is damaged .*CRC"):
            packing.read(tmp_path / "model.zip", NAMES)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < size / 4


def test_an_archive_compressed_in_a_rare_way_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "model.zip", "w", zipfile.ZIP_LZMA) as archive:
        for name, body in FILES.items():
            archive.writestr(name, body)
    with pytest.raises(ModelFailed, match="a is compressed in a rare way"):
        packing.read(tmp_path / "model.zip", NAMES)


def test_an_archive_whose_bytes_changed_is_refused(tmp_path):
    packing.write(FILES, tmp_path / "model.zip")
    body = (tmp_path / "model.zip").read_bytes()
    (tmp_path / "model.zip").write_bytes(body.replace(b"second", b"secont"))
    with pytest.raises(ModelFailed, match=r"archive is damaged .*CRC"):
        packing.read(tmp_path / "model.zip", NAMES)


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "model").write_text("text")
    with pytest.raises(ModelFailed, match="archive is damaged"):
        packing.read(tmp_path / "model", NAMES)


def test_a_file_far_too_large_is_refused_unread(tmp_path):
    packing.write(FILES, tmp_path / "model")
    with (tmp_path / "model" / "a").open("wb") as sparse:
        sparse.truncate(packing.MOST_BYTES + 1)
    with pytest.raises(ModelFailed, match="a is larger than 256 MiB"):
        packing.read(tmp_path / "model", NAMES)


def test_an_archive_with_a_file_far_too_large_is_refused_unread(tmp_path):
    packing.write(FILES, tmp_path / "model.zip")
    body = bytearray((tmp_path / "model.zip").read_bytes())
    # The size in the central directory: bytes 24 to 27 of an entry (APPNOTE.TXT, 4.3.12).
    at = body.index(b"PK\x01\x02") + 24
    body[at : at + 4] = (packing.MOST_BYTES + 1).to_bytes(4, "little")
    (tmp_path / "model.zip").write_bytes(body)
    with pytest.raises(ModelFailed, match="a is larger than 256 MiB"):
        packing.read(tmp_path / "model.zip", NAMES)
