from fractions import Fraction
from typing import Any

import pytest

from brandlens.errors import CorruptMedia, MediaTooLarge, NoVideoStream
from brandlens.media.probe import VideoProbe, probe_arguments, read_probe

STREAM: dict[str, Any] = {
    "index": 1,
    "codec_name": "h264",
    "codec_type": "video",
    "width": 1920,
    "height": 1080,
    "sample_aspect_ratio": "1:1",
    "avg_frame_rate": "30000/1001",
    "time_base": "1/30000",
    "start_pts": 1001,
    "duration_ts": 300300,
    "field_order": "progressive",
    "disposition": {"attached_pic": 0},
}


def answer(**changes: Any) -> dict[str, Any]:
    return {"streams": [STREAM | changes], "format": {"duration": "12.5"}}


def test_a_probe_is_exact_and_survives_json() -> None:
    probe = read_probe(answer())
    assert (probe.time_base, probe.start_pts, probe.duration) == (Fraction(1, 30000), 1001, Fraction("10.01"))
    assert (probe.media.width, probe.media.height, probe.media.codec) == (1920, 1080, "h264")
    assert probe.media.frame_rate == pytest.approx(29.97003)
    assert VideoProbe.model_validate(probe.model_dump(mode="json")) == probe


def test_a_cover_picture_is_no_video() -> None:
    with pytest.raises(NoVideoStream):
        read_probe(answer(disposition={"attached_pic": 1}))
    with pytest.raises(NoVideoStream):
        read_probe({"streams": [], "format": {}})


def test_the_video_is_found_behind_a_cover_picture() -> None:
    cover = STREAM | {"index": 0, "disposition": {"attached_pic": 1}}
    assert read_probe({"streams": [cover, STREAM], "format": {}}).stream_index == 1


@pytest.mark.parametrize(
    ("told", "turn"), [(-90, 90), (90, 270), (180, 180), (-180, 180), (0, 0), (-88.5, 90)]
)
def test_a_rotation_is_a_clockwise_turn_and_the_size_is_as_shown(told: float, turn: int) -> None:
    probe = read_probe(answer(side_data_list=[{"rotation": told}]))
    assert probe.rotation == turn
    assert (probe.media.width > probe.media.height) == (turn in (0, 180))


def test_oblong_pixels_widen_the_picture() -> None:
    probe = read_probe(answer(width=720, height=576, sample_aspect_ratio="64:45"))
    assert (probe.media.width, probe.media.height) == (1024, 576)


def test_an_unknown_pixel_aspect_is_square() -> None:
    assert read_probe(answer(sample_aspect_ratio="0:1")).media.width == 1920


@pytest.mark.parametrize(
    ("told", "height", "matrix"),
    [
        (None, 1080, "bt709"), (None, 576, "bt601"), ("unknown", 720, "bt709"), ("smpte170m", 1080, "bt601"),
        ("bt709", 480, "bt709"), ("bt2020nc", 2160, "bt2020"),
    ],
)  # fmt: skip
def test_a_silent_stream_has_the_colours_players_assume(told: str | None, height: int, matrix: str) -> None:
    assert read_probe(answer(color_space=told, height=height)).color_matrix == matrix


def test_the_container_tells_the_length_where_the_stream_does_not() -> None:
    stream = {key: value for key, value in STREAM.items() if key != "duration_ts"}
    assert read_probe({"streams": [stream], "format": {"duration": "12.5"}}).duration == Fraction("12.5")
    assert read_probe({"streams": [stream], "format": {}}).duration is None


def test_too_large_or_too_long_a_video_is_refused_with_its_figures() -> None:
    with pytest.raises(MediaTooLarge, match=r"7680 x 4320 is 33\.2 megapixels and the limit is 24"):
        read_probe(answer(width=7680, height=4320))
    with pytest.raises(MediaTooLarge, match=r"13\.0 hours and the limit is 12"):
        read_probe(answer(duration_ts=13 * 3600 * 30000))


@pytest.mark.parametrize(
    "changes", [{"time_base": "0/0"}, {"width": 0}, {"time_base": "x"}, {"height": "tall"}]
)
def test_headers_without_sense_are_corrupt(changes: dict[str, Any]) -> None:
    with pytest.raises(CorruptMedia):
        read_probe(answer(**changes))


def test_ffprobe_may_open_nothing_but_the_url_as_mov() -> None:
    arguments = probe_arguments("https://bucket.example/key?X-Amz-Signature=1", "ca.pem")
    assert arguments[arguments.index("-f") + 1] == "mov"
    assert arguments[arguments.index("-protocol_whitelist") + 1] == "https,tls,tcp"
    assert "-count_frames" not in arguments
    assert arguments[arguments.index("-tls_verify") + 1] == "1"
    assert arguments[arguments.index("-ca_file") + 1] == "ca.pem"
    local = probe_arguments("folder/a:b.mp4", "ca.pem")
    assert local[local.index("-protocol_whitelist") + 1] == "file"
    assert local[-1] == "file:folder/a:b.mp4"
