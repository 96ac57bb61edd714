import hashlib
import json
import subprocess
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandlens.detect.artifact import load, save
from brandlens.errors import ModelFailed, NotFound


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


def test_a_kind_nobody_knows_is_refused_with_those_known(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    rewrite_description(tmp_path / "model", kind="segments")
    with pytest.raises(ModelFailed, match=r"kind is 'segments' .* object, multi-class, multi-label"):
        load(tmp_path / "model")


def test_a_kind_that_the_rest_does_not_fit_is_refused(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    rewrite_description(tmp_path / "model", kind="multi-class")
    with pytest.raises(ModelFailed, match="not understood"):
        load(tmp_path / "model")


def test_a_model_from_before_there_were_kinds_finds_objects(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    document = json.loads((tmp_path / "model" / "model.json").read_bytes())
    del document["kind"]
    (tmp_path / "model" / "model.json").write_text(json.dumps(document))
    rewrite_description(tmp_path / "model")
    assert load(tmp_path / "model") == red_model


def test_an_archive_holds_the_same_model_as_a_folder(red_model, tmp_path):
    save(red_model, tmp_path / "model")
    save(red_model, tmp_path / "model.zip")
    assert load(tmp_path / "model.zip") == red_model
    with zipfile.ZipFile(tmp_path / "model.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "model").iterdir()}


@given(where=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_an_archive_with_any_byte_changed_is_refused_in_words_or_is_the_same_model(
    red_model, tmp_path_factory, where, change
):
    path = tmp_path_factory.mktemp("changed") / "model.zip"
    save(red_model, path)
    body = bytearray(path.read_bytes())
    body[int(where * len(body))] ^= change
    path.write_bytes(body)
    try:
        loaded = load(path)
    except (ModelFailed, NotFound):
        return
    assert loaded == red_model
