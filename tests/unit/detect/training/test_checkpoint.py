import pytest
import torch

from brandlens.detect.training.checkpoint import FILE, FORMAT_VERSION, Checkpoint, forget
from brandlens.errors import InvalidSettings, ModelFailed

CPU = torch.device("cpu")


def checkpoint(folder, pictures, **settings):
    return Checkpoint(folder, pictures, ["Disc", "Bars"], settings)


def test_a_state_is_read_back_as_it_was_kept(tmp_path, pictures):
    state = {"step": 3, "weights": torch.arange(4.0), "chance": {"state": 2**127 + 1}}
    kept = checkpoint(tmp_path / "new" / "folder", pictures)
    kept.save(state)
    read = checkpoint(tmp_path / "new" / "folder", pictures).load(CPU)
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


def test_a_folder_is_made_and_left_empty_until_there_is_something_to_keep(tmp_path, pictures):
    checkpoint(tmp_path / "new" / "folder", pictures).require_place()
    assert list((tmp_path / "new" / "folder").iterdir()) == []


def test_a_place_where_nothing_can_be_written_is_found_out_beforehand(tmp_path, pictures):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InvalidSettings, match="Name a folder that can be written"):
        checkpoint(tmp_path / "file" / "folder", pictures).require_place()


def test_a_folder_that_cannot_be_written_ends_the_training_in_words(tmp_path, pictures):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ModelFailed, match="Free some space or choose another folder"):
        checkpoint(tmp_path / "file", pictures).save({})


def test_what_was_kept_before_outlives_a_failure_to_keep_more(tmp_path, pictures):
    kept = checkpoint(tmp_path, pictures)
    kept.save({"step": 1})
    (tmp_path / "training.draft").mkdir()
    with pytest.raises(ModelFailed):
        kept.save({"step": 2})
    assert kept.load(CPU)["step"] == 1


def test_a_state_that_is_done_with_is_forgotten(tmp_path, pictures):
    checkpoint(tmp_path, pictures).save({})
    forget(tmp_path)
    forget(tmp_path)
    assert not (tmp_path / FILE).exists()
