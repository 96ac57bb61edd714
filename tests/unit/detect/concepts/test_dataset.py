import pytest

from brandlens.detect.concepts.dataset import ConceptImage, check, pictures_per_label
from brandlens.errors import InvalidLabels


def picture(*labels):
    return ConceptImage(lambda: b"bytes", labels, scene="s")


def test_pictures_of_every_label_are_accepted():
    check([picture("A"), picture("B")], ["A", "B"], "multi-class")
    check([picture("A", "B"), picture("B"), picture()], ["A", "B"], "multi-label")


@pytest.mark.parametrize("kind", ["multi-class", "multi-label"])
@pytest.mark.parametrize(
    ("labels", "pictures", "said"),
    [
        ([], [("A",)], "at least one label"),
        (["A", "A"], [("A",)], "none twice"),
        (["A", "B"], [], "there is none of them on 0 pictures"),
        (["A"], [("B",)], "'B', which is not among"),
        (["A", "B"], [("A",)], "['B']"),
        (["A"], [("A",), ("A",)], "nothing to tell them from"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_words(kind, labels, pictures, said):
    with pytest.raises(InvalidLabels) as refusal:
        check([picture(*one) for one in pictures], labels, kind)
    assert said in str(refusal.value)


@pytest.mark.parametrize("labels", [(), ("A", "B")])
def test_of_classes_that_exclude_each_other_a_picture_has_one(labels):
    with pytest.raises(InvalidLabels, match=f"it has {len(labels)} labels"):
        check([picture("A"), picture("B"), picture(*labels)], ["A", "B"], "multi-class")


def test_labels_on_all_pictures_cannot_be_told_apart():
    with pytest.raises(InvalidLabels, match="nothing to tell them from"):
        check([picture("A", "B"), picture("B", "A")], ["A", "B"], "multi-label")


def test_pictures_are_counted_per_label_naught_included():
    assert pictures_per_label([picture("A", "A"), picture("A")], ["A", "B"]) == {"A": 2, "B": 0}


def test_a_picture_is_read_from_a_path_or_a_function(tmp_path):
    (tmp_path / "p.jpg").write_bytes(b"from disk")
    assert ConceptImage(tmp_path / "p.jpg", (), scene="s").read() == b"from disk"
    assert picture().read() == b"bytes"
