from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.split import split
from brandlens.results import Box

BOX = Box(left=0.1, top=0.1, width=0.5, height=0.5)


def picture(scene, *labels):
    return LabeledImage(lambda: b"", 100, 100, tuple((label, BOX) for label in labels), scene=scene)


sets = st.lists(
    st.tuples(st.integers(0, 15), st.lists(st.sampled_from("ABC"), max_size=2)), min_size=1, max_size=60
).map(lambda rows: [picture(f"s{scene}", *labels) for scene, labels in rows])


@given(sets, st.integers(0, 5))
def test_held_out_scenes_are_whole_and_every_label_keeps_half_its_pictures(images, seed):
    parts = split(images, seed=seed, most=100)
    if parts.kind == "none":
        assert parts.learning == tuple(images)
        return
    assert len(parts.learning) + len(parts.validation) == len(images)
    if parts.kind == "scene":
        assert not {i.scene for i in parts.learning} & {i.scene for i in parts.validation}
    for label in "ABC":
        kept, held = (
            sum(any(name == label for name, _ in i.boxes) for i in p)
            for p in (parts.learning, parts.validation)
        )
        assert kept >= held


@given(sets, st.integers(0, 5))
def test_the_same_seed_splits_alike(images, seed):
    assert split(images, seed=seed, most=10) == split(images, seed=seed, most=10)


def test_about_a_fifth_of_many_scenes_is_held_out_but_never_more_than_can_be_looked_at():
    images = [picture(f"s{n}", "A") for n in range(100)]
    assert len(split(images, seed=1, most=100).validation) == 20
    assert len(split(images, seed=1, most=8).validation) == 8


def test_one_scene_is_split_by_picture_and_says_so():
    parts = split([picture("only", "A") for _ in range(20)], seed=1, most=100)
    assert (parts.kind, len(parts.validation)) == ("picture", 4)


def test_one_picture_both_teaches_and_tests_and_says_so():
    parts = split([picture("only", "A")], seed=1, most=100)
    assert parts.kind == "none"
    assert parts.learning == parts.validation


def test_where_nothing_is_held_out_pictures_with_boxes_measure_first(draw):
    pictures = [draw(number, label=None) for number in range(9)] + [draw(9, label="Disc")]
    parts = split(pictures, seed=1, most=3)
    assert parts.kind == "none"
    assert parts.validation[0].boxes
