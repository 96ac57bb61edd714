"""How `brandlens models evaluate` ends when something of what it was given is bad: code 2, and one line."""

import json
import shutil
import sys

import pytest
from PIL import Image

from brandlens.cli.main import main
from brandlens.detect.artifact import CHECKSUMS, DESCRIPTION, NETWORK, save


@pytest.fixture
def model(red_model, tmp_path):
    save(red_model, tmp_path / "red")
    return tmp_path / "red"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "pictures"
    made.mkdir()
    for name in ("a.png", "b.png"):
        Image.new("RGB", (160, 96)).save(made / name)
    return made


@pytest.fixture
def annotations(tmp_path):
    document = {
        "images": [
            {"id": n, "file_name": name, "width": 160, "height": 96}
            for n, name in enumerate(("a.png", "b.png"))
        ],
        "categories": [{"id": 1, "name": "Red"}],
        "annotations": [{"id": 1, "image_id": 0, "category_id": 1, "bbox": [32, 32, 24, 24]}],
    }
    file = tmp_path / "labels.json"
    file.write_text(json.dumps(document))
    return file


@pytest.fixture
def refusal(folder, annotations, model, monkeypatch, capsys):
    """Run the command as its users do; return the line that it ends with."""

    def run(*paths, annotations=annotations, model=model):
        arguments = [*(paths or (folder,)), "--annotations", annotations, "--model", model]
        monkeypatch.setattr(sys, "argv", ["brandlens", "models", "evaluate", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert (ended.value.code, printed.out) == (2, "")
        return printed.err.splitlines()[-1]

    return run


def test_good_input_ends_with_code_0(folder, annotations, model, monkeypatch, capsys):
    arguments = ["models", "evaluate", folder, "--annotations", annotations, "--model", model]
    monkeypatch.setattr(sys, "argv", ["brandlens", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "2 pictures, 1 box:" in capsys.readouterr().out


def test_a_model_that_was_changed(refusal, model):
    (model / NETWORK).write_bytes(b"changed")
    assert "model.onnx does not match its checksum, so it was damaged or changed" in refusal()


def test_a_model_of_a_newer_format(refusal, model):
    description = (model / DESCRIPTION).read_text().replace('"format_version": 1', '"format_version": 2')
    (model / DESCRIPTION).write_text(description)
    resign(model)
    assert "its format is 2 and this brandlens knows 1 at most. Update brandlens." in refusal()


def test_a_model_whose_network_is_none(refusal, model):
    (model / NETWORK).write_bytes(b"no network")
    resign(model)
    assert "its network is refused" in refusal()


def test_a_model_that_is_not_there(refusal, tmp_path):
    assert "nowhere/model.onnx is not there" in refusal(model=tmp_path / "nowhere")


def test_a_picture_that_is_damaged_is_named(refusal, folder):
    whole = (folder / "b.png").read_bytes()
    (folder / "b.png").write_bytes(whole[:60])
    said = refusal()
    assert said.startswith(f"brandlens: {folder / 'b.png'} cannot be looked at: its bytes cannot be decoded")


def test_a_picture_of_other_proportions_than_its_labels(refusal, folder):
    Image.new("RGB", (96, 160)).save(folder / "a.png")
    assert "its labels are for 160 x 96 pixels, and it has other proportions" in refusal()


def test_a_picture_that_is_missing(refusal, folder):
    (folder / "b.png").unlink()
    assert "the picture b.png is not there" in refusal()


def test_annotations_that_are_missing(refusal, tmp_path):
    missing = tmp_path / "none.json"
    said = f"brandlens: {missing} cannot be read: no such file or directory. Name a file that can."
    assert refusal(annotations=missing) == said


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff\n"])
def test_a_manifest_without_lines(refusal, annotations, content):
    annotations.write_text(content)
    assert f"{annotations.name} could not be read: it is not JSON (EOF" in refusal()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no JSON", "it is not JSON"),
        ('{"images": []}', "annotations: field required"),
        ('{"source-ref": "s3://media/a.png"}', "it has no attribute whose metadata says"),
        (b"\xff\xfe", "it is not UTF-8 text"),
    ],
)
def test_annotations_that_are_none(refusal, annotations, content, said):
    annotations.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert said in refusal()


def test_a_folder_of_pictures_that_is_not_there(refusal, folder):
    shutil.rmtree(folder)
    assert "there is no such file or folder" in refusal(folder)


def test_a_file_that_is_no_video(refusal, folder, tmp_path):
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps({"a.png": {"Red": [[0, 1]]}}))
    said = refusal(folder / "a.png", annotations=truth)
    assert said.startswith(f"brandlens: {folder / 'a.png'} cannot be evaluated: it is a PNG picture.")


def resign(model):
    """Make the checksums right again, as who meant to change the model would."""
    from hashlib import sha256

    files = (NETWORK, DESCRIPTION)
    lines = [f"{sha256((model / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    (model / CHECKSUMS).write_text("".join(lines))
