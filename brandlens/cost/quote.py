"""What an analysis will cost at most, from its file's headers and a stack's terms.

Before extraction nobody knows how many frames show something new, so every sampled frame counts as one that
the detector is asked about; once they are extracted, `Counted` tells. It is a bound for a detector that is as
fast as a quote counts on: nothing stops a job whose model turns out slower. `assumed` tells people so.
"""

from fractions import Fraction
from math import ceil
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from brandlens.analysis_plan import AnalysisPlan
from brandlens.cost.analysis import DETECT_GB, EXTRACT_GB, Spent, analysis_usage
from brandlens.cost.budget import Reservation
from brandlens.cost.prices import PriceList
from brandlens.cost.usage import Usage, cost_of
from brandlens.errors import InvalidInput
from brandlens.jobs import Value
from brandlens.media.sampling import plan_segments
from brandlens.results import Cost

DECODED_PIXELS_PER_SECOND = 100e6
"""What extract_frames decodes at least: 1280 x 720 at 108 frames a second; `benchmarks.cost` measures four
times that with H.264, and other codecs are slower."""

UNKNOWN_FRAME_RATE = 60.0
"""Frames a second, for a video whose headers do not tell."""

SEGMENT_SECONDS = 5.0
"""What a call of extract_frames takes besides decoding, and for a picture altogether, at most."""

EMBEDDED_GB_SECONDS = 0.6
"""What the embedded detector uses of Lambda for a frame at most: three times what `benchmarks.cost` finds."""

HELD_SECONDS = 60.0
"""How long a model is held besides its work at most: its start is noticed late, batches begin and end."""

SPEED_MARGIN = 0.5
"""Of the speed that a model was measured at, what a quote counts on."""

UNMEASURED_FRAMES_PER_SECOND = 2_800 / (5 * 20 * 60)
"""What a quote counts on of one inference unit whose model was not measured.

AWS states no least figure. This is what its sample's own example comes to, 2,800 frames in 20 minutes on 5
units ("Cost Estimation" in the README of
https://github.com/aws-samples/amazon-rekognition-custom-brand-detection).
"""

Rate = Annotated[
    Fraction,
    BeforeValidator(lambda number: Fraction(str(number))),
    PlainSerializer(float, when_used="json"),
]
"""Exact in sums, and a number like any other in JSON: what is written 0.1 is a tenth."""


class Terms(Value):
    """What a quote rests on besides the file and the model: how a stack works.

    `batches_per_unit` is how many batches of `detect_batch_size` frames are looked at at once for each
    inference unit.
    """

    sample_rate_hz: Rate = Field(gt=0)
    segment_seconds: Rate = Field(gt=0)
    max_inference_units: int = Field(ge=1)
    idle_grace_minutes: float = Field(ge=0)
    detect_batch_size: int = Field(ge=1)
    batches_per_unit: int = Field(ge=1)


class Looker(Value):
    """What looks at the frames. `frames_per_second` is what one inference unit of a Rekognition model was
    measured to look at, None before it was."""

    detector: Literal["rekognition", "embedded"]
    frames_per_second: float | None = Field(default=None, gt=0)


class Counted(Value):
    """What extraction counted: frames sampled, those kept as showing something new, and what it used."""

    sampled: int = Field(ge=0)
    kept: int = Field(ge=0)
    gb_seconds: float = Field(ge=0)


class Quote(Value):
    """What an analysis takes at most.

    `frames` are sampled, and the detector is asked about `inference_calls` of them. `model_minutes` is how
    long a Rekognition model runs for it, the grace time with it.
    """

    frames: int
    inference_calls: int
    model_minutes: float
    cost: Cost


def quote(
    plan: AnalysisPlan,
    looker: Looker,
    terms: Terms,
    prices: PriceList,
    counted: Counted | None = None,
) -> Quote:
    """Quote a whole analysis: before extraction, or after it, by what it `counted`.

    Raises `InvalidInput` before extraction of a video whose headers do not tell how long it is.
    """
    if counted is None:
        frames = _frames(plan)
        counted = Counted(sampled=frames, kept=frames, gb_seconds=_extraction_gb_seconds(plan, terms))
    usage = _usage(plan, looker, terms, counted)
    return Quote(
        frames=counted.sampled,
        inference_calls=counted.kept,
        model_minutes=usage.inference_hours * 60 / terms.max_inference_units,
        cost=cost_of(usage, prices),
    )


