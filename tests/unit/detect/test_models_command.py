"""`brandlens models evaluate` from files to what is printed, with a model that finds red."""

import json
import subprocess
from datetime import UTC, datetime

import pytest
from PIL import Image
from typer.testing import CliRunner

from brandlens.cli.label_files import lay
from brandlens.cli.main import app
from brandlens.detect.artifact import save
from brandlens.detect.evaluation.figures import LearningPoint
from brandlens.errors import InvalidInput, InvalidLabels, InvalidSettings
from brandlens.labels.pictures import LabeledBox, LabeledPicture
from brandlens.labels.writing import write_annotations
from brandlens.results import Box

SIZE = (160, 96)
# A red cell at 40, 40 is found as a box of 24 x 24 pixels around it.
BOX = [32, 32, 24, 24]


@pytest.fixture
def model(red_model, tmp_path):
    save(red_model, tmp_path / "red")
    return tmp_path / "red"


@pytest.fixture
def folder(tmp_path):
    """Red where it is labeled, red that is not labeled, a labeled box without red, and an empty picture."""
    made = tmp_path / "pictures"
    (made / "day").mkdir(parents=True)
    for name, red in (("day/found.png", 255), ("day/false.png", 255), ("missed.png", 0), ("empty.png", 0)):
        picture = Image.new("RGB", SIZE)
        picture.paste((red, 0, 0), (40, 40, 48, 48))
        picture.save(made / name)
    return made


@pytest.fixture
def annotations(tmp_path):
    file = tmp_path / "labels.json"
    file.write_text(coco(["day/found.png", "day/false.png", "missed.png", "empty.png"], boxed=[0, 2]))
    return file


def coco(names, *, boxed, box=BOX):
    """Say in COCO JSON that the pictures at the places `boxed` of `names` have one box each."""
    images = [
        {"id": n, "file_name": name, "width": SIZE[0], "height": SIZE[1]} for n, name in enumerate(names)
    ]
    boxes = [{"id": n, "image_id": image, "category_id": 1, "bbox": box} for n, image in enumerate(boxed)]
    return json.dumps({"images": images, "categories": [{"id": 1, "name": "Red"}], "annotations": boxes})


def written(pictures, fmt):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return write_annotations(pictures, fmt, labels=["Red"], pictures_at="s3://media/test", created_at=now)


@pytest.fixture
def clip(tmp_path):
    """Four seconds, a red cell in the first two."""
    path = tmp_path / "clip.mp4"
    cell = "drawbox=x=40:y=40:w=8:h=8:color=red:t=fill:enable='lt(t,2)'"
    subprocess.run(
        [
            "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=black:s=160x96:r=10:d=4", "-vf", cell,
            "-c:v", "libx264", "-pix_fmt", "yuv444p", "-crf", "5", path,
        ],
        check=True,
    )  # fmt: skip
    return path


def evaluated(*arguments):
    return CliRunner().invoke(app, ["models", "evaluate", *map(str, arguments)])


def test_labeled_pictures_give_figures_of_the_whole_sizes_brands_and_mistakes(model, folder, annotations):
    ended = evaluated(folder, "--annotations", annotations, "--model", model)
    assert ended.exit_code == 0, ended.output
    assert "Looking at pictures: 4/4" in ended.stderr
    rows = [line.split() for line in ended.stdout.splitlines()]
    # One of two boxes is found, at all overlaps: precision is 1 at 51 of the 101 recalls.
    assert "4 pictures, 2 boxes: mAP@0.5 0.505, mAP@0.5:0.95 0.505" in ended.stdout
    assert "At confidence 50, the model's own: precision 0.500, recall 0.500, F1 0.500" in ended.stdout
    assert "Best F1 0.500 at confidence 50, picked on these very pictures" in ended.stdout
    assert "0.500 false boxes a picture on the 2 without boxes" in ended.stdout
    assert ["over", "176", "px", "0.505", "2"] in rows
    assert ["Red", "0.505", "0.505", "0.500", "0.500", "0.500", "2"] in rows
    assert ["Red", "nothing", "1"] in rows
    assert ["nothing", "Red", "1"] in rows


