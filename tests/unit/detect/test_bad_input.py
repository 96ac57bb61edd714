"""What a training makes of bad input: a model with a warning, or an error in words and nothing half-made."""

import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from brandlens.detect import train as training
from brandlens.detect.__main__ import app
from brandlens.detect.artifact import load
from brandlens.detect.command.picture_files import MOST_UNUSABLE
from brandlens.detect.dataset import LabeledImage
from brandlens.detect.pictures import MAX_PIXELS
from brandlens.detect.training.schedule import schedule
from brandlens.errors import AlreadyExists, InvalidLabels, ModelFailed
from brandlens.labels.files import MAX_BYTES
from brandlens.results import Box
from tests.unit.detect.manifests import PICTURES, lay, lay_classified

WHOLE = Box(left=0.25, top=0.25, width=0.5, height=0.5)
SIDE = 96


@pytest.fixture
def discs(draw):
    """Two pictures of one logo."""
    return {f"{n}.png": draw(n, label="Disc") for n in range(2)}


def run(folder, manifest, *options):
    """Run the program for the least time there is, in this process; an error of ours is raised."""
    arguments = [manifest, "--pictures", folder / PICTURES, "--out", folder / "made" / "model"]
    ended = CliRunner().invoke(
        app, [*map(str, arguments), "--seconds", "1", "--threads", "1", *map(str, options)]
    )
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return ended


def left_in(folder):
    return sorted(path.name for path in folder.glob("made/*"))


def odd_pictures(encode):
    """One picture of every kind that Pillow reads from JPEG or PNG, orientation included."""
    grey = np.random.default_rng(1).integers(0, 255, (SIDE, SIDE), dtype=np.uint8)
    plain = Image.fromarray(grey)
    turned = Image.Exif()
    turned[0x0112] = 6
    palette = plain.convert("P")
    return {
        "greyscale.jpg": encode(plain, "JPEG"),
        "cmyk.jpg": encode(plain.convert("CMYK"), "JPEG"),
        "turned.jpg": encode(plain.convert("RGB"), "JPEG", exif=turned),
        "16-bit.png": encode(Image.fromarray(grey.astype(np.uint16) * 257)),
        "alpha.png": encode(plain.convert("RGBA")),
        "grey-alpha.png": encode(plain.convert("LA")),
        "palette.png": encode(palette),
        "palette-transparent.png": encode(palette, transparency=3),
        "black-and-white.png": encode(plain.convert("1")),
    }


def test_pictures_of_odd_kinds_train_a_model(tmp_path, encode_picture):
    images = {
        name: LabeledImage(lambda body=body: body, SIDE, SIDE, (("Disc", WHOLE),), scene=name)
        for name, body in odd_pictures(encode_picture).items()
    }

    assert run(tmp_path, lay(tmp_path, images)).exit_code == 0

    report = load(tmp_path / "made/model").report
    assert report.learning_pictures + report.validation_pictures == len(images)
    assert "cannot be used" not in " ".join(report.warnings)


def test_one_label_with_one_box_and_no_time_give_a_model_with_warnings(tmp_path, draw):
    images = {"1.png": draw(1, label="Disc"), "2.png": draw(2, label=None)}

    ended = run(tmp_path, lay(tmp_path, images))

    assert ended.exit_code == 0
    warnings = load(tmp_path / "made/model").report.warnings
    assert any("'Disc' has 1 box" in warning for warning in warnings)
    assert any("fitted into the time" in warning for warning in warnings)
    assert all(warning in ended.stdout for warning in warnings)
    assert str(tmp_path / "made/model") in ended.stdout


def test_a_picture_left_out_is_told_in_the_report_and_at_once(tmp_path, draw):
    manifest = lay(tmp_path, {f"{n}.png": draw(n, label="Disc") for n in range(10)})
    (tmp_path / PICTURES / "3.png").unlink()

    ended = run(tmp_path, manifest)

    assert "1 of 10 pictures" in ended.stderr
    assert any("3.png" in warning for warning in load(tmp_path / "made/model").report.warnings)


