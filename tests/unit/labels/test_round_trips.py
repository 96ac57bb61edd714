from collections.abc import Sequence
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.labels.image_manifest import ClassifiedPicture, write_image_manifest
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.reading import are_classifications, read_annotations, read_classifications
from brandlens.labels.sizes import Size
from brandlens.labels.writing import Format, write_annotations
from tests.unit.labels.pictures import CREATED, LABELS, classified_pictures, datasets, size_of

ENTRIES = {
    "coco": "annotations.json",
    "yolo": "data.yaml",
    "voc": "",
    "manifest": "annotations.manifest",
    "video-manifest": "output.manifest",
}


def sizes_of(pictures: Sequence[LabeledPicture]) -> dict[str, Size]:
    return {picture.name: Size(*size_of(picture)) for picture in pictures}


def written(pictures: Sequence[LabeledPicture], fmt: Format) -> dict[str, bytes]:
    return write_annotations(
        pictures, fmt, labels=LABELS, pictures_at="s3://media/some folder/", created_at=CREATED
    )


@pytest.mark.parametrize("fmt", get_args(Format))
@given(pictures=datasets())
def test_what_is_written_in_a_format_is_read_back_to_the_same_pictures(
    fmt: Format, pictures: list[LabeledPicture]
) -> None:
    files = written(pictures, fmt)

    read = read_annotations(ENTRIES[fmt], files, labels=LABELS, sizes=sizes_of(pictures))

    by_name = {picture.name: picture for picture in read}
    assert by_name.keys() == {picture.name for picture in pictures}
    for picture in pictures:
        other = by_name[picture.name]
        assert size_of(other) == size_of(picture)
        assert [drawn.label for drawn in other.boxes] == [drawn.label for drawn in picture.boxes]
        for mine, theirs in zip(picture.boxes, other.boxes, strict=True):
            assert theirs.box.model_dump() == pytest.approx(mine.box.model_dump(), abs=1e-9)


@given(pictures=datasets(), way=st.permutations(get_args(Format)))
def test_converted_from_format_to_format_the_labels_stay_the_same(
    pictures: list[LabeledPicture], way: list[Format]
) -> None:
    sizes = sizes_of(pictures)
    first = read_annotations("annotations.json", written(pictures, "coco"), labels=LABELS, sizes=sizes)

    last = first
    for fmt in way:
        last = read_annotations(ENTRIES[fmt], written(last, fmt), labels=LABELS, sizes=sizes)

    as_pixels = {picture.name: written([picture], "manifest") for picture in first}
    assert {picture.name: written([picture], "manifest") for picture in last} == as_pixels


@given(pictures=datasets(), scene=st.text(min_size=1))
def test_coco_keeps_what_the_scenes_are_called(pictures: list[LabeledPicture], scene: str) -> None:
    named = [picture.model_copy(update={"scene": scene, "is_scene_named": True}) for picture in pictures]

    read = read_annotations(
        "annotations.json", written(named, "coco"), labels=LABELS, sizes=sizes_of(pictures)
    )

    assert {(picture.scene, picture.is_scene_named) for picture in read} == {(scene, True)}
    without = read_annotations(
        "annotations.json", written(pictures, "coco"), labels=LABELS, sizes=sizes_of(pictures)
    )
    assert [(picture.scene, picture.is_scene_named) for picture in without] == [
        (picture.scene, False) for picture in pictures
    ]


@given(
    st.lists(classified_pictures(), min_size=1, max_size=6, unique_by=lambda picture: picture.name).filter(
        lambda pictures: any(picture.labels for picture in pictures)
    )
)
def test_labels_of_whole_pictures_are_read_back_the_same(pictures: list[ClassifiedPicture]) -> None:
    manifest = write_image_manifest(
        pictures, LABELS, source_ref=lambda name: f"s3://media/{name}", job_name="job", created_at=CREATED
    )
    files = {"m": manifest.encode()}
    sizes = {picture.name: Size(64, 64) for picture in pictures}

    read = read_classifications("m", files, labels=LABELS, sizes=sizes)

    assert are_classifications("m", files)
    assert [(picture.name, picture.labels) for picture in read] == [
        (picture.name, picture.labels) for picture in pictures
    ]
