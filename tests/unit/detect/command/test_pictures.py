import json

import pytest
from PIL import Image

from brandlens.detect.command.pictures import concept_images, kind_of, object_images
from brandlens.errors import InvalidInput, InvalidLabels
from brandlens.labels.pictures import scene_of
from tests.unit.detect.manifests import PICTURES, lay, lay_classified


@pytest.fixture
def drawn(draw):
    """Ten pictures of each logo, in two folders."""
    return {f"v{n // 10}/{n}.png": draw(n, label=["Disc", "Bars"][n % 2]) for n in range(20)}


def test_a_manifest_and_its_folder_give_what_a_training_takes(tmp_path, drawn):
    taught = object_images(lay(tmp_path, drawn), pictures=tmp_path / PICTURES)

    assert taught.labels == ("Bars", "Disc")
    assert taught.warnings == ()
    assert [image.image for image in taught.images] == [tmp_path / PICTURES / name for name in drawn]
    assert {image.scene for image in taught.images} == {
        scene_of(f"s3://media/training/{name}") for name in drawn
    }
    for image, original in zip(taught.images, drawn.values(), strict=True):
        assert image.read() == original.read()
        assert [label for label, _ in image.boxes] == [label for label, _ in original.boxes]


def unlabel(manifest, place):
    """Leave only the `source-ref` of a line."""
    lines = manifest.read_text().splitlines()
    lines[place] = json.dumps({"source-ref": json.loads(lines[place])["source-ref"]})
    manifest.write_text("\n".join(lines))


def test_a_picture_that_nobody_labeled_is_taken_to_show_no_brand_and_that_is_said(tmp_path, drawn):
    manifest = lay(tmp_path, drawn)
    unlabel(manifest, 0)

    taught = object_images(manifest, pictures=tmp_path / PICTURES)

    (negative,) = [image for image in taught.images if not image.boxes]
    assert negative.image == tmp_path / PICTURES / "v0/0.png"
    assert (negative.width, negative.height) == (drawn["v0/0.png"].width, drawn["v0/0.png"].height)
    assert taught.warnings == ("Pictures without labels: 1. They are taken to show none of the brands.",)
    assert kind_of(manifest) == "object"


def test_a_picture_with_a_labeled_and_an_unlabeled_line_is_refused(tmp_path, drawn):
    manifest = lay(tmp_path, drawn)
    first = manifest.read_text().splitlines()[0]
    unlabel(manifest, 0)
    manifest.write_text(manifest.read_text() + "\n" + first)

    with pytest.raises(InvalidLabels, match=r"v0/0.png has two lines"):
        object_images(manifest, pictures=tmp_path / PICTURES)


def damaged(file):
    file.write_bytes(file.read_bytes()[:300])


def emptied(file):
    file.write_bytes(b"")


def removed(file):
    file.unlink()


def exchanged(file):
    file.write_bytes(b"<html>404</html>")


@pytest.mark.parametrize(
    ("harm", "why"),
    [(damaged, "truncated"), (emptied, "cannot"), (removed, "not below"), (exchanged, "JPEG nor PNG")],
)
def test_a_picture_that_cannot_be_used_is_left_out_with_a_warning_that_names_it(tmp_path, drawn, harm, why):
    manifest = lay(tmp_path, drawn)
    harm(tmp_path / PICTURES / "v0/3.png")

    taught = object_images(manifest, pictures=tmp_path / PICTURES)

    assert len(taught.images) == 19
    (warning,) = taught.warnings
    assert "1 of 20 pictures" in warning
    assert "s3://media/training/v0/3.png" in warning
    assert why in warning


def test_a_picture_of_another_size_than_its_labels_is_left_out(tmp_path, drawn, encode_picture):
    manifest = lay(tmp_path, drawn)
    (tmp_path / PICTURES / "v0/3.png").write_bytes(encode_picture(Image.new("RGB", (64, 64))))

    (warning,) = object_images(manifest, pictures=tmp_path / PICTURES).warnings

    assert "64 x 64 pixels, and its labels are for 320 x 240" in warning


