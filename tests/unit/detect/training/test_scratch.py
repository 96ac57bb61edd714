import shutil
import tempfile
from collections import namedtuple

import pytest

from brandlens.detect.training.scratch import ROOM, has_room

Usage = namedtuple("Usage", "total used free")


def refused(sentence):
    pytest.fail(f"nothing is to be warned of: {sentence}")


def test_where_there_is_room_nothing_is_said(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(ROOM, 0, ROOM))
    assert has_room(refused)


def test_a_disk_that_is_nearly_full_is_told_before_anything_is_written(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(ROOM, 1, ROOM - 1))
    said = []
    assert not has_room(said.append)
    assert f"{tempfile.gettempdir()} has less than 64 MiB left. Free some space" in said[0]


def test_where_no_folder_takes_temporary_files_that_is_told(monkeypatch):
    def nowhere():
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", nowhere)
    said = []
    assert not has_room(said.append)
    assert "no usable temporary directory found" in said[0]
