"""What `brandlens project delete` deletes."""

from dataclasses import dataclass, field

import pytest

from brandlens.cli import project as command
from brandlens.errors import Conflict, NotFound
from brandlens.jobs import JobState
from brandlens.training.versions import TrainedVersion
from tests.fakes.api import FakeServed
from tests.fakes.jobs import FakeJobs
from tests.fakes.projects import FakeProject, FakeProjects
from tests.jobs import MODEL, NOW, job


@dataclass
class FakeOutputs:
    rekognition_project_prefix: str = "brandlens-dev-"


@dataclass
class FakeCloud:
    outputs: FakeOutputs = field(default_factory=FakeOutputs)
    projects: FakeProjects = field(default_factory=lambda: FakeProjects(FakeProject("cup")))
    jobs: FakeJobs = field(default_factory=FakeJobs)
    served: FakeServed = field(default_factory=FakeServed)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    made = FakeCloud()
    monkeypatch.setattr(command, "open_cloud", lambda _: made)
    monkeypatch.setattr(command, "RekognitionTrainer", lambda: made.served)
    return made


def test_a_project_with_nothing_at_work_is_deleted_once(cloud: FakeCloud) -> None:
    command.delete("cup", yes=True, env="dev")
    assert cloud.projects.list() == []
    with pytest.raises(NotFound):
        command.delete("cup", yes=True, env="dev")


def test_a_project_whose_model_runs_is_not_deleted(cloud: FakeCloud) -> None:
    running = TrainedVersion(arn=MODEL.arn, name="v1", status="RUNNING", message="")
    cloud.served.of["brandlens-dev-cup"] = [running]
    with pytest.raises(Conflict, match=r"its model version v1 runs\. Stop it first\."):
        command.delete("cup", yes=True, env="dev")
    assert cloud.projects.get("cup")


def test_a_project_with_a_job_that_has_not_ended_is_not_deleted(cloud: FakeCloud) -> None:
    made = job()
    cloud.jobs.receive(made, "analysis")
    with pytest.raises(Conflict, match=f"its analysis {made.job_id} is RECEIVED"):
        command.delete("cup", yes=True, env="dev")
    cloud.jobs.finish(made.job_id, JobState.FAILED, now=NOW)
    command.delete("cup", yes=True, env="dev")
    assert cloud.projects.list() == []
