import pytest

from brandlens.errors import InvalidLabels
from brandlens.labels.reading import read_annotations
from brandlens.labels.sizes import Size
from brandlens.labels.writing import write_annotations
from tests.unit.labels.pictures import CREATED

SIZES = {
    "images/train/match one/1 é.jpg": Size(200, 100),
    "images/train/2.jpg": Size(200, 100),
    "beside.png": Size(100, 100),
}
FILES = {
    "data.yaml": b"path: /elsewhere\ntrain: images/train\nval: images/train\nnames: {0: Acme Inc, 3: Bolt}\n",
    "labels/train/match one/1 é.txt": b"0 0.35 0.35 0.5 0.5\r\n\r\n3 0.5 0.5 1 1\n",
    "beside.txt": b"3 0.5 0.5 1 1",
    "README.txt": b"Made by hand.",
}


def read(name: str, **changes: bytes) -> dict[str, list[tuple[str, dict[str, float]]]]:
    files = FILES | {file.replace("__", "/") + ".txt": body for file, body in changes.items()}
    pictures = read_annotations(name, files, labels=["Acme Inc", "Bolt"], sizes=SIZES)
    return {
        picture.name: [(drawn.label, drawn.box.model_dump()) for drawn in picture.boxes]
        for picture in pictures
    }


WHOLE = {"left": 0, "top": 0, "width": 1, "height": 1}


@pytest.mark.parametrize("name", ["data.yaml", ""], ids=["the file", "its folder"])
def test_boxes_lie_in_labels_for_images_and_else_beside_their_picture(name: str) -> None:
    assert read(name) == {
        "images/train/match one/1 é.jpg": [
            ("Acme Inc", pytest.approx({"left": 0.1, "top": 0.1, "width": 0.5, "height": 0.5})),
            ("Bolt", WHOLE),
        ],
        "images/train/2.jpg": [],
        "beside.png": [("Bolt", WHOLE)],
    }


def test_classes_may_be_a_list_of_names() -> None:
    files = {"classes.txt": b"Acme Inc\nBolt\n", "beside.txt": b"1 0.5 0.5 1 1"}

    (picture,) = read_annotations(
        "classes.txt", files, labels=["Bolt"], sizes={"beside.png": SIZES["beside.png"]}
    )

    assert [drawn.label for drawn in picture.boxes] == ["Bolt"]


def test_a_brand_that_looks_like_a_number_or_a_truth_value_keeps_its_name() -> None:
    files = FILES | {"data.yaml": b"names: [No, 7, 2026-99-99, null]", "beside.txt": b"1 .5 .5 1 1"}

    pictures = read_annotations("data.yaml", files, labels=["No", "7", "null"], sizes=SIZES)

    assert {label for picture in pictures for label in picture.labels} == {"No", "7", "null"}


def test_pictures_elsewhere_are_none_of_the_folders() -> None:
    files = {f"set/{name}": body for name, body in FILES.items()}
    sizes = {f"set/{name}": size for name, size in SIZES.items()} | {"other.jpg": Size(64, 64)}

    pictures = read_annotations("set", files, labels=["Acme Inc", "Bolt"], sizes=sizes)

    assert "other.jpg" not in {picture.name for picture in pictures}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"beside": b"\n3 0.9 0.5 0.4 0.5"}, r"beside\.txt, line 2.*40 x 50 pixels at 70, 25 lies outside"),
        ({"beside": b"3 0.5 0.5 0 0.5"}, r"beside\.txt, line 1.*0 x 50 pixels"),
        ({"beside": b"3 nan 0.5 1 0.5"}, r"beside\.txt, line 1.*no number"),
        ({"beside": b"3 0.5 0.5 1"}, r"beside\.txt, line 1.*4 values, and a box has 5"),
        ({"beside": b"3 .1 .1 .3 .1 .3 .3 .1 .3"}, r"9 values, and a box has 5"),
        ({"beside": b"Bolt 0.5 0.5 1 1"}, r"not a class and four numbers: 'Bolt' is no whole number"),
        ({"beside": b"1 0.5 0.5 1 1"}, r"beside\.txt, line 1.*class 1 has no name"),
        ({"beside": b"\xff\xfe"}, r"beside\.txt could not be read: it is not UTF-8"),
        ({"labels__train__gone": b"0 0.5 0.5 1 1"}, r"labels/train/gone\.txt .* its picture is not there"),
        ({"gone": b"0 0.5 0.5 1 1"}, r"gone\.txt could not be read: its picture is not there"),
    ],
)
def test_labels_that_cannot_be_right_are_refused(changes: dict[str, bytes], why: str) -> None:
    with pytest.raises(InvalidLabels, match=why):
        read("data.yaml", **changes)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"names: [Acme", "data.yaml could not be read: it is not YAML"),
        (b"names: [[Acme]]", r"data.yaml could not be read: names\.0: input should be a valid string"),
        (b'names: ["\\ud800"]', r"data.yaml could not be read: names\.0: input should be a valid string"),
        (b"names: " + b"[" * 5_000, "data.yaml could not be read: it is not YAML"),
        (b"train: images", "data.yaml could not be read: names: field required"),
        (b"names: []", "data.yaml could not be read: names"),
        (b"names: {0: Umbrella, 3: Bolt}", "labeled Umbrella, and the project knows Acme Inc, Bolt"),
    ],
)
def test_classes_that_cannot_be_used_are_refused(data: bytes, why: str) -> None:
    with pytest.raises(InvalidLabels, match=why):
        read_annotations("data.yaml", FILES | {"data.yaml": data}, labels=["Acme Inc", "Bolt"], sizes=SIZES)


def test_labels_that_two_pictures_share_are_refused() -> None:
    with pytest.raises(
        InvalidLabels, match=r"beside\.txt could not be read: it is of beside\.png and of besi"
    ):
        read_annotations(
            "data.yaml", FILES, labels=["Acme Inc", "Bolt"], sizes=SIZES | {"beside.jpg": Size(100, 100)}
        )


def test_pictures_that_would_share_labels_are_not_written() -> None:
    pictures = read_annotations("data.yaml", FILES, labels=["Acme Inc", "Bolt"], sizes=SIZES)
    twins = [*pictures, pictures[-1].model_copy(update={"name": "beside.jpg"})]

    for fmt, file in (("yolo", "beside.txt"), ("voc", "beside.xml")):
        with pytest.raises(InvalidLabels, match=rf"beside\.jpg .* would both be in {file}"):
            write_annotations(
                twins, fmt, labels=["Acme Inc", "Bolt"], pictures_at="s3://b", created_at=CREATED
            )
