import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.cost import sample
from brandlens.analysis_plan import AnalysisPlan
from brandlens.cost import published_prices
from brandlens.cost.analysis import Spent, analysis_usage
from brandlens.cost.quote import (
    UNMEASURED_FRAMES_PER_SECOND,
    Counted,
    Looker,
    Quote,
    Terms,
    assumed,
    quote,
    reservation,
)
from brandlens.cost.usage import cost_of
from brandlens.errors import InvalidInput
from brandlens.media.probe import VideoProbe
from brandlens.results import Cost, Media

PRICES = published_prices()
TERMS = Terms(
    sample_rate_hz=Fraction(2),
    segment_seconds=Fraction(300),
    max_inference_units=2,
    idle_grace_minutes=5,
    detect_batch_size=20,
    batches_per_unit=2,
)
REKOGNITION = Looker(detector="rekognition")
EMBEDDED = Looker(detector="embedded")
PICTURE = AnalysisPlan(
    media=Media(kind="image", width=640, height=480, duration_seconds=None, frame_rate=None, codec="mjpeg"),
    video=None,
    rate=None,
    novelty_threshold=6,
)


def video(seconds: Fraction | int | None, *, rate: int = 2, frame_rate: float | None = 25.0) -> AnalysisPlan:
    media = Media(
        kind="video",
        width=1280,
        height=720,
        duration_seconds=None if seconds is None else float(seconds),
        frame_rate=frame_rate,
        codec="h264",
    )
    probe = VideoProbe(
        media=media,
        stream_index=0,
        time_base=Fraction(1, 12800),
        start_pts=0,
        duration=None if seconds is None else Fraction(seconds),
        rotation=0,
        interlaced=False,
        color_matrix="bt709",
    )
    return AnalysisPlan(media=media, video=probe, rate=Fraction(rate), novelty_threshold=6)


def quoted(plan: AnalysisPlan, looker: Looker = REKOGNITION, counted: Counted | None = None) -> Quote:
    return quote(plan, looker, TERMS, PRICES, counted)


def item(cost: Cost, name: str) -> float:
    return next((each.usd for each in cost.items if each.name == name), 0.0)


def test_before_extraction_every_sampled_frame_counts_as_looked_at() -> None:
    one = quoted(video(Fraction("10.1")))
    assert (one.frames, one.inference_calls) == (21, 21)


def test_after_extraction_only_frames_that_show_something_new_are_looked_at() -> None:
    counted = Counted(sampled=1000, kept=50, gb_seconds=30)
    one = quoted(video(500), Looker(detector="rekognition", frames_per_second=4.5), counted)
    assert (one.frames, one.inference_calls) == (1000, 50)
    assert one.model_minutes == pytest.approx((50 / (2 * 2.25) + 60) / 60 + 5)
    assert item(one.cost, "Rekognition Custom Labels, inference") == pytest.approx(
        one.model_minutes / 60 * 2 * 4
    )


def test_a_model_that_was_not_measured_is_taken_to_be_as_slow_as_the_samples_example() -> None:
    slow = Looker(detector="rekognition", frames_per_second=2 * sample.FRAMES_PER_UNIT_SECOND)
    assert quoted(video(960)) == quoted(video(960), slow)
    assert "taken to look at 0.47 frames a second or more, as AWS's own example implies" in " ".join(
        assumed(REKOGNITION, TERMS)
    )


def test_terms_are_numbers_in_json_and_exact_again_when_read() -> None:
    terms = TERMS.model_copy(update={"sample_rate_hz": Fraction("29.97"), "segment_seconds": Fraction("0.1")})
    written = json.loads(terms.model_dump_json())
    assert (written["sample_rate_hz"], written["segment_seconds"]) == (29.97, 0.1)
    assert Terms.model_validate_json(terms.model_dump_json()) == terms


