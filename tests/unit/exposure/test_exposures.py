from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidInput
from brandlens.exposure import Exposures
from brandlens.exposure.metrics import summarize_brands
from brandlens.results import Detection, SampledFrame
from tests.unit.exposure.works import (
    RATE,
    detections,
    find_exposures,
    found,
    kept,
    logo,
    unhurried,
    video,
    works,
)


def seconds_of_brands(exposures: Exposures) -> dict[str, float]:
    return {b.label: b.on_screen_seconds or 0.0 for b in summarize_brands(exposures.appearances)}


def exposures_of(work: list[list[Detection]]) -> Exposures:
    return found(dict(enumerate(work)), slots=len(work))


def test_frames_are_counted_as_sampled_detected_and_carried() -> None:
    frames = [*kept([0, 2]), SampledFrame(index=1, seconds=0.5, carried_from=0)]
    exposures = find_exposures(video(1.5), RATE, frames, {0: [], 2: []})
    assert exposures.sampling.model_dump() == {
        "rate_hz": RATE,
        "frames_sampled": 3,
        "frames_detected": 2,
        "frames_carried": 1,
    }
    assert exposures.warnings == ()


def test_a_frame_nobody_looked_at_is_told_in_a_warning() -> None:
    exposures = find_exposures(video(1.5), RATE, kept(range(3)), {0: [], 2: []})
    assert exposures.sampling.frames_detected == 2
    assert [(w.code, w.message) for w in exposures.warnings] == [
        (
            "FramesNotDetected",
            "The model did not look at 1 of 3 frames, so brands in them are not counted.",
        )
    ]


def test_a_frame_carried_from_one_that_was_not_kept_is_refused() -> None:
    frames = [*kept([0]), SampledFrame(index=2, seconds=1.0, carried_from=1)]
    with pytest.raises(InvalidInput, match="frame 2 cannot be given detections"):
        find_exposures(video(1.5), RATE, frames, {0: []})


def test_only_the_frame_that_proves_an_appearance_names_its_picture() -> None:
    exposures = found({1: [logo(confidence=99)], 2: [logo()]}, slots=4)
    assert exposures.proof_frames == (1,)
    assert [frame.frame for frame in exposures.frames] == [None, "frames/00000001.jpg", None, None]


def test_a_work_without_a_sampled_frame_has_no_appearances() -> None:
    assert find_exposures(video(0.0), RATE, [], {}).appearances == ()


@given(st.floats(0, 20), st.floats(0.5, 20), st.sampled_from([1.0, 2.0, 5.0]))
@unhurried
def test_seconds_on_screen_are_within_one_sampling_step_of_the_truth(
    start: float, length: float, rate: float
) -> None:
    end = min(start + length, 30.0)
    frames = [SampledFrame(index=k, seconds=k / rate) for k in range(int(30 * rate))]
    truth = {f.index: [logo()] if start <= f.seconds < end else [] for f in frames}
    measured = seconds_of_brands(find_exposures(video(30.0), rate, frames, truth)).get("Acme", 0.0)
    assert abs(measured - (end - start)) <= 1 / rate + 1e-9


@given(works)
@unhurried
def test_no_brand_is_on_screen_for_longer_than_the_work(work: list[list[Detection]]) -> None:
    assert all(s <= len(work) / RATE + 1e-9 for s in seconds_of_brands(exposures_of(work)).values())


@given(works)
@unhurried
def test_appearances_of_a_brand_never_touch(work: list[list[Detection]]) -> None:
    ends: dict[str, float] = {}
    for appearance in exposures_of(work).appearances:
        assert appearance.start_seconds is not None
        assert appearance.end_seconds is not None
        assert appearance.start_seconds > ends.get(appearance.label, -1.0)
        ends[appearance.label] = appearance.end_seconds


@given(works, st.data())
@unhurried
def test_one_more_detection_never_takes_seconds_away(
    work: list[list[Detection]], data: st.DataObject
) -> None:
    before = seconds_of_brands(exposures_of(work))
    at = data.draw(st.integers(0, len(work) - 1))
    more = [*work[:at], [*work[at], data.draw(detections)], *work[at + 1 :]]
    after = seconds_of_brands(exposures_of(more))
    assert all(after[label] >= seconds - 1e-9 for label, seconds in before.items())


@given(works, st.randoms(use_true_random=False))
@unhurried
def test_the_order_of_frames_and_detections_changes_nothing(
    work: list[list[Detection]], chance: Random
) -> None:
    frames = kept(range(len(work)))
    shuffled = find_exposures(
        video(len(work) / RATE),
        RATE,
        chance.sample(frames, len(frames)),
        {i: chance.sample(seen, len(seen)) for i, seen in enumerate(work)},
    )
    assert shuffled.appearances == exposures_of(work).appearances
