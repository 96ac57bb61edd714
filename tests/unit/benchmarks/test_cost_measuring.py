import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cost.measuring import recall

SPANS = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0.01, 20)).map(lambda one: (one[0], one[0] + one[1])), max_size=5
)
FOUND = st.dictionaries(st.sampled_from("ab"), SPANS)


def test_seconds_found_by_both_count_by_brand() -> None:
    everything = {"a": [(0.0, 4.0), (6.0, 10.0)], "b": [(0.0, 2.0)]}
    assert recall(everything, {"a": [(1.0, 7.0)], "b": [(3.0, 9.0)], "c": [(0.0, 9.0)]}) == pytest.approx(0.4)


@given(FOUND, FOUND)
def test_recall_is_a_share_and_finding_more_never_lowers_it(
    everything: dict[str, list[tuple[float, float]]], found: dict[str, list[tuple[float, float]]]
) -> None:
    both = {label: [*everything.get(label, []), *found.get(label, [])] for label in {*everything, *found}}
    assert 0 <= recall(everything, found) <= 1 + 1e-9
    assert recall(everything, both) == pytest.approx(1)