def test_a_tiny_logo_is_found_only_when_the_model_looks_accurately(model, tmp_path):
    # 9 of a cell's 64 pixels: too little red for the network, unless the picture is enlarged.
    picture = Image.new("RGB", SIZE)
    picture.paste((255, 0, 0), (42, 42, 45, 45))
    (tmp_path / "tiny").mkdir()
    picture.save(tmp_path / "tiny" / "logo.png")
    annotations = tmp_path / "tiny.json"
    annotations.write_text(coco(["logo.png"], boxed=[0], box=[38, 38, 12, 12]))
    recalls = {}
    for mode in ("fast", "accurate"):
        ended = evaluated(
            tmp_path / "tiny", "--annotations", annotations, "--model", model, "--json", "--mode", mode
        )
        recalls[mode] = json.loads(ended.stdout)["evaluation"]["overall"]["recall"]
    assert recalls == {"fast": 0, "accurate": 1}


def test_a_mode_that_there_is_not_is_bad_usage(model, folder, annotations):
    ended = evaluated(folder, "--annotations", annotations, "--model", model, "--mode", "slow")
    assert ended.exit_code == 2


def test_json_is_one_document_with_the_curve_and_every_cell_of_the_confusion(model, folder, annotations):
    ended = evaluated(folder, "--annotations", annotations, "--model", model, "--json")
    document = json.loads(ended.stdout)
    assert (document["model"], document["pictures"], document["confidence"]) == (str(model), 4, 50)
    evaluation = document["evaluation"]
    assert evaluation["average_precision"]["Red"] == pytest.approx(51 / 101)
    assert len(evaluation["curves"]["Red"]) == 26
    assert {"true": "Red", "found": "Red", "boxes": 1} in evaluation["confusion"]


def test_false_boxes_are_told_by_the_folder_that_pictures_lie_in(model, folder, annotations):
    arguments = (folder, "--annotations", annotations, "--model", model)
    # Of the two pictures without boxes, that in `day` shows red.
    assert json.loads(evaluated(*arguments, "--json").stdout)["evaluation"]["false_boxes"] == {
        "day": 1.0,
        "pictures": 0.0,
    }
    rows = [line.split() for line in evaluated(*arguments).stdout.splitlines()]
    assert ["day", "1", "1.000"] in rows
    assert ["pictures", "1", "0.000"] in rows


@pytest.mark.parametrize(
    ("fmt", "named"), [("manifest", "annotations.manifest"), ("yolo", "data.yaml"), ("voc", ".")]
)
def test_boxes_in_another_format_give_the_same_figures_as_coco(
    model, folder, annotations, tmp_path, fmt, named
):
    names = ["day/false.png", "day/found.png", "empty.png", "missed.png"]
    box = Box(left=BOX[0] / 160, top=BOX[1] / 96, width=BOX[2] / 160, height=BOX[3] / 96)
    listed = [
        LabeledPicture(name=name, width=160, height=96, boxes=drawn, scene="s")
        for name, drawn in zip(names, [(), (LabeledBox(label="Red", box=box),)] * 2, strict=True)
    ]
    arguments = (folder, "--model", model, "--json", "--annotations")
    annotations.write_text(coco(names, boxed=[1, 3]))
    of_coco = json.loads(evaluated(*arguments, annotations).stdout)
    lay(written(listed, fmt), folder)
    ended = evaluated(*arguments, folder / named)
    assert ended.exit_code == 0, ended.exception
    assert json.loads(ended.stdout) == of_coco


def test_pictures_that_the_annotations_do_not_list_are_counted_and_not_looked_at(model, folder, annotations):
    (folder / "unknown").mkdir()
    for number in range(3):
        Image.new("RGB", SIZE, "red").save(folder / "unknown" / f"{number}.png")
    (folder / "notes.txt").write_text("no picture")
    arguments = (folder, "--annotations", annotations, "--model", model)
    said = (
        f"Not looked at: 3 pictures in {folder}, which the annotations do not list; "
        "listed without boxes, they would show false boxes."
    )
    assert said in evaluated(*arguments).stderr
    document = json.loads(evaluated(*arguments, "--json").stdout)
    assert (document["pictures"], document["unlisted_pictures"]) == (4, {str(folder): 3})


def test_where_every_picture_is_listed_none_is_missed(model, folder, annotations):
    arguments = (folder, "--annotations", annotations, "--model", model)
    assert "Not looked at" not in evaluated(*arguments).stderr
    assert json.loads(evaluated(*arguments, "--json").stdout)["unlisted_pictures"] == {}


def test_a_manifest_without_any_box_tells_false_boxes(model, folder):
    listed = [
        LabeledPicture(name=name, width=160, height=96, scene="s") for name in ("day/false.png", "empty.png")
    ]
    lay(written(listed, "manifest"), folder)
    ended = evaluated(folder, "--annotations", folder / "annotations.manifest", "--model", model)
    assert "0.500 false boxes a picture on the 2 without boxes" in ended.stdout


