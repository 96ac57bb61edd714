import pytest
from hypothesis import given

from brandlens.exposure.metrics import any_brand_seconds, summarize_brands
from brandlens.results import Detection
from tests.unit.exposure.works import RATE, STILL, find_exposures, found, kept, logo, unhurried, video, works


def test_share_of_voice_is_a_brands_part_of_all_brands_seconds() -> None:
    seen = {0: [logo()], 1: [logo(), logo("Globex")], 2: [logo()]}
    acme, globex = summarize_brands(found(seen, slots=5).appearances)
    assert (acme.label, acme.on_screen_seconds, acme.share_of_voice) == ("Acme", 1.5, 0.75)
    assert (globex.label, globex.on_screen_seconds, globex.share_of_voice) == ("Globex", 0.5, 0.25)


def test_a_brand_sums_up_all_its_appearances() -> None:
    seen = {0: [logo(confidence=70, width=0.1)], 4: [logo(confidence=90)], 5: [logo(confidence=80)]}
    (brand,) = summarize_brands(found(seen, slots=8).appearances)
    assert brand.model_dump() == pytest.approx(
        {
            "label": "Acme",
            "on_screen_seconds": 1.5,
            "appearances": 2,
            "first_seen_seconds": 0.0,
            "last_seen_seconds": 3.0,
            "mean_area_fraction": (0.5 * 0.01 + 1.0 * 0.02) / 1.5,
            "peak_confidence": 90,
            "share_of_voice": 1.0,
        }
    )


def test_the_voice_of_an_image_is_covered_area() -> None:
    seen = [logo(width=0.3), logo("Globex", width=0.1)]
    acme, globex = summarize_brands(find_exposures(STILL, None, kept([0]), {0: seen}).appearances)
    assert (acme.on_screen_seconds, acme.first_seen_seconds, acme.last_seen_seconds) == (None, None, None)
    assert (acme.share_of_voice, globex.share_of_voice) == pytest.approx((0.75, 0.25))


def test_brands_of_a_video_of_one_instant_share_alike() -> None:
    exposures = find_exposures(video(0.0), RATE, kept([0]), {0: [logo(), logo("Globex")]})
    assert [b.share_of_voice for b in summarize_brands(exposures.appearances)] == [0.5, 0.5]


def test_without_appearances_there_are_no_brands() -> None:
    assert summarize_brands(()) == ()


@given(works)
@unhurried
def test_shares_of_voice_sum_to_one_when_any_brand_is_found(work: list[list[Detection]]) -> None:
    brands = summarize_brands(found(dict(enumerate(work)), slots=len(work)).appearances)
    assert not brands or sum(b.share_of_voice for b in brands) == pytest.approx(1, abs=1e-12)


@given(works)
@unhurried
def test_any_brand_is_on_screen_for_the_samples_in_which_some_appearance_lasts(
    work: list[list[Detection]],
) -> None:
    appearances = found(dict(enumerate(work)), slots=len(work)).appearances
    inside = [
        any((a.start_seconds or 0) <= slot / RATE < (a.end_seconds or 0) for a in appearances)
        for slot in range(len(work))
    ]
    assert any_brand_seconds(appearances) == pytest.approx(sum(inside) / RATE)
