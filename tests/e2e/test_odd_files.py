"""Good files in odd shapes: analyzed like others, and what a reader must know is said."""

from collections.abc import Callable

import pytest

from brandlens.jobs import JobState
from tests.e2e import brands, files
from tests.e2e.system import System
from tests.media_samples import sample

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.mark.parametrize("make", [files.bad_exif, files.cmyk])
def test_an_odd_picture_is_looked_at_like_any(system: System, make: Callable[[], bytes]) -> None:
    record = system.ended(system.drop(f"{make.__name__}.jpg", make()))
    assert record.state is JobState.SUCCEEDED
    assert system.brands(record) == {brands.ACME}
    assert system.analysis_of(record)["warnings"] == []


def test_the_first_picture_of_an_animation_is_looked_at_and_the_report_says_so(system: System) -> None:
    record = system.ended(system.drop("animation.png", files.animation()))
    assert record.state is JobState.SUCCEEDED
    assert system.brands(record) == {brands.ACME}
    (warning,) = system.analysis_of(record)["warnings"]
    assert warning["code"] == "AnimatedPicture"
    assert warning["message"] in system.result_files(record)["report.html"].decode()
    assert system.details(record.job_id)[-1]["warnings"] == 1


def test_damage_in_the_middle_of_a_video_is_a_gap_that_the_report_names(system: System) -> None:
    record = system.ended(system.drop("damaged.mp4", sample("damaged").read_bytes()))
    assert record.state is JobState.SUCCEEDED
    warnings = system.analysis_of(record)["warnings"]
    assert {warning["code"] for warning in warnings} == {"DecodeErrors"}
    # Bytes from 40 to 50 percent are overwritten, in a video of 6 seconds.
    assert any(each["start_seconds"] < 3.0 and each["end_seconds"] > 2.4 for each in warnings)
    assert all(0 < each["start_seconds"] < each["end_seconds"] < 6 for each in warnings)
    report = system.result_files(record)["report.html"].decode()
    assert all(warning["message"] in report for warning in warnings)
    assert system.details(record.job_id)[-1]["warnings"] == len(warnings)
