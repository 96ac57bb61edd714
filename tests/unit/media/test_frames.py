"""The frames of a video are the same however the work is cut, and those that a full decode would pick."""

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.media.extraction import DecodedFrame
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import plan_segments
from tests.media_samples import decoded_timestamps, sample

TOOL = FfmpegTool(threads=2)
VIDEOS = (
    "b_frames", "open_gop", "intra_refresh", "hevc_10_bit", "prores_422_10_bit", "h264_422_10_bit",
    "variable_rate", "ntsc_rate", "edit_list_cut", "edit_list_cut_open_gop", "starts_late", "no_edit_list",
    "negative_offsets", "sound_starts_first", "fragmented", "turned_clockwise", "odd_size", "interlaced",
    "one_frame",
)  # fmt: skip
RATES = tuple(map(Fraction, ("2", "1/2", "3", "7/3", "10", "25", "24000/1001", "60")))


@cache
def probed(name: str) -> VideoProbe:
    return TOOL.probe(str(sample(name)), timeout_s=20)


@cache
def extracted(name: str, rate: Fraction, segments: int) -> tuple[DecodedFrame, ...]:
    """The frames of all segments, put together."""
    duration = probed(name).duration
    assert duration is not None
    frames: list[DecodedFrame] = []
    for segment in plan_segments(duration, rate, duration / segments):
        with TOOL.frames(str(sample(name)), probed(name), segment, rate, timeout_s=30) as stream:
            frames += stream
    return tuple(frames)


@cache
def timestamps(name: str) -> tuple[int, ...]:
    return tuple(decoded_timestamps(sample(name)))


def picked_by_full_decode(name: str, rate: Fraction) -> list[tuple[int, float]]:
    """A frame at t is picked when a grid point k/rate lies in (time of the frame before, t]."""
    times = [(pts - timestamps(name)[0]) * probed(name).time_base for pts in timestamps(name)]
    picked = []
    before = Fraction(-1)
    for seconds in times:
        last_point_until_now = Fraction(seconds * rate // 1) / rate
        if before < last_point_until_now <= seconds:
            picked.append((int(seconds * rate // 1), float(seconds)))
        before = seconds
    return picked


@pytest.mark.parametrize("name", VIDEOS)
def test_frames_are_those_a_full_decode_picks(name: str) -> None:
    rate = Fraction(2)
    found = [(frame.index, frame.seconds) for frame in extracted(name, rate, 1)]
    assert found == picked_by_full_decode(name, rate)
    assert found[0] == (0, 0.0)


@settings(max_examples=15, deadline=None)
@given(name=st.sampled_from(VIDEOS), rate=st.sampled_from(RATES), segments=st.sampled_from((2, 3, 7)))
def test_frames_and_pictures_do_not_depend_on_the_cut(name: str, rate: Fraction, segments: int) -> None:
    whole = extracted(name, rate, 1)
    assert [(frame.index, frame.seconds) for frame in whole] == picked_by_full_decode(name, rate)
    assert extracted(name, rate, segments) == whole


@pytest.mark.parametrize("name", ["hevc_10_bit", "slow_intra_refresh", "variable_rate"])
def test_a_cut_at_an_awkward_place_loses_no_frame(name: str) -> None:
    rate = Fraction(24000, 1001)
    assert extracted(name, rate, 7) == extracted(name, rate, 1)


def test_one_frame_is_a_video_too() -> None:
    (frame,) = extracted("one_frame", Fraction(2), 1)
    assert (frame.index, frame.seconds) == (0, 0.0)
