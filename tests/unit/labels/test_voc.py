import pytest

from brandlens.errors import InvalidLabels
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.reading import read_annotations
from brandlens.labels.sizes import Size
from brandlens.labels.voc import write_voc

XML = """<?xml version="1.0"?>
<annotation>
  <folder>VOC2007</folder><filename>1 é.jpg</filename>
  <size><width>200</width><height>100</height><depth>3</depth></size>
  <object>
    <name> Mc &amp; Donald </name><pose>Left</pose><difficult>1</difficult>
    <part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part>
    <bndbox><xmin>21</xmin><ymin>11.0</ymin><xmax>120</xmax><ymax>60</ymax></bndbox>
  </object>
</annotation>"""
EMPTY = XML[: XML.index("<object>")].replace("1 é.jpg", "2.jpg") + "</annotation>"
SIZES = {"JPEGImages/match one/1 é.jpg": Size(200, 100), "JPEGImages/2.jpg": Size(200, 100)}
FILES = {
    "Annotations/match one/1 é.xml": XML.encode(),
    "Annotations/2.xml": EMPTY.encode(),
    "JPEGImages/2.jpg": b"\xff\xd8",
}


def read(name: str, files: dict[str, bytes] = FILES) -> dict[str, LabeledPicture]:
    pictures = read_annotations(name, files, labels=["Mc & Donald"], sizes=SIZES)
    return {picture.name: picture for picture in pictures}


@pytest.mark.parametrize("name", ["Annotations", ""], ids=["a folder", "the folder of everything"])
def test_pixels_are_counted_from_one_and_the_last_is_inside(name: str) -> None:
    pictures = read(name)

    assert pictures.keys() == SIZES.keys()
    (drawn,) = pictures["JPEGImages/match one/1 é.jpg"].boxes
    assert drawn.label == "Mc & Donald"
    assert drawn.box.model_dump() == pytest.approx({"left": 0.1, "top": 0.1, "width": 0.5, "height": 0.5})
    assert pictures["JPEGImages/2.jpg"].boxes == ()


def test_a_box_of_a_tool_that_counts_from_zero_is_cut_off_at_the_edge() -> None:
    body = XML.replace("<xmin>21<", "<xmin>0<").encode()

    (drawn,) = read("Annotations/1.xml", {"Annotations/1.xml": body})["JPEGImages/match one/1 é.jpg"].boxes

    assert drawn.box.left == 0
    assert drawn.box.width == 120 / 200


def test_a_picture_in_the_same_folder_as_its_file_goes_before_its_namesakes() -> None:
    sizes = {"a/1 é.jpg": Size(200, 100), "b/1 é.jpg": Size(200, 100)}

    (picture,) = read_annotations("b", {"b/x.xml": XML.encode()}, labels=["Mc & Donald"], sizes=sizes)

    assert picture.name == "b/1 é.jpg"


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("</annotation>", "", "it is not XML"),
        (
            "<annotation>",
            '<!DOCTYPE a [<!ENTITY b "c">]><annotation>',
            r"it is not XML that is read \(it has entities\)",
        ),
        ("annotation", "labels", "its root is labels, and Pascal VOC's is annotation"),
        ("1 é.jpg", "gone.jpg", r"the picture gone\.jpg is not there"),
        ("<width>200</width>", "", r"size\.width: field required"),
        ("<width>200", "<width>0", r"size\.width: input should be greater than 0"),
        ("<width>200", "<width>" + "9" * 500, r"size\.width: input should be less than"),
        ("</annotation>", "<a>" * 5_000 + "</a>" * 5_000 + "</annotation>", "its elements lie too deep"),
        ("<width>200", "<width>300", "is 200 x 100 pixels, and its labels are for 300 x 100"),
        ("<xmin>21<", "<xmin>left<", r"object\.0\.bndbox\.xmin: input should be a valid number"),
        ("<xmin>21<", "<xmin>nan<", "no number"),
        ("<xmin>21<", "<xmin>-21<", "Mc & Donald: .*outside the picture of 200 x 100"),
        ("<xmax>120<", "<xmax>19<", "Mc & Donald: a box is -1 x 50 pixels"),
        ("Mc &amp; Donald", "Umbrella", "labeled Umbrella, and the project knows Mc & Donald"),
        ("Mc &amp; Donald", "", r"object\.0\.name"),
    ],
)
def test_annotations_that_cannot_be_right_are_refused(before: str, after: str, why: str) -> None:
    body = XML.replace(before, after)
    assert body != XML

    with pytest.raises(InvalidLabels, match=why):
        read("Annotations", FILES | {"Annotations/match one/1 é.xml": body.encode()})


def test_xml_may_be_of_any_encoding() -> None:
    body = XML.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>').encode("utf-16")

    assert read("Annotations/1.xml", {"Annotations/1.xml": body}).keys() == {"JPEGImages/match one/1 é.jpg"}


def test_two_files_of_one_picture_are_refused() -> None:
    with pytest.raises(InvalidLabels, match=r"JPEGImages/2\.jpg is labeled twice"):
        read("Annotations", FILES | {"Annotations/again.xml": EMPTY.encode()})


def test_a_picture_that_has_namesakes_in_other_folders_is_refused() -> None:
    sizes = {"a/2.jpg": Size(200, 100), "b/2.jpg": Size(200, 100)}

    with pytest.raises(InvalidLabels, match=r"x/2\.xml .* could be a/2\.jpg or b/2\.jpg"):
        read_annotations("x", {"x/2.xml": EMPTY.encode()}, labels=["Acme"], sizes=sizes)


@pytest.mark.parametrize("name", ["a\x01.jpg", " a.jpg", "x/ a.jpg"])
def test_a_name_that_xml_does_not_keep_is_not_written(name: str) -> None:
    picture = LabeledPicture(name=name, width=64, height=64, scene="s")

    with pytest.raises(InvalidLabels, match="Pascal VOC cannot hold that name"):
        write_voc([picture])
