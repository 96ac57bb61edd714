"""The benchmark's frames: dealt evenly, made alike from a seed, labeled where the ink is."""

from collections import Counter
from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.detector.backgrounds import Backgrounds
from benchmarks.detector.frames import BenchmarkSet, Hand, deal, few_shot, make_frames
from benchmarks.detector.logos import BRANDS, TAUGHT_DISTRACTORS, TESTED_DISTRACTORS, Artwork
from benchmarks.detector.placing import LONGEST, SHORTEST
from benchmarks.detector.rendering import TAUGHT, TESTED
from brandlens.detect.dataset import LabeledImage
from brandlens.results import Box

HANDS = [Hand(("red", "blue")), Hand(("red",), ("blue",)), Hand()]
BOX = Box(left=0.1, top=0.1, width=0.2, height=0.2)


@given(st.lists(st.integers(1, 4), max_size=40), st.integers(0, 100))
def test_a_deal_gives_every_name_equally_often_and_none_twice_in_a_hand(counts: list[int], seed: int) -> None:
    hands = list(deal(tuple("abcdef"), counts, np.random.default_rng(seed)))
    assert [len(set(hand)) for hand in hands] == counts
    dealt = Counter(name for hand in hands for name in hand)
    assert max(dealt.values(), default=0) - min((dealt[name] for name in "abcdef"), default=0) <= 2


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(
    backgrounds: Backgrounds, logos: dict[str, Artwork]
) -> None:
    for rendering in (TAUGHT, TESTED):
        once, again, other = (make_frames(HANDS, backgrounds, rendering, logos, [seed]) for seed in (1, 1, 2))
        assert [frame.read() for frame in once] == [frame.read() for frame in again]
        assert [frame.boxes for frame in once] == [frame.boxes for frame in again]
        assert not {frame.read() for frame in once} & {frame.read() for frame in other}


def test_brands_are_labeled_and_strangers_are_not(
    backgrounds: Backgrounds, logos: dict[str, Artwork]
) -> None:
    frames = make_frames(HANDS, backgrounds, TESTED, logos, [3])
    assert [[label for label, _ in frame.boxes] for frame in frames] == [["red", "blue"], ["red"], []]


def test_every_box_lies_in_the_picture_and_is_of_a_size_asked_for(
    backgrounds: Backgrounds, logos: dict[str, Artwork]
) -> None:
    for frame in make_frames([Hand(("red",))] * 12, backgrounds, TAUGHT, logos, [4]):
        ((_, box),) = frame.boxes
        assert box.left >= 0
        assert box.top >= 0
        assert box.left + box.width <= 1
        assert box.top + box.height <= 1
        longest = max(box.width * frame.width, box.height * frame.height)
        assert SHORTEST - 1e-6 <= longest <= LONGEST + 1e-6


def test_few_shot_picks_frames_of_one_brand_each() -> None:
    def frame(*labels: str) -> LabeledImage:
        return LabeledImage(partial(bytes, 0), 1280, 720, tuple((label, BOX) for label in labels), "scene")

    taught = (frame("a", "b"), frame("a"), frame("b"), frame("a"), frame("b"), frame("a"), frame("b"))
    picked = few_shot(BenchmarkSet(1, ("a", "b"), taught, (), (), (), ()), per_brand=2)
    assert [frame.boxes[0][0] for frame in picked] == ["a", "a", "b", "b"]
    assert all(len(frame.boxes) == 1 for frame in picked)


def test_no_brand_is_in_two_lists() -> None:
    lists = (BRANDS, TAUGHT_DISTRACTORS, TESTED_DISTRACTORS)
    assert [len(names) for names in lists] == [12, 25, 25]
    assert len({name for names in lists for name in names}) == 62
