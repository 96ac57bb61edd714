from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.concepts.dataset import ConceptImage
from brandlens.detect.concepts.folds import FOLDS, folds


def picture(scene, *labels):
    return ConceptImage(lambda: b"", labels, scene=scene)


sets = st.lists(
    st.tuples(st.integers(0, 15), st.sets(st.sampled_from("ABC"), max_size=2)), min_size=1, max_size=60
).map(lambda rows: [picture(f"s{scene}", *sorted(labels)) for scene, labels in rows])


@given(sets, st.integers(0, 5))
def test_a_scene_is_in_one_fold_only_when_scenes_are_held_out(images, seed):
    parts = folds(images, "ABC", seed=seed)
    assert len(parts.numbers) == len(images)
    assert set(parts.numbers.tolist()) <= set(range(FOLDS))
    if parts.kind == "scene":
        fold_of = dict(zip((image.scene for image in images), parts.numbers, strict=True))
        assert [fold_of[image.scene] for image in images] == parts.numbers.tolist()


@given(sets, st.integers(0, 5))
def test_the_same_seed_divides_alike(images, seed):
    assert (folds(images, "ABC", seed=seed).numbers == folds(images, "ABC", seed=seed).numbers).all()


def test_each_label_is_spread_evenly_over_the_folds():
    parts = folds([picture(f"s{n}", "ABC"[n % 3]) for n in range(60)], "ABC", seed=1)
    for label in range(3):
        counts = [sum(parts.numbers[label::3] == fold) for fold in range(FOLDS)]
        assert counts == [4] * FOLDS
    assert parts.kind == "scene"


def test_a_label_of_one_scene_only_has_pictures_divided_singly_and_says_so():
    parts = folds([picture("a", "A")] * 5 + [picture("b", "B")] * 5, "AB", seed=1)
    assert parts.kind == "picture"
    assert sorted(parts.numbers[:5]) == sorted(parts.numbers[5:]) == [0, 1, 2, 3, 4]


def test_one_picture_of_each_label_is_not_divided_and_says_so():
    parts = folds([picture("a", "A"), picture("b", "B")], "AB", seed=1)
    assert (parts.kind, parts.numbers.tolist()) == ("none", [0, 0])
