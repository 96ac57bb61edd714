import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidLabels
from brandlens.labels.screen_times import covered_seconds, read_screen_times

spans = st.tuples(st.integers(0, 100), st.integers(1, 20)).map(lambda at: (at[0], at[0] + at[1]))


def read(document: Any, *, videos: tuple[str, ...] = ("a.mp4",)) -> dict[str, dict[str, float]]:
    return read_screen_times(
        json.dumps(document), file="truth.json", videos=videos, labels=["Acme", "Globex"]
    )


def test_a_brand_is_on_screen_for_the_sum_of_its_intervals_and_a_brand_left_out_for_none() -> None:
    assert read({"a.mp4": {"Acme": [[0, 4.5], [12, 13]]}}) == {"a.mp4": {"Acme": 5.5, "Globex": 0}}


def test_only_the_videos_asked_for_are_returned() -> None:
    assert list(read({"a.mp4": {}, "b.mp4": {"Other": [[0, 1]]}})) == ["a.mp4"]


@given(st.lists(spans, max_size=8))
def test_intervals_that_overlap_count_once(intervals: list[tuple[int, int]]) -> None:
    shown = {second for start, end in intervals for second in range(start, end)}
    assert covered_seconds(intervals) == len(shown)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "the document: Input should be an object"),
        ({"a.mp4": {"Acme": [[3, 2]]}}, "a.mp4 > Acme > 0: Value error, it ends at 2 and starts at 3"),
        ({"a.mp4": {"Acme": [[-1, 2]]}}, "a.mp4 > Acme > 0 > 0: Input should be greater than or equal to 0"),
        ({"a.mp4": {"Acme": [[1]]}}, "a.mp4 > Acme > 0 > 1: Field required"),
        ({"a.mp4": {"Acme": [[0, float("nan")]]}}, "a.mp4 > Acme > 0 > 1: Input should be a finite number"),
        ({"b.mp4": {}}, "it says nothing of a.mp4"),
        ({"a.mp4": {"Acne": [[0, 1]]}}, "a.mp4 shows Acne, and the model knows Acme, Globex"),
    ],
)
def test_a_truth_that_cannot_be_is_refused_naming_the_place(document: Any, said: str) -> None:
    with pytest.raises(InvalidLabels) as refusal:
        read(document)
    assert str(refusal.value) == f"truth.json could not be read: {said}. Correct it and try again."
