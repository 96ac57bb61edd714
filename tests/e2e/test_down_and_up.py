"""Taking the local cloud down, as Ctrl-C in the demo does, while it looks at files, and up again."""

from pathlib import Path

import pytest

from brandlens.jobs import JobState
from local import cloud as local_cloud
from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

PICTURES = 12


def test_files_at_work_when_the_cloud_goes_down_end_in_one_state_and_one_event(
    system: System, cloud: LocalCloud, picture: Path, tmp_path: Path
) -> None:
    video = brands.write_restless_video(tmp_path / "down.mp4")
    dropped = [system.drop("down.mp4", video.read_bytes())]

    def at_work() -> bool | None:
        record = system.jobs.get(dropped[0])
        return True if record and record.step == "detect" else None

    eventually(at_work, lambda: f"the video does not get to its frames: {system.jobs.get(dropped[0])}")
    dropped += [system.drop(f"down-{number}.jpg", picture.read_bytes()) for number in range(PICTURES)]
    local_cloud.down(home=cloud.home)
    assert local_cloud.up(home=cloud.home) == cloud
    ended = [system.ended(job_id) for job_id in dropped]
    assert ended[0].state is JobState.CANCELED
    assert {record.state for record in ended} <= {JobState.CANCELED, JobState.SUCCEEDED}
    for record in ended:
        kinds = [kind for kind in system.announced(record.job_id) if kind != "Analysis Started"]
        assert len(kinds) == 1, record
        assert system.still_running(record.job_id) == []
        assert system.models.held_by(record.job_id) == []
