"""Which pictures are held out."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from brandlens.labels.holding_out import TEST_SHARE, held_out

PICTURES = st.lists(
    st.tuples(st.sets(st.sampled_from("abc")), st.sampled_from("uvwxyz")), min_size=1, max_size=60
)


@given(PICTURES)
def test_no_group_parts_and_every_label_keeps_half_of_its_pictures(
    pictures: list[tuple[set[str], str]],
) -> None:
    labels, groups = [shown for shown, _ in pictures], [group for _, group in pictures]

    held = held_out(labels, groups)

    assert {groups[place] for place in held}.isdisjoint(
        groups[place] for place in range(len(groups)) if place not in held
    )
    there = Counter(label for shown in labels for label in shown)
    gone = Counter(label for place in held for label in labels[place])
    assert all(2 * gone[label] <= count for label, count in there.items())
    assert held == held_out(labels, groups)


@given(st.integers(10, 300))
def test_of_many_small_groups_a_fifth_is_held_out(count: int) -> None:
    held = held_out([{"a"}] * count, [str(number) for number in range(count)])

    assert TEST_SHARE * count <= len(held) < TEST_SHARE * count + 1


@given(st.integers(5, 80), st.integers(5, 80), st.integers(0, 40))
def test_of_single_pictures_every_label_is_held_out_in_its_share(a: int, b: int, negatives: int) -> None:
    labels = [{"a"}] * a + [{"b"}] * b + [set[str]()] * negatives

    held = held_out(labels, [str(number) for number in range(len(labels))])

    there = {"a": a, "b": b}
    gone = Counter(label for place in held for label in labels[place])
    assert all(abs(gone[label] - TEST_SHARE * count) <= 1 for label, count in there.items())
    assert len(held) - gone.total() <= TEST_SHARE * negatives + 1


def test_negatives_are_held_out_too_where_they_lie_alone() -> None:
    labels = [{"a"}] * 20 + [set[str]()] * 10

    held = held_out(labels, [str(number) for number in range(30)])

    assert len(held & set(range(20, 30))) == 2


def test_every_label_is_tested_where_it_can_be() -> None:
    labels = [{"common"}] * 20 + [{"rare"}, {"rare"}]

    held = held_out(labels, [str(number) for number in range(22)])

    assert len(held & {20, 21}) == 1


def test_negatives_go_with_their_group() -> None:
    held = held_out([{"a"}, (), {"a"}, ()], ["first", "first", "second", "second"])

    assert held in ({0, 1}, {2, 3})


def test_a_single_group_leaves_nothing_to_test_with() -> None:
    assert held_out([{"a"}, {"a"}], ["only", "only"]) == set()