def test_a_clip_is_measured_in_seconds_on_screen(model, clip, tmp_path):
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps({"clip.mp4": {"Red": [[0, 2.5]]}}))
    ended = evaluated(clip, "--annotations", truth, "--model", model)
    assert ended.exit_code == 0, ended.output
    assert ["clip.mp4", "Red", "2.0", "2.5", "-0.5", "20.0%"] in [
        line.split() for line in ended.stdout.splitlines()
    ]
    document = json.loads(evaluated(clip, "--annotations", truth, "--model", model, "--json").stdout)
    assert document["videos"]["clip.mp4"] == [{"label": "Red", "found": 2.0, "true": 2.5}]


def test_a_learning_curve_is_drawn_from_the_same_pictures_when_asked_for(
    model, folder, annotations, monkeypatch
):
    asked = {}

    def curve(images, labels, *, budget_seconds, seed, threads, progress):
        asked.update(pictures=len(images), labels=labels, seconds=budget_seconds)
        progress(1.0)
        return [
            LearningPoint(boxes_per_label=boxes, mean_average_precision=precision, held_out_boxes=900)
            for boxes, precision in ((8, 0.2), (16, 0.6))
        ]

    # Trainings take seconds; `test_learning_curve` makes them.
    monkeypatch.setattr("brandlens.detect.learning_curve.learning_curve", curve)
    ended = evaluated(folder, "--annotations", annotations, "--model", model, "--learning-curve", "90")
    assert asked == {"pictures": 4, "labels": ["Red"], "seconds": 90}
    assert "Drawing the learning curve: 100/100" in ended.stderr
    assert "With twice the labels, about 32 boxes each, expect mAP about 0.80, now 0.60." in ended.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--model", "elsewhere", "--project", "cup"], "one model at a time is measured"),
        ([], "Name it with --project or --model"),
    ],
)
def test_one_model_is_named_no_more_and_no_less(folder, annotations, change, said):
    ended = evaluated(folder, "--annotations", annotations, *change)
    assert isinstance(ended.exception, InvalidInput)
    assert said in str(ended.exception)


def test_folders_and_videos_are_not_evaluated_together(model, folder, annotations, clip):
    ended = evaluated(folder, clip, "--annotations", annotations, "--model", model)
    assert isinstance(ended.exception, InvalidInput)
    assert "Evaluate one kind at a time" in str(ended.exception)


def test_a_path_that_is_not_there_is_named(model, annotations, tmp_path):
    ended = evaluated(tmp_path / "nowhere", "--annotations", annotations, "--model", model)
    assert isinstance(ended.exception, InvalidInput)
    assert f"{tmp_path / 'nowhere'} cannot be read" in str(ended.exception)


def test_videos_draw_no_learning_curve(model, clip, annotations):
    ended = evaluated(clip, "--annotations", annotations, "--model", model, "--learning-curve", "9")
    assert isinstance(ended.exception, InvalidInput)
    assert "videos are not learned from" in str(ended.exception)


def test_a_label_that_the_model_does_not_know_is_named(model, folder, annotations):
    annotations.write_text(annotations.read_text().replace('"Red"', '"Blue"'))
    ended = evaluated(folder, "--annotations", annotations, "--model", model)
    assert isinstance(ended.exception, InvalidLabels)
    assert "is labeled Blue, and the model knows Red" in str(ended.exception)


def test_a_picture_that_two_folders_have_cannot_be_told_apart(model, folder, annotations):
    ended = evaluated(folder, folder / "day", "--annotations", annotations, "--model", model)
    assert ended.exit_code == 0
    (folder / "day" / "empty.png").write_bytes((folder / "empty.png").read_bytes())
    ended = evaluated(folder, folder / "day", "--annotations", annotations, "--model", model)
    assert isinstance(ended.exception, InvalidInput)
    assert "empty.png cannot be told apart" in str(ended.exception)


def test_without_the_extra_the_command_says_what_to_install(model, folder, annotations, monkeypatch):
    monkeypatch.setattr("brandlens.extras.find_spec", lambda package: None)
    ended = evaluated(folder, "--annotations", annotations, "--model", model)
    assert isinstance(ended.exception, InvalidSettings)
    assert "pip install 'brandlens[evaluate]'" in str(ended.exception)