def test_pixels_that_do_not_decode_are_found_though_the_header_is_whole(tmp_path, drawn, encode_picture):
    manifest = lay(tmp_path, drawn)
    whole = encode_picture(Image.effect_noise((320, 240), 50), "JPEG")
    (tmp_path / PICTURES / "v0/3.png").write_bytes(whole[: len(whole) // 2])

    (warning,) = object_images(manifest, pictures=tmp_path / PICTURES).warnings

    assert "s3://media/training/v0/3.png" in warning


def test_a_training_with_many_missing_pictures_is_refused(tmp_path, drawn):
    manifest = lay(tmp_path, drawn)
    for number in range(3):
        removed(tmp_path / PICTURES / f"v0/{number}.png")
    with pytest.raises(InvalidLabels, match=r"train\.manifest .*3 of 20 pictures.*v0/0\.png.*not below"):
        object_images(manifest, pictures=tmp_path / PICTURES)


def test_a_label_whose_every_picture_is_missing_is_not_dropped_in_silence(tmp_path, draw):
    images = {f"{n}.png": draw(n, label="Bars" if n == 7 else "Disc") for n in range(20)}
    manifest = lay(tmp_path, images)
    removed(tmp_path / PICTURES / "7.png")
    with pytest.raises(InvalidLabels, match=r"cannot teach Bars: .*7\.png"):
        object_images(manifest, pictures=tmp_path / PICTURES)


def test_a_manifest_without_any_box_is_refused(tmp_path, draw):
    manifest = lay(tmp_path, {f"{n}.png": draw(n, label=None) for n in range(3)})
    with pytest.raises(InvalidLabels, match="there is no box on 3 labeled pictures"):
        object_images(manifest, pictures=tmp_path / PICTURES)


@pytest.mark.parametrize(
    ("side", "value", "why"),
    [
        ("width", 0, "0 x"),
        ("height", -3, "x -3 pixels"),
        ("width", float("nan"), "no number"),
        ("left", float("inf"), "no number"),
        ("left", 320, "outside"),
    ],
)
def test_a_box_without_an_area_in_its_picture_is_refused_with_its_line(tmp_path, drawn, side, value, why):
    manifest = lay(tmp_path, drawn)
    lines = manifest.read_text().splitlines()
    third = json.loads(lines[2])
    third["bounding-box"]["annotations"][0][side] = value
    lines[2] = json.dumps(third)
    manifest.write_text("\n".join(lines))

    with pytest.raises(InvalidLabels, match=rf"train\.manifest, line 3, .*{why}.*v0/2\.png"):
        object_images(manifest, pictures=tmp_path / PICTURES)


def test_no_folder_of_pictures_is_bad_input(tmp_path, drawn):
    manifest = lay(tmp_path, drawn)
    with pytest.raises(InvalidInput, match="not a folder"):
        object_images(manifest, pictures=tmp_path / "elsewhere")


@pytest.fixture
def classified(draw):
    """Twelve pictures, each of one class."""
    return {
        f"v/{n}.png": (draw(n, label=["Disc", None][n % 2]), (["Disc", "Empty"][n % 2],)) for n in range(12)
    }


def test_a_manifest_with_image_level_labels_gives_what_a_training_of_concepts_takes(tmp_path, classified):
    manifest = lay_classified(tmp_path, classified)
    (tmp_path / PICTURES / "v/3.png").unlink()

    taught = concept_images(manifest, pictures=tmp_path / PICTURES)

    assert taught.labels == ("Disc", "Empty")
    assert [(image.image, image.labels) for image in taught.images] == [
        (tmp_path / PICTURES / name, labels) for name, (_, labels) in classified.items() if name != "v/3.png"
    ]
    assert {image.scene for image in taught.images} == {"s3://media/training/v"}
    (warning,) = taught.warnings
    assert "v/3.png" in warning


def test_the_manifest_says_what_is_to_be_learned(tmp_path, drawn, classified):
    assert kind_of(lay(tmp_path / "boxes", drawn)) == "object"
    assert kind_of(lay_classified(tmp_path / "classes", classified)) == "multi-class"
    picture, _ = classified["v/0.png"]
    classified["v/0.png"] = (picture, ("Disc", "Round"))
    assert kind_of(lay_classified(tmp_path / "labels", classified)) == "multi-label"


@pytest.mark.parametrize("text", ["", "\n", "{", '{"source-ref": "s3://b/1.jpg"}'])
def test_a_manifest_of_no_kind_is_refused(tmp_path, text):
    (tmp_path / "m").write_text(text)
    with pytest.raises(InvalidLabels, match=r"m(, line 1,)? could not be read"):
        kind_of(tmp_path / "m")


def test_whole_pictures_are_jpeg_or_png_as_those_with_boxes_are(tmp_path, draw, encode_picture):
    images = {f"{n}.png": (draw(n, label=None), (["A", "B"][n % 2],)) for n in range(20)}
    manifest = lay_classified(tmp_path, images)
    (tmp_path / PICTURES / "3.png").write_bytes(encode_picture(Image.new("RGB", (64, 64)), "BMP"))

    (warning,) = concept_images(manifest, pictures=tmp_path / PICTURES).warnings

    assert "3.png cannot be learned from: it is neither JPEG nor PNG" in warning
