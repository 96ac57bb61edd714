from collections.abc import Mapping, Sequence

from hypothesis import given

from brandlens.exposure.tracks import link
from brandlens.results import Detection, FrameDetections
from tests.unit.exposure.works import RATE, box, logo, unhurried, works


def frames_of(
    seen: Mapping[int, Sequence[Detection]], slots: int, rate: float = RATE
) -> list[FrameDetections]:
    return [
        FrameDetections(
            index=slot,
            seconds=slot / rate,
            frame=None,
            carried_from=None,
            detections=tuple(seen.get(slot, ())),
        )
        for slot in range(slots)
    ]


def positions(seen: Mapping[int, Sequence[Detection]], slots: int) -> list[list[int]]:
    return [list(track.found) for track in link(frames_of(seen, slots), "Acme")]


def test_a_logo_that_moves_less_than_its_width_is_one_track() -> None:
    assert positions({s: [logo(left=0.1 + 0.15 * s)] for s in range(5)}, 5) == [[0, 1, 2, 3, 4]]


def test_a_logo_missed_once_is_followed_and_its_box_interpolated() -> None:
    (track,) = link(frames_of({0: [logo(left=0.1)], 2: [logo(left=0.3)]}, 3), "Acme")
    assert list(track.boxes()) == [(0, box(left=0.1)), (1, box(left=0.2)), (2, box(left=0.3))]


def test_a_logo_missed_twice_is_another_track() -> None:
    assert positions({0: [logo()], 3: [logo()]}, 4) == [[0], [3]]


def test_a_logo_missed_for_less_than_a_quarter_of_a_second_is_one_track_however_dense_the_samples() -> None:
    (track,) = link(frames_of({0: [logo()], 3: [logo()]}, 4, rate=12.5), "Acme")
    assert [position for position, _ in track.boxes()] == [0, 1, 2, 3]
    assert len(link(frames_of({0: [logo()], 4: [logo()]}, 5, rate=12.5), "Acme")) == 2


def test_a_cut_that_puts_the_logo_elsewhere_ends_the_track() -> None:
    before, after = (logo(left=at, top=at, width=0.05, height=0.05) for at in (0.05, 0.9))
    assert positions({0: [before], 1: [after]}, 2) == [[0], [1]]


def test_two_logos_of_a_brand_keep_apart_when_they_pass_through_a_frame_in_another_order() -> None:
    left, right = logo(left=0.0, confidence=80), logo(left=0.7, confidence=90)
    tracks = link(frames_of({0: [left, right], 1: [right, left]}, 2), "Acme")
    assert sorted([d.box for d in track.found.values()] == [left.box] * 2 for track in tracks) == [
        False,
        True,
    ]


def test_the_closer_of_two_candidates_continues_the_track() -> None:
    near, far = logo(left=0.42, confidence=60), logo(left=0.7, confidence=99)
    tracks = link(frames_of({0: [logo(left=0.4)], 1: [far, near]}, 2), "Acme")
    assert [list(track.found.values())[-1] for track in tracks] == [near, far]


def test_a_whole_image_label_continues_but_never_as_a_box() -> None:
    whole = Detection(label="Acme", confidence=90)
    assert positions({0: [whole], 1: [whole], 2: [logo()]}, 3) == [[0, 1], [2]]


def test_another_brand_at_the_same_place_is_not_followed() -> None:
    assert positions({0: [logo()], 1: [logo("Globex")]}, 2) == [[0]]


@given(works)
@unhurried
def test_every_detection_of_the_brand_lies_in_exactly_one_track(seen: list[list[Detection]]) -> None:
    frames = frames_of(dict(enumerate(seen)), len(seen))
    followed = [(at, repr(d)) for track in link(frames, "Acme") for at, d in track.found.items()]
    expected = [(at, repr(d)) for at, frame in enumerate(seen) for d in frame if d.label == "Acme"]
    assert sorted(followed) == sorted(expected)