def assumed(looker: Looker, terms: Terms) -> tuple[str, ...]:
    """Tell a person what a quote rests on, in sentences."""
    sampled = (
        f"{float(terms.sample_rate_hz):g} frames a second are taken, and every one is looked at: those that "
        "show nothing new cost nothing."
    )
    if looker.detector == "embedded":
        return sampled, f"The embedded detector takes {EMBEDDED_GB_SECONDS:g} GB-seconds of Lambda a frame."
    speed = looker.frames_per_second
    reason = (
        "as AWS's own example implies, for this model's speed has not been measured"
        if speed is None
        else f"{SPEED_MARGIN:g} times the {speed:.2g} measured"
    )
    slowest = (
        f"Each inference unit is taken to look at {_counted_on(looker):.2g} frames a second or more, "
        f"{reason}: on a slower model it costs more."
    )
    held = (
        f"Each file has {terms.max_inference_units} inference units for that time, for {HELD_SECONDS:g} "
        f"seconds around it and for {terms.idle_grace_minutes:g} minutes until the model is stopped, though "
        "files that come together share a run."
    )
    return sampled, slowest, held


def reservation(
    plan: AnalysisPlan, looker: Looker, terms: Terms, prices: PriceList, counted: Counted | None = None
) -> Reservation:
    """Say what to set aside: before a video's extraction for what is certain, its first frame, which always
    shows something new; otherwise for the whole analysis.

    A video of unknown length counts as one without length until it is extracted.
    """
    known = counted or Counted(sampled=1, kept=1, gb_seconds=_extraction_gb_seconds(plan, terms))
    extraction, begun = (known.model_copy(update={"kept": min(kept, known.kept)}) for kept in (0, 1))
    is_whole = counted is not None or plan.video is None
    return Reservation(
        extraction=quote(plan, looker, terms, prices, extraction).cost,
        begun=quote(plan, looker, terms, prices, begun).cost,
        whole=quote(plan, looker, terms, prices, known).cost if is_whole else None,
    )


def _usage(plan: AnalysisPlan, looker: Looker, terms: Terms, counted: Counted) -> Usage:
    kept = counted.kept
    batches = ceil(kept / terms.detect_batch_size)
    return analysis_usage(
        _spent(kept, counted.gb_seconds, looker, terms),
        grace_seconds=terms.idle_grace_minutes * 60,
        segments=_segments(plan, terms),
        kept=kept,
        batches=batches,
        express=0 if plan.video is None else batches,
        proofs=kept,
    )


def _spent(kept: int, gb_seconds: float, looker: Looker, terms: Terms) -> Spent:
    if kept and looker.detector == "rekognition":
        units = terms.max_inference_units
        seconds = kept / (units * _counted_on(looker)) + HELD_SECONDS
        return Spent(
            model_seconds=seconds,
            inference_units=units,
            leases_left=0,
            detect_seconds=seconds,
            detect_concurrency=units * terms.batches_per_unit,
            extract_gb_seconds=gb_seconds,
        )
    return Spent(
        model_seconds=0,
        inference_units=0,
        detect_seconds=kept * EMBEDDED_GB_SECONDS / DETECT_GB,
        detect_concurrency=1,
        extract_gb_seconds=gb_seconds,
    )


def _counted_on(looker: Looker) -> float:
    """Frames a second of one inference unit."""
    speed = looker.frames_per_second
    return UNMEASURED_FRAMES_PER_SECOND if speed is None else speed * SPEED_MARGIN


def _frames(plan: AnalysisPlan) -> int:
    """How many slots the sampling grid has."""
    if plan.video is None or plan.rate is None:
        return 1
    if plan.video.duration is None:
        raise InvalidInput(
            "The video cannot be quoted",
            "its headers do not tell how long it is",
            "Copy it into a plain MP4, for example with ffmpeg -i IN -c copy OUT.mp4",
        )
    return ceil(plan.video.duration * plan.rate)


def _segments(plan: AnalysisPlan, terms: Terms) -> int:
    if plan.video is None or plan.rate is None:
        return 1
    return len(plan_segments(plan.video.duration, plan.rate, terms.segment_seconds))


def _extraction_gb_seconds(plan: AnalysisPlan, terms: Terms) -> float:
    seconds = SEGMENT_SECONDS * _segments(plan, terms)
    if plan.video is not None and plan.video.duration is not None:
        media = plan.media
        pixels = media.width * media.height * (media.frame_rate or UNKNOWN_FRAME_RATE)
        seconds += pixels * float(plan.video.duration) / DECODED_PIXELS_PER_SECOND
    return seconds * EXTRACT_GB
