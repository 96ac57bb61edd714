"""What whoever cancels a training is told of it."""

from dataclasses import dataclass, field

import pytest

from brandlens.cli import jobs
from brandlens.jobs import DetectorName
from tests.fakes.jobs import FakeJobs
from tests.fakes.projects import FakeProject, FakeProjects
from tests.jobs import NOW, job

JOB = job("inbox/cup/train/final/job.json")


@dataclass
class FakeWorkflow:
    canceled: list[str] = field(default_factory=list)

    def cancel(self, execution_arn: str, *, reason: str) -> None:
        self.canceled.append(execution_arn)


@dataclass
class FakeCloud:
    projects: FakeProjects
    jobs: FakeJobs = field(default_factory=FakeJobs)
    analysis: FakeWorkflow = field(default_factory=FakeWorkflow)


def canceled(monkeypatch: pytest.MonkeyPatch, *projects: FakeProject, step: str = "train model") -> FakeCloud:
    cloud = FakeCloud(FakeProjects(*projects))
    cloud.jobs.receive(JOB, "training")
    cloud.jobs.started(JOB.job_id, "arn:execution")
    cloud.jobs.enter_step(JOB.job_id, step, total=100, now=NOW)
    monkeypatch.setattr(jobs, "open_cloud", lambda _: cloud)
    jobs.cancel(JOB.job_id, env="dev")
    return cloud


@pytest.mark.parametrize(
    ("detector", "told"),
    [
        ("rekognition", "Rekognition cannot stop a training"),
        ("embedded", "The training that it began is stopped"),
    ],
)
def test_whoever_cancels_a_training_is_told_what_becomes_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], detector: DetectorName, told: str
) -> None:
    cloud = canceled(monkeypatch, FakeProject("cup", detector=detector))
    assert cloud.analysis.canceled == ["arn:execution"]
    said = capsys.readouterr().err
    assert told in said
    assert ("Rekognition" in said) == (detector == "rekognition")


@pytest.mark.parametrize(("projects", "step"), [((), "train model"), ((FakeProject("cup"),), "list")])
def test_nothing_is_said_of_a_training_where_none_is_known_of(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    projects: tuple[FakeProject, ...],
    step: str,
) -> None:
    cloud = canceled(monkeypatch, *projects, step=step)
    assert cloud.analysis.canceled == ["arn:execution"]
    assert "training" not in capsys.readouterr().err
