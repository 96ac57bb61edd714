"""What the tool does with files, places to read from, time and failing programs."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.errors import (
    AccessRefused,
    BrandlensError,
    CorruptMedia,
    MediaTooLarge,
    MediaToolFailed,
    MediaToolTimeout,
    NoFrames,
    NoVideoStream,
    ObjectNotFound,
    ServiceUnavailable,
    TruncatedMedia,
)
from brandlens.media.extraction import DecodedFrame
from brandlens.media.sampling import Segment, plan_segments
from tests.media_samples import sample

TOOL = FfmpegTool(threads=2)
WHOLE = Segment(number=0, first_slot=0)
RATE = Fraction(2)
SECRET = "X-Amz-Signature=0123456789abcdef"


def frames_of(
    url: object, segment: Segment = WHOLE, tool: FfmpegTool = TOOL, timeout_s: float = 20
) -> list[DecodedFrame]:
    probe = TOOL.probe(str(url), timeout_s=20)
    with tool.frames(str(url), probe, segment, RATE, timeout_s=timeout_s) as frames:
        return list(frames)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("sound_only", NoVideoStream),
        ("cover_picture_only", NoVideoStream),
        ("broken_off", TruncatedMedia),
        ("huge", MediaTooLarge),
    ],
)
def test_a_file_without_a_usable_video_is_refused_by_its_headers(
    name: str, error: type[BrandlensError]
) -> None:
    with pytest.raises(error):
        TOOL.probe(str(sample(name)), timeout_s=20)


@pytest.mark.parametrize(
    "text",
    ["#EXTM3U\n#EXTINF:1,\n{}\n", "ffconcat version 1.0\nfile '{}'\n", "v=0\nm=video 5004 RTP/AVP 96\n"],
)
def test_a_playlist_named_mp4_leads_nowhere(tmp_path: Path, text: str) -> None:
    playlist = tmp_path / "playlist.mp4"
    playlist.write_text(text.format(sample("b_frames")))
    with pytest.raises((TruncatedMedia, CorruptMedia)):
        TOOL.probe(str(playlist), timeout_s=20)


def test_a_video_of_which_no_frame_decodes_is_refused() -> None:
    with pytest.raises(NoFrames):
        frames_of(sample("no_frame_decodes"))


def test_a_segment_without_frames_is_no_error_but_a_gap() -> None:
    path = str(sample("broken_off_index_first"))
    probe = TOOL.probe(path, timeout_s=20)
    with TOOL.frames(path, probe, Segment(number=1, first_slot=9), RATE, timeout_s=20) as stream:
        assert list(stream) == []
    ((start, end),) = [(warning.start_seconds, warning.end_seconds) for warning in stream.warnings]
    assert (start, end) == (4.5, 6.0)


def test_damage_in_the_middle_is_a_warning_that_names_the_gap() -> None:
    path = str(sample("damaged"))
    probe = TOOL.probe(path, timeout_s=20)
    with TOOL.frames(path, probe, WHOLE, RATE, timeout_s=20) as stream:
        indexes = [frame.index for frame in stream]
    assert {0, 1, 2, 10, 11} <= set(indexes)
    (gap,) = stream.warnings
    assert gap.code == "DecodeErrors"
    assert gap.start_seconds is not None
    assert gap.end_seconds is not None
    assert 1 <= gap.start_seconds < gap.end_seconds <= 5


def test_a_healthy_video_gives_no_warning_in_any_segment() -> None:
    for name in ("open_gop", "hevc_10_bit", "intra_refresh"):
        path = str(sample(name))
        probe = TOOL.probe(path, timeout_s=20)
        for segment in plan_segments(probe.duration, RATE, Fraction(2)):
            with TOOL.frames(path, probe, segment, RATE, timeout_s=20) as stream:
                assert list(stream)
            assert stream.warnings == ()


def picture(name: str) -> Image.Image:
    with Image.open(BytesIO(frames_of(sample(name))[0].jpeg)) as image:
        assert image.format == "JPEG"
        image.load()
        return image


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("b_frames", (160, 90)), ("turned_clockwise", (90, 160)), ("upside_down", (160, 90)),
        ("odd_size", (161, 91)), ("tiny", (96, 64)), ("oblong_pixels", (216, 96)),
        ("h264_422_10_bit", (160, 90)),
    ],
)  # fmt: skip
def test_a_picture_has_the_size_it_is_shown_at(name: str, size: tuple[int, int]) -> None:
    assert picture(name).size == size


@pytest.mark.parametrize(
    ("name", "turn"),
    [("turned_clockwise", Image.Transpose.ROTATE_270), ("upside_down", Image.Transpose.ROTATE_180)],
)
def test_a_picture_is_turned_as_its_metadata_says(name: str, turn: Image.Transpose) -> None:
    plain, turned = picture("b_frames").transpose(turn), picture(name)
    assert difference(plain, turned) < 4
    assert difference(plain, turned.transpose(Image.Transpose.ROTATE_180)) > 20


def difference(one: Image.Image, other: Image.Image) -> float:
    pairs = zip(one.convert("L").tobytes(), other.convert("L").tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height)


def test_colours_of_hd_video_survive_the_way_into_jpeg() -> None:
    assert picture("solid_red").getpixel((640, 360)) == pytest.approx((200, 10, 40), abs=4)


def test_fields_of_interlaced_video_do_not_comb() -> None:
    path = str(sample("interlaced"))
    probe = TOOL.probe(path, timeout_s=20)
    assert probe.interlaced
    woven = probe.model_copy(update={"interlaced": False})
    combing = []
    for given in (probe, woven):
        with TOOL.frames(path, given, WHOLE, RATE, timeout_s=20) as stream:
            combing.append(sum(comb(frame.jpeg) for frame in stream))
    assert combing[0] < 0.75 * combing[1]


def comb(jpeg: bytes) -> float:
    """How much neighbouring lines differ beyond lines of the same field."""
    with Image.open(BytesIO(jpeg)) as image:
        luma = image.convert("L")
    rows = [luma.crop((0, y, luma.width, y + 1)).tobytes() for y in range(luma.height)]
    return sum(
        max(0, abs(a - b) - abs(a - c))
        for one, other, third in zip(rows, rows[1:], rows[2:], strict=False)
        for a, b, c in zip(one, other, third, strict=True)
    )


class Bucket(BaseHTTPRequestHandler):
    """Answers like S3: ranges, 403 unsigned, 404; `/broken-...` stops half-way and `/busy` says 503."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if SECRET not in self.path:
            return self.send_error(403)
        if self.path.startswith("/busy"):
            return self.send_error(503)
        name = self.path.split("?")[0].removeprefix("/").removeprefix("broken-")
        if name == "gone":
            return self.send_error(404)
        data = sample(name).read_bytes()
        first = int((re.findall(r"bytes=(\d+)-", self.headers.get("Range", "")) or ["0"])[0])
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - first))
        self.end_headers()
        end = len(data) // 2 if self.path.startswith("/broken-") else len(data)
        with suppress(ConnectionError):
            self.wfile.write(data[first:end])
        self.close_connection = True
        return None

    def log_message(self, *arguments: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bucket) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["b_frames", "index_first"])
