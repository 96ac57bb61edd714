import hashlib
import json
import subprocess

import pytest

from brandlens.detect.artifact import load, save
from brandlens.errors import AlreadyExists, ModelFailed, NotFound


def test_a_saved_model_loads_as_it_was(red_model, tmp_path):
    save(red_model, tmp_path / "deep" / "model")
    assert load(tmp_path / "deep" / "model") == red_model
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["model"]


def test_the_checksums_are_those_of_sha256sum(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "model", check=True)


@pytest.mark.parametrize("name", ["model.onnx", "model.json"])
def test_a_file_changed_by_one_byte_is_refused_by_name(red_model, tmp_path, name):
    save(red_model, tmp_path / "model")
    path = tmp_path / "model" / name
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    with pytest.raises(ModelFailed, match=f"{name} does not match its checksum"):
        load(tmp_path / "model")


@pytest.mark.parametrize("name", ["model.onnx", "model.json", "SHA256SUMS"])
def test_a_missing_file_is_named(red_model, tmp_path, name):
    save(red_model, tmp_path / "model")
    (tmp_path / "model" / name).unlink()
    with pytest.raises(NotFound, match=name):
        load(tmp_path / "model")


def rewrite_description(folder, **changes):
    """Change `model.json` and its checksum, as another version of brandlens would have written it."""
    document = json.loads((folder / "model.json").read_bytes()) | changes
    (folder / "model.json").write_text(json.dumps(document))
    sums = "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in ("model.onnx", "model.json")
    )
    (folder / "SHA256SUMS").write_text(sums)


def test_a_newer_format_is_refused_with_the_advice_to_update(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    rewrite_description(tmp_path / "model", format_version=2, something_new=True)
    with pytest.raises(ModelFailed, match=r"format is 2 .* Update brandlens"):
        load(tmp_path / "model")


def test_a_description_that_makes_no_sense_is_refused(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    rewrite_description(tmp_path / "model", labels=[{"name": "Red", "operating_score": 2}])
    with pytest.raises(ModelFailed, match="not understood"):
        load(tmp_path / "model")


def test_a_model_never_replaces_another(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    with pytest.raises(AlreadyExists):
        save(red_model, tmp_path / "model")


def test_a_model_that_cannot_be_written_leaves_nothing(red_model, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelFailed, match="Cannot save"):
        save(red_model, tmp_path / "file" / "model")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
