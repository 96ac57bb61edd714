from hypothesis import given
from hypothesis import strategies as st

from brandlens.labels.second_class import SECOND_CLASS, concept_classes, is_second_class


@given(st.lists(st.text(min_size=1), unique=True, min_size=1))
def test_there_are_two_classes_at_least_and_every_label_is_one(labels: list[str]) -> None:
    classes = concept_classes(labels)
    assert len(classes) >= 2
    assert list(classes[: len(labels)]) == labels


def test_labels_that_can_be_told_from_each_other_need_no_second_class() -> None:
    assert concept_classes(["Acme", "Bolt"]) == ("Acme", "Bolt")


def test_the_second_class_is_known_however_it_is_written() -> None:
    assert is_second_class(SECOND_CLASS.upper())
    assert not is_second_class("Acme")
