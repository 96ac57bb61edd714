import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidInput
from brandlens.projects import validated_labels, validated_name


@pytest.mark.parametrize("name", ["a", "cup", "summer-cup-2026", "a" * 63])
def test_a_plain_name_is_taken(name: str) -> None:
    assert validated_name(name) == name


@pytest.mark.parametrize("name", ["", "Cup", "cup/2026", "-cup", "cup-", "a--b", "a" * 64, "cup\n", "müll"])
def test_a_name_that_would_not_fit_a_key_or_an_arn_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="lower-case letters and digits"):
        validated_name(name)


def test_blanks_around_labels_are_dropped() -> None:
    assert validated_labels([" Acme", "Bolt Energy "]) == ("Acme", "Bolt Energy")


@pytest.mark.parametrize("label", ["", "  ", "a,b", "-x", "<script>", "x" * 101, "Café"])
def test_a_label_that_the_service_would_not_take_is_refused(label: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be labeled"):
        validated_labels(["Acme", label])


@pytest.mark.parametrize("label", ["None of these", "none OF these"])
def test_the_name_of_the_second_class_is_no_brands(label: str) -> None:
    with pytest.raises(InvalidInput, match="pictures without the brand are called"):
        validated_labels([label])


def test_a_label_named_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="twice"):
        validated_labels(["Acme", "Acme "])


@given(st.lists(st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,20}", fullmatch=True), min_size=1, unique=True))
def test_labels_come_back_in_their_order(labels: list[str]) -> None:
    assert list(validated_labels(labels)) == labels


def test_more_labels_than_the_service_takes_are_refused() -> None:
    with pytest.raises(InvalidInput, match="Custom Labels takes 250"):
        validated_labels([f"label {number}" for number in range(251)])
