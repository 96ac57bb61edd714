"""How a dataset is parted into what teaches and what tests."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidLabels
from brandlens.labels.image_manifest import ClassifiedPicture
from brandlens.training.split import DatasetSplit, split_dataset


def picture(name: str, *labels: str, scene: str | None = None) -> ClassifiedPicture:
    return ClassifiedPicture(name=name, labels=labels, scene=scene or name)


def film(scene: str, *shown: str) -> list[ClassifiedPicture]:
    """A frame for each of `shown`: its label, or none."""
    return [
        picture(f"{scene}/{place:02}", *([label] if label else []), scene=scene)
        for place, label in enumerate(shown)
    ]


def split(pictures: list[ClassifiedPicture]) -> DatasetSplit[ClassifiedPicture]:
    return split_dataset(
        pictures, {one.name: float(one.name[-2:]) if "/" in one.name else None for one in pictures}
    )


def names(pictures: tuple[ClassifiedPicture, ...]) -> list[str]:
    return [one.name for one in pictures]


def test_whole_videos_are_held_out() -> None:
    parted = split([frame for video in "abcde" for frame in film(video, *["Acme"] * 4)])

    assert parted.kind == "scene"
    assert {one.scene for one in parted.train}.isdisjoint(one.scene for one in parted.test)
    assert (len(parted.test), parted.left_out) == (4, 0)


def test_negatives_are_kept_on_both_sides() -> None:
    parted = split([frame for video in "abcde" for frame in film(video, "Acme", "", "Acme", "")])

    assert [sum(not one.labels for one in part) for part in (parted.train, parted.test)] == [8, 2]


def test_of_a_single_video_a_stretch_is_held_out_and_nothing_next_to_it_teaches() -> None:
    parted = split(film("a", *["Acme"] * 40))

    assert parted.kind == "time"
    assert len(parted.test) == 8
    tested = {int(name[-2:]) for name in names(parted.test)}
    taught = {int(name[-2:]) for name in names(parted.train)}
    assert not any({place - 1, place + 1} & taught for place in tested)
    assert len(taught) + len(tested) + parted.left_out == 40


def test_a_brand_that_shows_in_one_stretch_only_is_still_taught() -> None:
    parted = split(film("a", *[""] * 20, *["Acme"] * 4, *[""] * 20))

    assert any(one.labels for one in parted.train)
    assert any(one.labels for one in parted.test)


def test_of_stills_that_all_look_alike_single_ones_are_held_out() -> None:
    parted = split([picture(f"p{number}", "Acme", scene="all") for number in range(10)])

    assert (parted.kind, len(parted.test), parted.left_out) == ("picture", 2, 0)


@pytest.mark.parametrize("count", [1, 2])
def test_too_few_frames_of_one_video_are_refused(count: int) -> None:
    with pytest.raises(InvalidLabels, match="too few labeled pictures"):
        split(film("a", *["Acme"] * count))


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.lists(st.sampled_from(["", "Acme", "Bolt"]), max_size=30), max_size=4
    )
)
def test_no_neighbouring_frames_part_and_every_label_that_is_there_is_taught(
    videos: dict[str, list[str]],
) -> None:
    pictures = [frame for name, shown in videos.items() for frame in film(name, *shown)]
    try:
        parted = split(pictures)
    except InvalidLabels:
        return
    tested, taught = set(names(parted.test)), set(names(parted.train))
    assert not tested & taught
    for one, other in pairwise(pictures):
        if one.scene == other.scene:
            assert not ({one.name, other.name} & tested and {one.name, other.name} & taught)
    if parted.kind != "scene":
        assert {label for one in parted.train for label in one.labels} == {
            label for one in pictures for label in one.labels
        }
    assert parted == split(pictures)
