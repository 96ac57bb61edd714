import pytest

from brandlens.results import (
    Appearance,
    Detection,
    SampledFrame,
    Warning,  # noqa: A004 - the document's own term
)
from tests.unit.exposure.works import RATE, STILL, box, find_exposures, found, kept, logo, video


def spans(appearances: tuple[Appearance, ...]) -> list[tuple[str, float | None, float | None]]:
    return [(a.label, a.start_seconds, a.end_seconds) for a in appearances]


def test_an_appearance_lasts_from_its_first_frame_to_the_first_sampled_frame_without_it() -> None:
    assert spans(found({2: [logo()], 3: [logo()]}, slots=8).appearances) == [("Acme", 1.0, 2.0)]


def test_times_are_those_of_the_frames_not_of_the_grid() -> None:
    frames = [SampledFrame(index=i, seconds=s) for i, s in enumerate((0.0, 0.52, 1.04, 1.501))]
    exposures = find_exposures(video(2.0), RATE, frames, {0: [], 1: [logo()], 2: [logo()], 3: []})
    assert spans(exposures.appearances) == [("Acme", 0.52, 1.501)]


def test_the_last_frame_holds_until_the_end_of_the_media() -> None:
    exposures = find_exposures(video(1.7), RATE, kept(range(4)), {0: [], 1: [], 2: [], 3: [logo()]})
    assert spans(exposures.appearances) == [("Acme", 1.5, 1.7)]


def test_a_frame_after_the_stated_end_of_the_media_holds_for_no_time() -> None:
    exposures = find_exposures(video(1.2), RATE, kept(range(4)), {0: [], 1: [], 2: [], 3: [logo()]})
    assert spans(exposures.appearances) == [("Acme", 1.5, 1.5)]


def test_a_missed_sample_does_not_split_an_appearance_but_two_do() -> None:
    assert spans(found({0: [logo()], 2: [logo()], 5: [logo()]}, slots=6).appearances) == [
        ("Acme", 0.0, 1.5),
        ("Acme", 2.5, 3.0),
    ]


def test_simultaneous_logos_of_a_brand_are_one_appearance() -> None:
    exposures = found({0: [logo(left=0.0), logo(left=0.7)], 1: [logo(left=0.7)]}, slots=4)
    assert spans(exposures.appearances) == [("Acme", 0.0, 1.0)]


def test_a_brand_that_a_cut_moves_elsewhere_stays_on_screen() -> None:
    before, after = (logo(left=left, width=0.05, height=0.05) for left in (0.0, 0.9))
    exposures = found({0: [before], 1: [after]}, slots=4)
    assert spans(exposures.appearances) == [("Acme", 0.0, 1.0)]


def test_a_gap_that_could_not_be_read_ends_an_appearance() -> None:
    gap = Warning(code="CorruptFrames", message="unreadable", start_seconds=0.7, end_seconds=2.9)
    frames = kept([0, 1, 6])
    exposures = find_exposures(
        video(3.5), RATE, frames, {0: [logo()], 1: [logo()], 6: [logo()]}, warnings=[gap]
    )
    assert spans(exposures.appearances) == [("Acme", 0.0, 0.7), ("Acme", 3.0, 3.5)]


def test_a_frame_shown_for_long_by_a_variable_rate_counts_for_as_long() -> None:
    frames = [SampledFrame(index=0, seconds=0.0), SampledFrame(index=20, seconds=10.0)]
    exposures = find_exposures(video(12.0), RATE, frames, {0: [logo()], 20: []})
    assert spans(exposures.appearances) == [("Acme", 0.0, 10.0)]


def test_a_carried_frame_shows_what_the_kept_one_shows() -> None:
    frames = [*kept([0]), SampledFrame(index=1, seconds=0.5, carried_from=0), *kept([2])]
    exposures = find_exposures(video(1.5), RATE, frames, {0: [logo()], 2: []})
    assert spans(exposures.appearances) == [("Acme", 0.0, 1.0)]


def test_the_proof_is_the_kept_frame_of_most_confidence() -> None:
    frames = [*kept([0, 1]), SampledFrame(index=2, seconds=1.0, carried_from=1)]
    detections = {0: [logo(confidence=70)], 1: [logo(confidence=95, left=0.45), logo(confidence=60)]}
    (appearance,) = find_exposures(video(1.5), RATE, frames, detections).appearances
    assert appearance.peak_confidence == 95
    assert appearance.proof_frame.model_dump() == {
        "index": 1,
        "seconds": 0.5,
        "file": "frames/00000001.jpg",
        "box": box(left=0.45).model_dump(),
    }


def test_an_appearance_of_carried_frames_only_is_proved_by_the_frame_they_repeat() -> None:
    gap = Warning(code="CorruptFrames", message="unreadable", start_seconds=0.2, end_seconds=0.45)
    frames = [*kept([0]), SampledFrame(index=1, seconds=0.5, carried_from=0)]
    exposures = find_exposures(video(1.0), RATE, frames, {0: [logo()]}, warnings=[gap])
    assert [a.proof_frame.index for a in exposures.appearances] == [0, 0]


def test_the_mean_area_is_over_time_and_counts_overlaps_once() -> None:
    frames = [SampledFrame(index=0, seconds=0.0), SampledFrame(index=1, seconds=0.9)]
    small, large = logo(width=0.1, height=0.1), logo(width=0.2, height=0.1)
    (appearance,) = find_exposures(video(1.0), RATE, frames, {0: [small], 1: [large, small]}).appearances
    assert appearance.mean_area_fraction == pytest.approx(0.9 * 0.01 + 0.1 * 0.02)


def test_the_zone_is_the_one_that_held_most_of_the_brand() -> None:
    corner = logo(left=0.0, top=0.0, width=0.1, height=0.1)
    middle = logo(left=0.3, top=0.4, width=0.4, height=0.2)
    (appearance,) = found({0: [corner], 1: [corner], 2: [corner, middle]}, slots=3).appearances
    assert appearance.zone == "middle-center"


def test_the_others_on_screen_are_the_brands_seen_at_the_same_time() -> None:
    seen = {0: [logo()], 1: [logo(), logo("Initech"), logo("Globex")], 3: [logo("Umbrella")]}
    by_label = {a.label: a.others_on_screen for a in found(seen, slots=4).appearances}
    assert by_label == {
        "Acme": ("Globex", "Initech"),
        "Globex": ("Acme", "Initech"),
        "Initech": ("Acme", "Globex"),
        "Umbrella": (),
    }


def test_a_whole_image_label_covers_everything_and_has_no_zone() -> None:
    (appearance,) = found({0: [Detection(label="Stadium", confidence=80)]}, slots=1).appearances
    assert (appearance.mean_area_fraction, appearance.zone, appearance.proof_frame.box) == (1.0, None, None)


def test_a_brand_in_an_image_appears_once_and_at_no_time() -> None:
    exposures = find_exposures(STILL, None, kept([0]), {0: [logo(left=0.0), logo(left=0.7), logo("Globex")]})
    assert spans(exposures.appearances) == [("Acme", None, None), ("Globex", None, None)]
    assert exposures.appearances[0].mean_area_fraction == pytest.approx(0.04)


def test_appearances_are_named_in_order_of_start() -> None:
    exposures = found({0: [logo("Zeta")], 2: [logo()], 5: [logo("Zeta")]}, slots=6)
    assert [(a.id, a.label) for a in exposures.appearances] == [
        ("a0001", "Zeta"),
        ("a0002", "Acme"),
        ("a0003", "Zeta"),
    ]
