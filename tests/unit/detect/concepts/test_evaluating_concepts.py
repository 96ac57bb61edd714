"""`brandlens models evaluate` with models that tell concepts: how red, green and blue a picture is."""

import json
import subprocess
from dataclasses import replace

import pytest
from PIL import Image
from typer.testing import CliRunner

from brandlens.cli.main import app
from brandlens.detect.artifact import save
from brandlens.errors import InvalidInput, InvalidLabels

PICTURES = {
    "red.png": ((255, 0, 0), ["Red"]),
    "teal.png": ((0, 200, 180), ["Green", "Blue"]),
    "missed.png": ((20, 20, 20), ["Blue"]),
    "false.png": ((0, 255, 0), []),
}
CLASSES = {"red.png": ((255, 0, 0), ["Red"]), "wrong.png": ((90, 200, 0), ["Red"])}


@pytest.fixture
def model(colour_model, tmp_path):
    """Save the model, as one of either kind; return where."""

    def saved(kind="multi-label"):
        description = colour_model.description.model_copy(update={"kind": kind})
        save(replace(colour_model, description=description), tmp_path / kind)
        return tmp_path / kind

    return saved


@pytest.fixture
def labeled(tmp_path):
    """Draw pictures of one colour each; return their folder and a manifest of their labels."""

    def made(pictures):
        folder, lines = tmp_path / "pictures", []
        folder.mkdir()
        for name, (colour, labels) in pictures.items():
            Image.new("RGB", (64, 64), colour).save(folder / name)
            metadata = {
                "class-map": {str(n): label for n, label in enumerate(labels)},
                "type": "groundtruth/image-classification-multilabel",
            }
            line = {"source-ref": f"s3://media/test/{name}", "shows": list(range(len(labels)))}
            lines.append(json.dumps(line | {"shows-metadata": metadata}))
        (tmp_path / "test.manifest").write_text("\n".join(lines))
        return folder, tmp_path / "test.manifest"

    return made


def evaluated(labeled, model, *more):
    folder, manifest = labeled
    arguments = ["models", "evaluate", folder, "--annotations", manifest, "--model", model, *more]
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_each_label_has_precision_recall_and_f1_at_the_confidence_of_training(model, labeled):
    ended = evaluated(labeled(PICTURES), model())
    assert ended.exit_code == 0, ended.output
    rows = [line.split() for line in ended.stdout.splitlines()]
    assert "4 pictures: mAP 0.833" in ended.stdout
    assert "At confidence 50, the model's own: precision 0.750, recall 0.750, F1 0.750" in ended.stdout
    assert ["Red", "1.000", "1.000", "1.000", "1.000", "1"] in rows
    assert ["Green", "0.500", "0.500", "1.000", "0.667", "1"] in rows
    assert ["Blue", "1.000", "1.000", "0.500", "0.667", "2"] in rows


def test_classes_have_an_accuracy(model, labeled):
    pictures, classes = labeled(CLASSES), model("multi-class")
    assert "2 pictures: mAP 1.000, accuracy 0.500" in evaluated(pictures, classes).stdout
    document = json.loads(evaluated(pictures, classes, "--json").stdout)
    assert (document["model"], document["pictures"], document["confidence"]) == (str(classes), 2, 50)
    assert document["evaluation"]["accuracy"] == 0.5
    assert document["evaluation"]["per_label"]["Red"]["recall"] == 1


def test_a_picture_that_the_manifest_does_not_list_is_counted(model, labeled):
    folder, manifest = labeled(CLASSES)
    Image.new("RGB", (64, 64)).save(folder / "more.png")
    classes = model()
    assert f"Not looked at: 1 picture in {folder}" in evaluated((folder, manifest), classes).stderr
    document = json.loads(evaluated((folder, manifest), classes, "--json").stdout)
    assert document["unlisted_pictures"] == {str(folder): 1}


def test_labels_that_are_no_classes_have_no_accuracy(model, labeled):
    document = json.loads(evaluated(labeled(CLASSES), model(), "--json").stdout)
    assert document["evaluation"]["accuracy"] is None


def test_a_clip_is_measured_in_seconds_that_a_label_holds(model, tmp_path):
    clip, truth = tmp_path / "clip.mp4", tmp_path / "truth.json"
    red = "drawbox=w=160:h=96:color=red:t=fill:enable='lt(t,2)'"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=black:s=160x96:r=10:d=4", "-vf", red, clip],
        check=True,
    )
    truth.write_text(json.dumps({"clip.mp4": {"Red": [[0, 2.5]]}}))
    document = json.loads(evaluated((clip, truth), model(), "--json").stdout)
    seconds = {"label": "Red", "found": 2.0, "true": 2.5}
    assert seconds in document["videos"]["clip.mp4"]


def refused(ended, error, said):
    assert isinstance(ended.exception, error)
    assert said in str(ended.exception)


def test_a_picture_of_several_labels_is_refused_by_a_model_that_gives_one(model, labeled):
    ended = evaluated(labeled(PICTURES), model("multi-class"))
    refused(ended, InvalidLabels, "teal.png has 2 labels, and the model gives each picture one")


def test_a_label_that_the_model_does_not_know_is_named(model, labeled):
    ended = evaluated(labeled({"a.png": ((1, 2, 3), ["Pink"])}), model())
    refused(ended, InvalidLabels, "a.png is labeled Pink, and the model knows Blue, Green, Red")


def test_a_model_of_concepts_is_not_measured_by_boxes(model, labeled):
    folder, _ = labeled(CLASSES)
    boxes = folder.parent / "boxes.json"
    image = {"id": 1, "file_name": "red.png", "width": 64, "height": 64}
    box = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 9, 9]}
    boxes.write_text(
        json.dumps({"images": [image], "categories": [{"id": 1, "name": "Red"}], "annotations": [box]})
    )
    ended = evaluated((folder, boxes), model())
    refused(ended, InvalidInput, "the model tells what whole pictures show, and")


def test_a_model_of_objects_is_not_measured_by_labels_of_whole_pictures(red_model, labeled, tmp_path):
    save(red_model, tmp_path / "red")
    ended = evaluated(labeled(CLASSES), tmp_path / "red")
    refused(ended, InvalidInput, "has labels of whole pictures. Name annotations with boxes")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--mode", "accurate"), "a model of concepts looks in one way only"),
        (("--learning-curve", "9"), "the model tells concepts, which have none"),
    ],
)
def test_options_that_are_for_objects_are_refused(model, labeled, option, said):
    refused(evaluated(labeled(CLASSES), model(), *option), InvalidInput, said)
