import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from brandlens.detect.training.checkpoint import FILE, FORMAT_VERSION, Checkpoint, forget
from brandlens.errors import InvalidSettings

CPU = torch.device("cpu")


def refused(sentence):
    pytest.fail(f"nothing is to be warned of: {sentence}")


def checkpoint(folder, pictures, warn=refused, **settings):
    return Checkpoint(folder, pictures, ["Disc", "Bars"], settings, warn=warn)


def test_a_state_is_read_back_as_it_was_kept(tmp_path, pictures):
    state = {"step": 3, "weights": torch.arange(4.0), "chance": {"state": 2**127 + 1}}
    (tmp_path / "new").mkdir()
    kept = checkpoint(tmp_path / "new", pictures)
    kept.save(state)
    read = checkpoint(tmp_path / "new", pictures).load(CPU)
    assert (read["step"], read["chance"]) == (3, {"state": 2**127 + 1})
    assert read["weights"].tolist() == [0, 1, 2, 3]


def test_where_nothing_is_kept_a_training_begins_anew(tmp_path, pictures):
    assert checkpoint(tmp_path, pictures).load(CPU) is None


@pytest.mark.parametrize("other", ["pictures", "settings"])
def test_the_state_of_another_training_is_refused(tmp_path, pictures, other):
    checkpoint(tmp_path, pictures, seed=1).save({})
    mine = checkpoint(tmp_path, pictures[1:], seed=1) if other == "pictures" else None
    with pytest.raises(InvalidSettings, match="other pictures, labels or settings"):
        (mine or checkpoint(tmp_path, pictures, seed=2)).load(CPU)


@pytest.mark.parametrize("format_version", [None, FORMAT_VERSION + 1])
def test_a_state_of_another_layout_is_refused_with_what_to_do(tmp_path, pictures, format_version):
    checkpoint(tmp_path, pictures).save({"step": 1})
    state = torch.load(tmp_path / FILE, weights_only=True)
    del state["format_version"]
    torch.save(state | ({"format_version": format_version} if format_version else {}), tmp_path / FILE)
    with pytest.raises(InvalidSettings, match="another version of brandlens") as refusal:
        checkpoint(tmp_path, pictures).load(CPU)
    assert f"begin anew: remove {tmp_path / FILE}" in str(refusal.value)


def test_a_folder_is_made_where_there_is_none(tmp_path, pictures):
    kept = checkpoint(tmp_path / "new" / "folder", pictures)
    with kept.claim():
        assert kept.load(CPU) is None
        kept.save({"step": 1})
        assert kept.load(CPU)["step"] == 1


def test_a_place_where_nothing_can_be_written_is_found_out_beforehand(tmp_path, pictures):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InvalidSettings, match="Name a folder that can be written"):
        checkpoint(tmp_path / "file" / "folder", pictures).claim()


def test_two_trainings_do_not_share_a_folder(tmp_path, pictures):
    with checkpoint(tmp_path, pictures).claim():
        with pytest.raises(InvalidSettings, match="another training runs") as refusal:
            checkpoint(tmp_path, pictures).claim()
        assert "Name another folder, or wait for its end" in str(refusal.value)
    with checkpoint(tmp_path, pictures).claim():
        pass


def test_a_killed_training_keeps_nobody_out(tmp_path, pictures):
    program = """
import pathlib, sys, time
from brandlens.detect.training.checkpoint import Checkpoint
with Checkpoint(pathlib.Path(sys.argv[1]), [], [], {}, warn=print).claim():
    print("claimed", flush=True)
    time.sleep(600)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "claimed\n"
        with pytest.raises(InvalidSettings, match="another training runs"):
            checkpoint(tmp_path, pictures).claim()
        other.send_signal(signal.SIGKILL)
    with checkpoint(tmp_path, pictures).claim():
        pass


def test_what_was_kept_before_outlives_a_failure_to_keep_more(tmp_path, pictures):
    said = []
    kept = checkpoint(tmp_path, pictures, warn=said.append)
    kept.save({"step": 1})
    (tmp_path / "training.draft").mkdir()
    kept.save({"step": 2})
    assert kept.load(CPU)["step"] == 1
    assert len(said) == 1


def test_a_full_disk_is_told_once_and_keeps_nothing_half_written(tmp_path, pictures, monkeypatch):
    def full(path, body):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    said = []
    kept = checkpoint(tmp_path, pictures, warn=said.append)
    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        kept.save({"step": 1})
        kept.save({"step": 2})
    assert list(tmp_path.iterdir()) == []
    (sentence,) = said
    assert f"The training goes on, but its state cannot be kept in {tmp_path}: the disk of" in sentence
    assert "is full" in sentence
    kept.save({"step": 3})
    assert kept.load(CPU)["step"] == 3


def test_a_state_that_is_done_with_is_forgotten(tmp_path, pictures):
    checkpoint(tmp_path, pictures).save({})
    forget(tmp_path)
    forget(tmp_path)
    assert not (tmp_path / FILE).exists()