def test_a_video_is_read_from_a_url_as_from_a_file(bucket: str, name: str) -> None:
    second = Segment(number=1, first_slot=6)
    for segment in (WHOLE, second):
        assert frames_of(f"{bucket}/{name}?{SECRET}", segment) == frames_of(sample(name), segment)


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (f"/gone?{SECRET}", ObjectNotFound),
        ("/b_frames", AccessRefused),
        (f"/busy?{SECRET}", ServiceUnavailable),
    ],
)
def test_a_url_that_cannot_be_read_is_named(bucket: str, place: str, error: type[BrandlensError]) -> None:
    with pytest.raises(error):
        TOOL.probe(bucket + place, timeout_s=20)
    probe = TOOL.probe(str(sample("b_frames")), timeout_s=20)
    with pytest.raises(error), TOOL.frames(bucket + place, probe, WHOLE, RATE, timeout_s=20) as stream:
        list(stream)


def test_a_connection_lost_half_way_is_not_the_end_of_the_video(bucket: str) -> None:
    url = f"{bucket}/broken-index_first?{SECRET}"
    probe = TOOL.probe(str(sample("index_first")), timeout_s=20)
    with pytest.raises(ServiceUnavailable), TOOL.frames(url, probe, WHOLE, RATE, timeout_s=30) as stream:
        list(stream)