def test_a_loss_that_is_no_number_ends_the_training_in_words(tmp_path, discs, monkeypatch):
    def absurd(budget_seconds):
        return replace(schedule(budget_seconds), learning_seconds=60.0, head_rate=1e30, backbone_rate=1e30)

    monkeypatch.setattr(training, "schedule", absurd)
    with pytest.raises(ModelFailed, match="no longer a number"):
        run(tmp_path, lay(tmp_path, discs))
    assert left_in(tmp_path) == []


@contextmanager
def files_of_at_most(size):
    """Have the system refuse longer files, as a full disk does in the middle of one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_help_states_the_limits_of_pictures():
    said = " ".join(CliRunner().invoke(app, ["--help"]).stdout.split())
    assert f"{MAX_PIXELS // 1_000_000} megapixels" in said
    assert f"{MAX_BYTES // 1024**2} MiB" in said
    assert f"more than {MOST_UNUSABLE:.0%}".replace("%", " %") in said


def test_a_disk_that_is_full_leaves_no_part_of_a_model(tmp_path, discs):
    manifest = lay(tmp_path, discs)
    with files_of_at_most(500_000), pytest.raises(ModelFailed, match="Cannot save the model") as failure:
        run(tmp_path, manifest, "--checkpoint", tmp_path / "state")
    assert f"the same command goes on with what {tmp_path / 'state'} keeps" in str(failure.value)
    assert left_in(tmp_path) == []


def test_a_model_is_never_overwritten_and_no_time_is_spent_before_saying_so(tmp_path):
    (tmp_path / "made/model").mkdir(parents=True)
    with pytest.raises(AlreadyExists):
        run(tmp_path, tmp_path / "there-is-no-manifest")


def test_bad_input_makes_no_folder(tmp_path, draw):
    with pytest.raises(InvalidLabels):
        run(tmp_path, lay(tmp_path, {"1.png": draw(1, label=None)}))
    assert not (tmp_path / "made").exists()


def program(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "brandlens.detect", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_program_ends_with_one_line_and_the_code_of_bad_input(tmp_path):
    with program(tmp_path / "none", "--pictures", tmp_path, "--out", tmp_path / "model") as process:
        said, error = process.communicate()
    assert process.returncode == 2
    assert said == ""
    assert error == (
        f"brandlens.detect: {tmp_path / 'none'} cannot be read: no such file or directory. "
        "Name a file that can.\n"
    )


def test_whole_pictures_are_learned_from_a_manifest_that_labels_them(tmp_path, draw):
    kinds = ["Disc", "Bars"] * 6
    images = {f"{n}.png": (draw(n, label=kind), (kind,)) for n, kind in enumerate(kinds)}
    manifest = lay_classified(tmp_path, images)
    (tmp_path / PICTURES / "3.png").write_bytes(b"no picture")

    ended = run(tmp_path, manifest)

    made = load(tmp_path / "made/model").description
    assert made.kind == "multi-class"
    assert [label.name for label in made.labels] == ["Bars", "Disc"]
    assert "3.png" in made.report.warnings[0]
    assert "Learned 2 labels from 11 pictures" in ended.stdout


def test_a_program_told_to_end_stops_with_a_sentence_and_leaves_nothing(tmp_path, discs):
    manifest = lay(tmp_path, discs)
    model = tmp_path / "made/model"
    with program(
        manifest, "--pictures", tmp_path / PICTURES, "--out", model, "--seconds", "600", "--threads", "1"
    ) as process:
        first = process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        said, error = process.communicate()
    assert first.startswith("Step 1, loss")
    assert process.returncode == 130
    assert "no model was made" in error
    assert "Traceback" not in error
    assert said == ""
    assert left_in(tmp_path) == []
