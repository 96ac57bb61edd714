"""The benchmark's labeled frames: taught, negative, tested, clean and of strangers alone."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.detector.backgrounds import HEIGHT, WIDTH, Backgrounds, split_backgrounds
from benchmarks.detector.logos import BRANDS, TAUGHT_DISTRACTORS, TESTED_DISTRACTORS, Artwork, draw_logos
from benchmarks.detector.placing import Placed, place
from benchmarks.detector.rendering import TAUGHT, TESTED, Rendering
from brandlens.detect.dataset import LabeledImage

_THREADS = 2
_BRANDS_A_FRAME = (0.45, 0.32, 0.18, 0.05)  # shares of frames with one, two, three and four brands


@dataclass(frozen=True)
class Sizes:
    """How many frames of each kind."""

    taught: int = 300
    negatives: int = 60
    tested: int = 200
    clean: int = 80
    distractor: int = 80


@dataclass(frozen=True)
class BenchmarkSet:
    """Frames of 1280 x 720 pixels as JPEG, in memory.

    Attributes
    ----------
    taught
        Frames with one to four brands; every third also shows a logo nobody teaches, without a box.
    negatives
        For teaching too: frames without any brand, every second with one of those logos.
    tested
        Frames with one to four brands, on backgrounds never taught and through another rendering.
    clean, distractor
        For the test: frames without any logo, and with one to three logos of brands never seen in teaching.
    """

    seed: int
    labels: tuple[str, ...]
    taught: tuple[LabeledImage, ...]
    negatives: tuple[LabeledImage, ...]
    tested: tuple[LabeledImage, ...]
    clean: tuple[LabeledImage, ...]
    distractor: tuple[LabeledImage, ...]


@dataclass(frozen=True)
class Hand:
    """What one frame shall show."""

    brands: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def make_set(seed: int, cache: Path, sizes: Sizes = Sizes()) -> BenchmarkSet:
    """Make the frames of one seed; packages are fetched into `cache`, raising as
    `local.packages.extract` does.

    Another seed splits the backgrounds otherwise and places everything elsewhere; the brands stay.
    """
    rng = np.random.default_rng([seed, 2])
    taught, tested = split_backgrounds(seed, cache)
    brands = deal(BRANDS, _counts(sizes.taught, rng), rng)
    strangers = deal(TAUGHT_DISTRACTORS, [1] * (sizes.taught + sizes.negatives), rng)
    teaching = [Hand(own, next(strangers) if n % 3 == 0 else ()) for n, own in enumerate(brands)]
    negatives = [Hand(strangers=next(strangers) if n % 2 else ()) for n in range(sizes.negatives)]
    strange = deal(TESTED_DISTRACTORS, rng.integers(1, 4, sizes.distractor).tolist(), rng)
    testing = [Hand(own) for own in deal(BRANDS, _counts(sizes.tested, rng), rng)]
    testing += [Hand()] * sizes.clean + [Hand(strangers=shown) for shown in strange]
    learned = make_frames(
        teaching + negatives,
        taught,
        TAUGHT,
        draw_logos(BRANDS + TAUGHT_DISTRACTORS, TAUGHT.rasterise, cache),
        [seed, 3],
    )
    judged = make_frames(
        testing,
        tested,
        TESTED,
        draw_logos(BRANDS + TESTED_DISTRACTORS, TESTED.rasterise, cache),
        [seed, 4],
    )
    return BenchmarkSet(
        seed=seed,
        labels=BRANDS,
        taught=learned[: sizes.taught],
        negatives=learned[sizes.taught :],
        tested=judged[: sizes.tested],
        clean=judged[sizes.tested : sizes.tested + sizes.clean],
        distractor=judged[sizes.tested + sizes.clean :],
    )


def few_shot(made: BenchmarkSet, per_brand: int = 5) -> tuple[LabeledImage, ...]:
    """Return `per_brand` taught frames for each brand that show it and no other brand, brand by brand."""
    return tuple(
        frame
        for label in made.labels
        for frame in [one for one in made.taught if [name for name, _ in one.boxes] == [label]][:per_brand]
    )


def _counts(frames: int, rng: np.random.Generator) -> list[int]:
    return [int(count) for count in rng.choice([1, 2, 3, 4], frames, p=_BRANDS_A_FRAME)]


def deal(names: Sequence[str], counts: Sequence[int], rng: np.random.Generator) -> Iterator[tuple[str, ...]]:
    """Deal hands of `counts` different names from shuffled decks, so that each is dealt equally often."""
    deck: list[str] = []
    for count in counts:
        hand: list[str] = []
        for _ in range(count):
            if not set(deck) - set(hand):
                deck += [str(name) for name in rng.permutation(names)]
            hand.append(deck.pop(next(n for n, name in enumerate(deck) if name not in hand)))
        yield tuple(hand)


def make_frames(
    hands: Sequence[Hand],
    backgrounds: Backgrounds,
    rendering: Rendering,
    logos: Mapping[str, Artwork],
    seed: Sequence[int],
) -> tuple[LabeledImage, ...]:
    """Make a frame of each hand; a frame depends on the seed and its place alone, not on the other frames."""

    def frame(number: int) -> LabeledImage:
        return _frame(hands[number], backgrounds, rendering, logos, np.random.default_rng([*seed, number]))

    with ThreadPoolExecutor(_THREADS) as pool:
        return tuple(pool.map(frame, range(len(hands))))


def _frame(
    hand: Hand,
    backgrounds: Backgrounds,
    rendering: Rendering,
    logos: Mapping[str, Artwork],
    rng: np.random.Generator,
) -> LabeledImage:
    """Make a frame; where a brand finds no place, another background is tried."""
    while True:
        picture, scene = backgrounds.view(rng)
        placed: list[Placed] = []
        for name in hand.brands + hand.strangers:
            one = place(picture, logos[name], [other.reach for other in placed], rendering, rng)
            if one is not None:
                placed.append(one)
        if len(placed) == len(hand.brands) + len(hand.strangers):
            break
    data = rendering.finish(picture, rng)
    boxes = tuple((one.label, one.box) for one in placed if one.label in hand.brands)
    return LabeledImage(partial(bytes, data), WIDTH, HEIGHT, boxes, scene)
