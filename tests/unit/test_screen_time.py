import io
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from brandlens.errors import EmptyObject, TruncatedMedia, UnsupportedMedia
from brandlens.results import Box, Detection
from brandlens.screen_time import seconds_error, seconds_on_screen


class RedDetector:
    """Finds the whole picture to be `Red` where the middle of its top left quarter is."""

    def __init__(self) -> None:
        self.asked = 0

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        self.asked += 1
        with Image.open(io.BytesIO(image)) as picture:
            red, green, _ = np.asarray(picture)[picture.height // 4, picture.width // 4].tolist()
        box = Box(left=0.2, top=0.2, width=0.2, height=0.2)
        found = (Detection(label="Red", confidence=60, box=box),) if red > 150 > green else ()
        return tuple(one for one in found if one.confidence >= min_confidence)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of grey, a red square in it from second 1 to 2.5 and from 4 on."""
    path = tmp_path_factory.mktemp("clip") / "red.mp4"
    square = "drawbox=x=40:y=30:w=80:h=60:color=red:t=fill:enable='gte(t,1)*lt(t,2.5)+gte(t,4)'"
    subprocess.run(
        [
            "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=gray:s=320x240:r=10:d=6", "-vf", square,
            "-c:v", "libx264", "-pix_fmt", "yuv420p", path,
        ],
        check=True,
    )  # fmt: skip
    return path


def test_seconds_on_screen_are_those_of_every_appearance(clip: Path) -> None:
    found = seconds_on_screen(clip, RedDetector(), sample_rate_hz=2)
    assert found == {"Red": pytest.approx(3.5)}


def test_frames_that_show_nothing_new_are_not_asked_about(clip: Path) -> None:
    detector = RedDetector()
    seconds_on_screen(clip, detector, sample_rate_hz=5)
    assert detector.asked == 4


def test_finds_below_the_confidence_are_never_on_screen(clip: Path) -> None:
    assert seconds_on_screen(clip, RedDetector(), sample_rate_hz=2, min_confidence=61) == {}


def test_progress_goes_up_to_the_end_of_the_clip(clip: Path) -> None:
    told: list[tuple[float, float | None]] = []
    seconds_on_screen(
        clip, RedDetector(), sample_rate_hz=1, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(float(second), 6.0) for second in range(6)]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyObject),
        (b"no video" * 100, UnsupportedMedia),
        (b"\x89PNG\r\n\x1a\n" * 100, UnsupportedMedia),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + b"cut off" * 100, TruncatedMedia),
    ],
)
def test_what_is_no_video_is_refused(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(content)
    with pytest.raises(error):
        seconds_on_screen(file, RedDetector(), sample_rate_hz=2)


def test_a_brand_that_either_side_lacks_is_on_screen_for_no_second() -> None:
    acme, globex, initech = seconds_error({"Acme": 9, "Globex": 2}, {"Acme": 10, "Initech": 5})
    assert (acme.found, acme.true, acme.fraction) == (9, 10, pytest.approx(0.1))
    assert (globex.label, globex.true, globex.fraction) == ("Globex", 0, None)
    assert (initech.label, initech.found, initech.fraction) == ("Initech", 0, 1)


@given(st.dictionaries(st.sampled_from("ABC"), st.floats(0.1, 1e4)))
def test_the_truth_itself_is_without_error(seconds: dict[str, float]) -> None:
    assert all(error.fraction == 0 for error in seconds_error(seconds, seconds))
