import pytest

from brandlens.errors import (
    AccessRefused,
    BrandlensError,
    CorruptMedia,
    MediaToolFailed,
    ObjectNotFound,
    ServiceUnavailable,
    TruncatedMedia,
)
from brandlens.media.tool_log import LINE_LIMIT, TAIL_LINES, ToolLog, failure

START = "[info] Stream mapping:"


def frame(pts: int) -> str:
    return f"[Parsed_showinfo_2 @ 0x55e3] [info] n:   0 pts: {pts:6d} pts_time:0.04 fmt:yuv420p s:160x90"


def read(*lines: str) -> ToolLog:
    log = ToolLog()
    for line in lines:
        log.feed(line)
    return log


def test_a_frame_let_through_is_told_by_its_timestamp() -> None:
    assert ToolLog().feed(frame(512)) == 512
    assert ToolLog().feed(frame(-1024)) == -1024
    assert ToolLog().feed("[Parsed_showinfo_2 @ 0x5] [info]   side data - User Data: pts: 12") is None


def test_errors_are_placed_between_the_frames_around_them() -> None:
    log = read(
        START,
        frame(0),
        "[h264 @ 0x1] [error] bad cabac",
        "[h264 @ 0x1] [error] again",
        frame(512),
        frame(1024),
        "[warning] x.mp4: corrupt decoded frame in stream 0",
    )
    assert list(log.damage) == [1, 3]
    assert list(log.frames) == [0, 512, 1024]


def test_complaints_about_headers_are_no_damage() -> None:
    assert not read("[mov @ 0x1] [error] unknown atom", START, "[swscaler @ 0x1] [warning] deprecated").damage


def test_a_url_never_stays_in_the_log() -> None:
    log = read("[error] https://bucket/key?X-Amz-Signature=SECRET: Server returned 403 Forbidden")
    assert "SECRET" not in log.tail
    assert "<url>" in log.tail


def test_a_log_is_bounded_however_much_the_tool_writes() -> None:
    log = read(START, *("[h264 @ 0x1] [error] " + "x" * 10_000 for _ in range(500)))
    assert len(log.tail) <= TAIL_LINES * (LINE_LIMIT + 3)
    assert len(log.damage) == 1


def test_a_lost_connection_is_told_from_damage() -> None:
    assert read(START, "[https @ 0x1] [error] Stream ends prematurely at 99, should be 9999").lost_connection
    assert not read(START, "[mov @ 0x1] [error] stream 0, offset 0x362f9: partial file").lost_connection


@pytest.mark.parametrize(
    ("tool", "words", "kind"),
    [
        ("ffprobe", "Server returned 404 Not Found", ObjectNotFound),
        ("ffmpeg", "Server returned 403 Forbidden (access denied)", AccessRefused),
        ("ffmpeg", "Server returned 5XX Server Error reply", ServiceUnavailable),
        ("ffprobe", "Connection refused", ServiceUnavailable),
        ("ffprobe", "moov atom not found | Invalid data found when processing input", TruncatedMedia),
        ("ffprobe", "Invalid data found when processing input", CorruptMedia),
        ("ffmpeg", "Invalid data found when processing input", MediaToolFailed),
        ("ffmpeg", "", MediaToolFailed),
    ],
)
def test_a_failure_is_named_by_the_tools_words(tool: str, words: str, kind: type[BrandlensError]) -> None:
    assert type(failure(tool, 1, words)) is kind


def test_an_unknown_failure_tells_exit_code_and_log() -> None:
    assert (
        str(failure("ffmpeg", 69, "Conversion failed!"))
        == "ffmpeg failed with exit code 69: Conversion failed!."
    )
