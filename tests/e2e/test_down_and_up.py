"""Taking the local cloud down, as Ctrl-C in the demo does, or killing it while it works; and up again."""

import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from brandlens.jobs import JobState
from local import children, processes
from local import cloud as local_cloud
from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

PICTURES = 12
PATIENCE_SECONDS = 120.0
"""The video is begun with anew, beside all the pictures."""


def down(cloud: LocalCloud) -> None:
    local_cloud.down(home=cloud.home)


def kill(cloud: LocalCloud) -> None:
    """End every process of the cloud at once, the functions' too, as a machine that loses its power does."""
    running = [child for name in children.NAMES if (child := processes.find(cloud.home, name))]
    running += [each for child in running for each in child.children(recursive=True)]
    for process in running:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(running, timeout=30)


@pytest.mark.parametrize("end", [down, kill])
def test_files_at_work_when_the_cloud_ends_are_analyzed_and_announced_once_it_is_up_again(
    system: System, cloud: LocalCloud, picture: Path, tmp_path: Path, end: Callable[[LocalCloud], None]
) -> None:
    video = brands.write_restless_video(tmp_path / "down.mp4")
    dropped = [system.drop("down.mp4", video.read_bytes())]

    def at_work() -> bool | None:
        record = system.jobs.get(dropped[0])
        return True if record and record.step == "detect" else None

    eventually(at_work, lambda: f"the video does not get to its frames: {system.jobs.get(dropped[0])}")
    dropped += [system.drop(f"down-{number}.jpg", picture.read_bytes()) for number in range(PICTURES)]
    end(cloud)
    assert local_cloud.up(home=cloud.home) == cloud
    for record in [system.ended(job_id, PATIENCE_SECONDS) for job_id in dropped]:
        assert record.state is JobState.SUCCEEDED, record
        # Nobody is told of a start after the end, should the announcer have been cut off meanwhile.
        kinds = [kind for kind in system.announced(record.job_id) if kind != "Analysis Started"]
        assert kinds == ["Analysis Completed"]
        assert system.still_running(record.job_id) == []
        assert system.models.held_by(record.job_id) == []
