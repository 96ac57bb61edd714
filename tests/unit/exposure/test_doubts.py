from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from brandlens.exposure.doubts import doubtful_confidence, settle
from brandlens.results import Detection, FrameDetections
from tests.unit.exposure.works import RATE, find_exposures, kept, logo, unhurried, video, works


def frames_of(seen: Sequence[Sequence[Detection]]) -> list[FrameDetections]:
    return [
        FrameDetections(
            index=slot, seconds=slot / RATE, frame=None, carried_from=None, detections=tuple(detections)
        )
        for slot, detections in enumerate(seen)
    ]


def confidences(*percents: float) -> list[list[float]]:
    """What is left, frame by frame, of one logo found with these confidences, none at naught."""
    frames = frames_of([[logo(confidence=percent)] if percent else [] for percent in percents])
    return [[d.confidence for d in frame.detections] for frame in settle(frames, 50)]


def test_a_doubtful_detection_counts_where_its_logo_is_certain_on_the_whole() -> None:
    assert confidences(70, 45, 70) == [[70], [45], [70]]


def test_doubts_about_a_logo_that_is_never_certain_are_dropped() -> None:
    assert confidences(45, 49, 40) == [[], [], []]


def test_of_a_doubtful_logo_only_what_is_certain_by_itself_counts() -> None:
    assert confidences(40, 52, 40) == [[], [52], []]


def test_a_picture_shows_what_reaches_the_confidence_asked_for() -> None:
    assert confidences(49.9) == [[]]
    assert confidences(50) == [[50]]


def test_a_certain_logo_lends_nothing_to_a_doubtful_one_elsewhere() -> None:
    far = logo(confidence=45, left=0.0, top=0.9, width=0.05, height=0.05)
    settled = settle(frames_of([[logo(), far], [logo(), far]]), 50)
    assert [frame.detections for frame in settled] == [(logo(),), (logo(),)]


def test_an_appearance_lasts_through_its_doubtful_frames() -> None:
    seen = {0: [logo(confidence=90)], 1: [logo(confidence=45)], 2: [logo(confidence=45)], 3: [logo()]}
    (appearance,) = find_exposures(video(2), RATE, kept(range(4)), seen).appearances
    assert (appearance.start_seconds, appearance.end_seconds) == (0, 2)


@unhurried
@given(works, st.floats(1, 99))
def test_what_is_certain_always_counts_and_nothing_is_added(seen, least) -> None:
    frames = frames_of(seen)
    for before, after in zip(frames, settle(frames, least), strict=True):
        assert set(after.detections) <= set(before.detections)
        assert {d for d in before.detections if d.confidence >= least} <= set(after.detections)


def test_a_detector_is_asked_for_less_than_what_counts() -> None:
    assert doubtful_confidence(50) == 35