def test_a_picture_is_one_frame() -> None:
    one = quoted(PICTURE)
    assert (one.frames, one.inference_calls) == (1, 1)
    assert item(one.cost, "Step Functions, Express requests") == 0


def test_the_embedded_detector_needs_no_model_to_run() -> None:
    one = quoted(video(960), EMBEDDED)
    assert one.model_minutes == item(one.cost, "Rekognition Custom Labels, inference") == 0
    assert one.cost.estimated_usd < quoted(video(960)).cost.estimated_usd / 10


def test_a_video_of_unknown_length_is_quoted_only_once_it_is_extracted() -> None:
    with pytest.raises(InvalidInput, match="how long it is"):
        quoted(video(None))
    assert quoted(video(None), counted=Counted(sampled=9, kept=9, gb_seconds=1)).frames == 9


def test_without_a_frame_to_look_at_no_model_is_paid_for() -> None:
    one = quoted(video(960), counted=Counted(sampled=0, kept=0, gb_seconds=30))
    assert one.model_minutes == 0


def test_a_video_is_first_reserved_for_up_to_its_first_frame_and_a_picture_as_a_whole() -> None:
    first = reservation(video(960), REKOGNITION, TERMS, PRICES)
    assert first.whole is None
    assert item(first.begun, "Rekognition Custom Labels, inference") > 0
    assert item(first.extraction, "Rekognition Custom Labels, inference") == 0
    assert item(first.extraction, "Lambda, duration") > 0
    assert reservation(PICTURE, REKOGNITION, TERMS, PRICES).whole == quoted(PICTURE).cost
    assert reservation(video(None), REKOGNITION, TERMS, PRICES).whole is None


MEASURED = st.floats(0, 5e3)
COUNTS = st.builds(
    lambda kept, carried, gb: Counted(sampled=kept + carried, kept=kept, gb_seconds=gb),
    st.integers(0, 20_000),
    st.integers(0, 20_000),
    MEASURED,
)
LOOKERS = st.sampled_from([REKOGNITION, EMBEDDED, Looker(detector="rekognition", frames_per_second=9.5)])


@given(counted=COUNTS, looker=LOOKERS)
@settings(deadline=None)
def test_a_reservation_grows_from_extraction_over_the_first_frame_to_the_whole(
    counted: Counted, looker: Looker
) -> None:
    one = reservation(video(600), looker, TERMS, PRICES, counted)
    assert one.whole is not None
    parts = (one.extraction, one.begun, one.whole)
    amounts = [part.estimated_usd for part in parts]
    assert amounts == sorted(amounts)
    assert {each.name for each in one.begun.items} <= {each.name for each in one.whole.items}


@given(counted=COUNTS, share=st.floats(0, 1), units=st.integers(1, 2), data=st.data())
@settings(deadline=None)
def test_no_job_that_keeps_to_its_terms_costs_more_than_its_quote(
    counted: Counted, share: float, units: int, data: st.DataObject
) -> None:
    """On fewer units it takes longer and idles less; some frames are left out, and proofs are some frames."""
    plan, kept = video(600), round(counted.kept * share)
    speed = UNMEASURED_FRAMES_PER_SECOND * data.draw(st.floats(1, 20))
    seconds = kept / (units * speed) + share * 60 if kept else 0
    batches = -(-kept // TERMS.detect_batch_size)
    used = analysis_usage(
        Spent(
            model_seconds=seconds,
            inference_units=units,
            detect_seconds=seconds,
            detect_concurrency=units * TERMS.batches_per_unit,
            extract_gb_seconds=counted.gb_seconds,
            leases_left=data.draw(st.sampled_from([0, 1])) if kept else None,
        ),
        grace_seconds=300,
        segments=2,
        kept=kept,
        batches=batches,
        express=batches,
        proofs=data.draw(st.integers(0, kept)),
    )
    bound = quoted(plan, counted=counted).cost.estimated_usd
    assert cost_of(used, PRICES).estimated_usd <= bound * (1 + 1e-9)