def test_a_server_that_is_not_there_may_come_back() -> None:
    with pytest.raises(ServiceUnavailable) as error:
        TOOL.probe(f"http://127.0.0.1:1/key?{SECRET}", timeout_s=20)
    assert SECRET not in str(error.value)


def script(folder: Path, body: str) -> FfmpegTool:
    program = folder / "program"
    program.write_text(f"#!/bin/sh\necho $$ > {folder}/pid\n{body}\n")
    program.chmod(0o755)
    return FfmpegTool(str(program), str(program))


def is_gone(folder: Path) -> bool:
    with suppress(ProcessLookupError):
        os.kill(int((folder / "pid").read_text()), 0)
        return False
    return True


def test_a_tool_that_does_not_finish_is_stopped_and_told(tmp_path: Path) -> None:
    tool = script(tmp_path, "exec sleep 60")
    with pytest.raises(MediaToolTimeout, match="longer than"):
        frames_of(sample("b_frames"), tool=tool, timeout_s=0.3)
    assert is_gone(tmp_path)
    with pytest.raises(MediaToolTimeout):
        tool.probe("x.mp4", timeout_s=0.3)
    assert is_gone(tmp_path)


def test_a_tool_that_fails_is_told_by_code_and_last_words(tmp_path: Path) -> None:
    tool = script(tmp_path, f"echo 'https://b/k?{SECRET}: out of luck' >&2; exit 7")
    for run in (lambda: frames_of(sample("b_frames"), tool=tool), lambda: tool.probe("x.mp4", timeout_s=5)):
        with pytest.raises(MediaToolFailed, match=r"exit code 7: <url> out of luck"):
            run()


def test_a_tool_that_floods_its_log_fails_in_a_bounded_sentence(tmp_path: Path) -> None:
    tool = script(tmp_path, "yes 'a long complaint about nothing' | head -c 5000000 >&2; exit 1")
    with pytest.raises(MediaToolFailed) as error:
        frames_of(sample("b_frames"), tool=tool)
    assert len(str(error.value)) < 12_000


def test_a_tool_that_is_not_there_is_told() -> None:
    with pytest.raises(MediaToolFailed, match="not on PATH"):
        FfmpegTool(ffprobe="no-such-program").probe("x.mp4", timeout_s=5)
    with pytest.raises(MediaToolFailed, match="not on PATH"):
        frames_of(sample("b_frames"), tool=FfmpegTool("no-such-program"))


@pytest.mark.parametrize("reason", [KeyboardInterrupt, None])
def test_a_reader_that_leaves_early_leaves_no_process(
    tmp_path: Path, reason: type[BaseException] | None
) -> None:
    tool = script(tmp_path, 'exec ffmpeg "$@"')
    path = str(sample("prores_422_10_bit"))
    stream = tool.frames(path, TOOL.probe(path, timeout_s=20), WHOLE, Fraction(25), timeout_s=20)
    with leaving(reason), stream:
        next(stream)
        assert not is_gone(tmp_path)
        if reason:
            raise reason
    assert is_gone(tmp_path)
    assert list(stream) == []


@contextmanager
def leaving(reason: type[BaseException] | None) -> Iterator[None]:
    if reason is None:
        yield
        return
    with pytest.raises(reason):
        yield
