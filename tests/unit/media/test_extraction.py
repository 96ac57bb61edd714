import math
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import MediaToolFailed
from brandlens.media.extraction import (
    SEEK_MARGINS,
    extraction_arguments,
    grid_of,
    read_jpegs,
    usable_margins,
)
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Segment
from brandlens.results import Media

PROBE = VideoProbe(
    media=Media(kind="video", width=1280, height=720, duration_seconds=600.0, frame_rate=25.0, codec="h264"),
    stream_index=1,
    time_base=Fraction(1, 12800),
    start_pts=1024,
    duration=Fraction(600),
    rotation=0,
    interlaced=False,
    color_matrix="bt709",
)
SECOND_MINUTE = Segment(number=1, first_slot=120, end_slot=240)


def arguments(probe: VideoProbe = PROBE, segment: Segment = SECOND_MINUTE) -> list[str]:
    grid = grid_of(probe, Fraction(2))
    margin = usable_margins(grid, segment)[0]
    return extraction_arguments(
        "https://b/k", probe, segment, grid, seek_margin=margin, threads=2, ca_file=None
    )


def option(name: str, listed: list[str]) -> str:
    return listed[listed.index(name) + 1]


def graph(**changes: object) -> str:
    return option("-filter_complex", arguments(PROBE.model_copy(update=changes)))


def test_a_segment_is_sought_a_second_before_its_start_and_ends_at_its_end() -> None:
    listed = arguments()
    assert option("-ss", listed) == f"{1024 / 12800 + 60 - 1:.6f}"
    assert listed.index("-ss") < listed.index("-i")
    assert "[0:1]trim=end_pts=1537024" in option("-filter_complex", listed)
    assert {"-seek_timestamp", "-noaccurate_seek", "-copyts"} <= set(listed)


def test_a_first_segment_is_not_sought_and_a_last_one_is_not_cut() -> None:
    listed = arguments(segment=Segment(number=0, first_slot=0))
    assert "-ss" not in listed
    assert "trim" not in option("-filter_complex", listed)


def test_margins_that_reach_before_the_file_read_it_from_its_start() -> None:
    grid = grid_of(PROBE, Fraction(2))
    assert usable_margins(grid, Segment(number=0, first_slot=0, end_slot=5)) == (None,)
    assert usable_margins(grid, Segment(number=0, first_slot=20, end_slot=50)) == (Fraction(1), None)
    assert usable_margins(grid, Segment(number=0, first_slot=200, end_slot=500)) == SEEK_MARGINS


def test_pictures_are_turned_and_deinterlaced_only_after_they_were_picked() -> None:
    turned = graph(rotation=90, interlaced=True)
    order = ["select=", "showinfo", "estdif", "scale=", "yuvj420p", "transpose=clock"]
    assert [turned.index(step) for step in order] == sorted(turned.index(step) for step in order)
    assert "transpose" not in graph()
    assert "estdif" not in graph()
    assert "hflip" in graph(rotation=180)


def test_large_pictures_are_scaled_to_what_a_detector_takes() -> None:
    assert "scale=4096:2304" in graph(media=PROBE.media.model_copy(update={"width": 5120, "height": 2880}))
    upright = PROBE.media.model_copy(update={"width": 2880, "height": 5120})
    assert "scale=4096:2304" in graph(media=upright, rotation=90)


@given(
    ticks=st.integers(0, 12 * 3600 * 90000),
    base=st.sampled_from([600, 1000, 12800, 30000, 90000, 1000000]),
    rate=st.fractions(min_value=Fraction(1, 10), max_value=60, max_denominator=1001),
)
def test_the_slot_that_ffmpeg_computes_in_doubles_is_the_exact_one(
    ticks: int, base: int, rate: Fraction
) -> None:
    ratio = rate / base
    assert (
        math.floor(float(ticks) * float(ratio.numerator) / float(ratio.denominator)) == ticks * rate // base
    )


def part(jpeg: bytes) -> bytes:
    return b"Content-type: image/jpeg\r\nContent-length: %d\r\n\r\n%b\r\n--ffmpeg\r\n" % (len(jpeg), jpeg)


@given(st.lists(st.binary(min_size=1, max_size=300)))
def test_pictures_are_split_whatever_bytes_they_hold(pictures: list[bytes]) -> None:
    stream = BytesIO(b"--ffmpeg\r\n" + b"".join(map(part, pictures)))
    assert list(read_jpegs(stream)) == pictures


def test_a_picture_cut_off_is_left_out() -> None:
    assert list(read_jpegs(BytesIO(b"--ffmpeg\r\n" + part(b"one") + part(b"two")[:-15]))) == [b"one"]


@pytest.mark.parametrize(
    "stream",
    [
        b"no picture\r\n",
        b"--ffmpeg\r\nContent-type: image/jpeg\r\n\r\nxyz",
        b"--ffmpeg\r\nContent-length: 9999999999\r\n\r\n",
    ],
)
def test_what_is_no_picture_stream_is_an_error(stream: bytes) -> None:
    with pytest.raises(MediaToolFailed):
        list(read_jpegs(BytesIO(stream)))
