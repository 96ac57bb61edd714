"""What `make ffmpeg` has built: as the functions' image has it, and fit to be passed on."""

import subprocess
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.media.sampling import plan_segments
from tests.media_samples import sample

BUILT = Path(__file__).parents[2] / "build/ffmpeg"
PROGRAMS = (BUILT / "bin/ffmpeg", BUILT / "bin/ffprobe")
FFMPEG = str(PROGRAMS[0])
LARGEST_BYTES = 25_000_000
RATE = Fraction(2)
VIDEOS = (
    "b_frames", "open_gop", "intra_refresh", "hevc_10_bit", "prores_422_10_bit", "h264_422_10_bit", "mpeg4",
    "motion_jpeg", "png", "vp9", "dnxhd", "variable_rate", "edit_list_cut", "fragmented", "turned_clockwise",
    "upside_down", "odd_size", "oblong_pixels", "interlaced",
)  # fmt: skip

pytestmark = pytest.mark.skipif(not BUILT.exists(), reason="`make ffmpeg` builds it, and runs these tests")


def told(*arguments: str) -> str:
    """What FFmpeg says, wherever it says it."""
    done = subprocess.run([FFMPEG, *arguments], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def listed(kind: str) -> set[str]:
    """The names in one of FFmpeg's lists, below the line that closes its legend."""
    _, _, rows = told("-hide_banner", f"-{kind}").rpartition("--\n")
    return {name for row in rows.splitlines() for name in row.split()[1].split(",")}


def frames(tool: FfmpegTool, name: str) -> dict[int, Image.Image]:
    """Two frames a second of a sample, by their place in time."""
    video = str(sample(name))
    probe = tool.probe(video, timeout_s=20)
    assert probe.duration is not None
    (segment,) = plan_segments(probe.duration, RATE, probe.duration + 1)
    with tool.frames(video, probe, segment, RATE, timeout_s=30) as stream:
        return {frame.index: Image.open(BytesIO(frame.jpeg)).convert("RGB") for frame in stream}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_a_program_may_be_passed_on_under_the_lgpl(program: Path) -> None:
    licence = subprocess.run([program, "-L"], capture_output=True, text=True, check=True)
    assert "GNU Lesser General Public\nLicense" in licence.stdout
    assert "version 2.1" in licence.stdout
    assert not {"--enable-gpl", "--enable-nonfree"} & set(licence.stderr.split())


def test_the_licence_lies_beside_the_programs() -> None:
    text = (BUILT / "share/doc/ffmpeg/COPYING.LGPLv2.1").read_text()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_a_program_needs_no_library_and_is_hardened(program: Path) -> None:
    headers = subprocess.run(
        ["readelf", "--wide", "-ld", program], capture_output=True, text=True, check=True
    )
    (stack,) = [line for line in headers.stdout.splitlines() if "GNU_STACK" in line]
    assert "(NEEDED)" not in headers.stdout
    assert "INTERP" not in headers.stdout
    assert "Flags: NOW PIE" in headers.stdout
    assert "GNU_RELRO" in headers.stdout
    assert " RWE " not in stack


def test_both_programs_fit_beside_what_else_is_in_the_image() -> None:
    assert sum(program.stat().st_size for program in PROGRAMS) < LARGEST_BYTES


def test_there_are_the_parts_that_the_product_uses_and_no_others() -> None:
    assert listed("demuxers") == {"mov", "mp4", "m4a", "3gp", "3g2", "mj2"}  # one, by all its names
    _, protocols = told("-hide_banner", "-protocols").split("Input:")
    assert set(protocols.split()) - {"Output:"} == {"file", "http", "https", "pipe", "tcp", "tls"}
    # MPEG-4's decoder is built upon that of H.263.
    decoders = {"dnxhd", "h263", "h264", "hevc", "mjpeg", "mpeg4", "png", "prores", "vp9"}
    assert listed("decoders") == decoders


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n"),
        ("list.txt", "ffconcat version 1.0\nfile '{secret}'\n"),
        ("list.mp4", "ffconcat version 1.0\nfile '{secret}'\n"),
    ],
)
@pytest.mark.parametrize("demuxer", [(), ("-f", "concat"), ("-f", "hls"), ("-f", "mov")])
def test_a_list_of_other_files_cannot_be_opened(
    tmp_path: Path, name: str, text: str, demuxer: tuple[str, ...]
) -> None:
    (tmp_path / name).write_text(text.format(secret=sample("b_frames")))
    done = subprocess.run(
        [FFMPEG, "-v", "error", *demuxer, "-i", tmp_path / name, "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "Unknown input format" in done.stderr or "Invalid data found" in done.stderr


@pytest.mark.parametrize("name", VIDEOS)
def test_what_the_product_claims_to_read_is_read_as_debians_ffmpeg_reads_it(name: str) -> None:
    ours, debians = (frames(tool, name) for tool in (FfmpegTool(*map(str, PROGRAMS)), FfmpegTool()))
    assert list(ours) == list(debians)
    for index, picture in ours.items():
        difference = ImageStat.Stat(ImageChops.difference(picture, debians[index]))
        assert max(difference.mean) < 1, f"frame {index}"
