import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from brandlens.cost.budget import Reservation, account_of
from brandlens.errors import ServiceUnavailable
from brandlens.events import AnalysisCompleted, AnalysisFailed
from brandlens.jobs import Job, JobError, JobKind, JobState, Model, result_prefix
from brandlens.labeling.plan import KINDS, labeling_job_arn, labeling_job_name
from brandlens.training.versions import ModelVersion
from brandlens.workfiles import failure_file
from functions.record_failure.handler import Deps, Failure, Recorded, handle
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.objects import FakeObjectStore
from tests.fakes.training import FakeTrainer, FakeVersions
from tests.fakes.workflows import FakeBus, FakeStops
from tests.jobs import MODEL, NOW, job
from tests.labeling import JOB_ARN_PREFIX, FakeGroundTruth
from tests.results import analysis_of
from tests.spending import FakeSpending, cost

GRACE = timedelta(minutes=5)
JOB = job()
LATER = NOW + timedelta(minutes=2)


def received(each: Job = JOB, kind: JobKind = "analysis") -> FakeJobs:
    jobs = FakeJobs()
    jobs.receive(each, kind)
    jobs.enter_step(each.job_id, "detect", total=10, now=NOW)
    return jobs


@dataclass
class Cloud:
    jobs: FakeJobs = field(default_factory=received)
    bus: FakeBus = field(default_factory=FakeBus)
    leases: FakeLeases = field(default_factory=FakeLeases)
    stops: FakeStops = field(default_factory=FakeStops)
    spending: FakeSpending = field(default_factory=FakeSpending)
    media: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("media"))
    work: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("work"))
    results: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("results"))
    labeling: FakeGroundTruth = field(default_factory=FakeGroundTruth)
    versions: FakeVersions = field(default_factory=FakeVersions)
    trainings: FakeTrainer = field(default_factory=FakeTrainer)

    def record(self, event: dict[str, Any], *, now: datetime = NOW) -> Recorded:
        deps = Deps(
            jobs=self.jobs,
            bus=self.bus,
            leases=self.leases,
            stops=self.stops,
            spending=self.spending,
            media=self.media,
            work=self.work,
            results=self.results,
            labeling=self.labeling,
            versions=self.versions,
            trainings=self.trainings,
            labeling_job_arn_prefix=JOB_ARN_PREFIX,
            grace=GRACE,
        )
        return handle(Failure.model_validate(event), deps, now=now)

    def caught(self, error: str, cause: str = "", *, now: datetime = NOW) -> Recorded:
        failure = {"job": JOB.model_dump(mode="json"), "error": {"Error": error, "Cause": cause}}
        return self.record(failure, now=now)

    @property
    def error(self) -> JobError:
        error = self.jobs.records[JOB.job_id].error
        assert error is not None
        return error


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def lambda_cause(name: str, message: str) -> str:
    return json.dumps({"errorMessage": message, "errorType": name, "requestId": "1", "stackTrace": []})


@pytest.mark.parametrize(
    ("error", "cause", "state", "code", "message"),
    [
        (
            "CorruptMedia",
            lambda_cause("CorruptMedia", "The picture cannot be read: its data is cut off."),
            "REJECTED",
            "CorruptMedia",
            "The picture cannot be read: its data is cut off.",
        ),
        ("NoFrames", lambda_cause("NoFrames", "None."), "REJECTED", "NoFrames", "None."),
        (
            "MediaToolFailed",
            lambda_cause("MediaToolFailed", "FFmpeg crashed."),
            "FAILED",
            "MediaToolFailed",
            "FFmpeg crashed.",
        ),
        ("Throttled", lambda_cause("Throttled", "Slow down."), "FAILED", "Throttled", "Slow down."),
        ("States.Timeout", "", "FAILED", "JobTimedOut", "longer than its time limit"),
        ("ModelStartTimeout", "The model did not start.", "FAILED", "ModelStartTimeout", "did not start"),
        (
            "KeyError",
            lambda_cause("KeyError", "'plan'"),
            "FAILED",
            "KeyError",
            "unexpectedly: KeyError",
        ),
        ("Lambda.Unknown", "The cause could not be found.", "FAILED", "Lambda.Unknown", "without a word"),
        ("States.TaskFailed", "", "FAILED", "States.TaskFailed", "no further word"),
    ],
)
def test_every_failure_ends_the_job_with_its_own_code_and_sentence(
    cloud: Cloud, error: str, cause: str, state: str, code: str, message: str
) -> None:
    assert cloud.caught(error, cause) == Recorded(state=JobState(state), code=code)
    assert message in cloud.error.message
    (failed,) = cloud.bus.events
    assert isinstance(failed, AnalysisFailed)
    assert (failed.state, failed.error) == (state, cloud.error)


def test_only_transient_errors_are_worth_another_try(cloud: Cloud) -> None:
    cloud.caught("Throttled", lambda_cause("Throttled", "Slow down."))
    assert cloud.error.retryable


def test_a_failure_two_executions_down_is_found(cloud: Cloud, event: Callable[[str], dict[str, Any]]) -> None:
    caught = event("nested_failure")
    assert cloud.caught(caught["Error"], caught["Cause"]).code == "ModelFailed"
    assert cloud.error.message == "Model version v1 cannot be asked: its status is FAILED."


def test_a_child_that_ran_out_of_time_ends_the_job_as_timed_out(cloud: Cloud) -> None:
    cause = json.dumps({"ExecutionArn": "arn", "Status": "TIMED_OUT", "Input": "{}"})
    assert cloud.caught("States.TaskFailed", cause).code == "JobTimedOut"


@pytest.mark.parametrize(
    ("status", "state", "code"),
    [("ABORTED", "CANCELED", "JobCanceled"), ("TIMED_OUT", "FAILED", "JobTimedOut")],
)
def test_an_execution_that_could_not_speak_for_itself_is_recorded_by_its_event(
    cloud: Cloud, event: Callable[[str], dict[str, Any]], status: str, state: str, code: str
) -> None:
    ended = event("execution_aborted")
    ended["detail"] |= {"status": status, "input": json.dumps(execution_input())}
    assert cloud.record(ended) == Recorded(state=JobState(state), code=code)
    assert cloud.bus.detail_types == ["Analysis Failed"]


def test_why_somebody_stopped_a_job_is_kept(cloud: Cloud, event: Callable[[str], dict[str, Any]]) -> None:
    ended = event("execution_aborted")
    ended["detail"] |= {
        "input": json.dumps(execution_input()),
        "error": "JobCanceled",
        "cause": "Canceled from the command line.",
    }
    cloud.record(ended)
    assert cloud.error.message == "Canceled from the command line."


def test_the_rule_after_the_catch_changes_nothing(
    cloud: Cloud, event: Callable[[str], dict[str, Any]]
) -> None:
    cloud.caught("NoFrames", lambda_cause("NoFrames", "None."))
    ended = event("execution_aborted")
    ended["detail"] |= {"status": "FAILED", "input": json.dumps(execution_input()), "error": "NoFrames"}
    assert cloud.record(ended, now=LATER) == Recorded(state=JobState.REJECTED, code="NoFrames")
    assert cloud.error.message == "None."
    assert cloud.bus.detail_types == ["Analysis Failed"]


def test_an_event_not_published_is_published_by_the_next_try(cloud: Cloud) -> None:
    cloud.bus.failures.append(ServiceUnavailable("not published", "the service failed"))
    with pytest.raises(ServiceUnavailable):
        cloud.caught("NoFrames")
    with pytest.raises(ServiceUnavailable, match="another caller"):
        cloud.caught("NoFrames", now=NOW + timedelta(seconds=2))
    cloud.caught("NoFrames", now=LATER)
    cloud.caught("NoFrames", now=LATER)
    assert cloud.bus.detail_types == ["Analysis Failed"]


def test_a_job_has_ended_before_its_leases_are_released(cloud: Cloud) -> None:
    seen: list[JobState] = []

    class Watched(FakeLeases):
        def held_by(self, job_id: str) -> Sequence[str]:
            seen.append(cloud.jobs.records[job_id].state)
            return super().held_by(job_id)

    cloud.leases = Watched()
    cloud.caught("JobCanceled")
    assert seen == [JobState.CANCELED]


def test_the_jobs_leases_are_released_and_the_stop_scheduled(cloud: Cloud) -> None:
    cloud.leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    cloud.leases.acquire(MODEL, job("inbox/cup/analyze/b.mp4"), now=NOW, expires_at=LATER)
    second = MODEL.model_copy(update={"arn": "arn:second"})
    cloud.leases.acquire(second, JOB, now=NOW, expires_at=LATER)
    cloud.caught("ModelFailed")
    assert cloud.leases.live(MODEL.arn, now=NOW) == 1
    assert cloud.stops.at == {second.arn: NOW + GRACE}


def test_partial_results_of_the_job_alone_are_removed(cloud: Cloud) -> None:
    for key in (result_prefix(JOB) + "sprites/a.jpg", "cup/another/analysis.json"):
        cloud.results.write(key, b"", content_type="")
    cloud.work.write(result_prefix(JOB) + "frames/00000000.jpg", b"", content_type="")
    cloud.caught("ModelFailed")
    assert list(cloud.results.objects) == ["cup/another/analysis.json"]
    assert cloud.work.objects


def test_what_a_distributed_map_hides_is_told_by_the_batch_that_failed(cloud: Cloud) -> None:
    error = JobError(code="ModelFailed", message="The model was deleted.", retryable=False)
    cloud.work.write(result_prefix(JOB) + failure_file(20), error.model_dump_json().encode(), content_type="")
    cloud.caught("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold")
    assert cloud.error == error


def test_a_batch_that_died_without_a_word_still_gives_a_sentence(cloud: Cloud) -> None:
    cloud.caught("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold")
    assert cloud.error.message == "More frames could not be looked at than the settings tolerate."


def test_a_job_that_had_succeeded_stays_so_and_is_announced(cloud: Cloud) -> None:
    prefix = result_prefix(JOB)
    cloud.results.write(
        prefix + "analysis.json", analysis_of(JOB).model_dump_json().encode(), content_type=""
    )
    cloud.jobs.finish(JOB.job_id, JobState.SUCCEEDED, now=NOW)
    assert cloud.caught("Lambda.Unknown", now=LATER) == Recorded(state=JobState.SUCCEEDED, code=None)
    (completed,) = cloud.bus.events
    assert isinstance(completed, AnalysisCompleted)
    assert completed.result.analysis == prefix + "analysis.json"
    assert prefix + "analysis.json" in cloud.results.objects


@pytest.mark.parametrize("error", ["States.Timeout", "LabelingFailed"])
def test_nobody_labels_on_for_a_training_that_has_ended(error: str) -> None:
    cloud = Cloud(jobs=received(kind="training"))
    names = [labeling_job_name(labeling_job_arn(JOB_ARN_PREFIX, JOB.job_id, kind)) for kind in KINDS[:2]]
    for name in names:
        cloud.labeling.create({"LabelingJobName": name})

    cloud.caught(error, "Nothing was labeled.")

    assert [cloud.labeling.jobs[name].status for name in names] == ["Stopping", "Stopping"]


def begun(cloud: Cloud, arn: str, **changes: Any) -> ModelVersion:
    """Remember a version that the job is training."""
    model = Model(detector="embedded", arn=arn, version=arn, min_confidence=50)
    version = ModelVersion(model=model, project=JOB.project, job_id=JOB.job_id, created_at=NOW)
    cloud.versions.begin(version.model_copy(update=changes))
    return cloud.versions.known[arn]


def test_an_embedded_detector_is_trained_on_for_no_job_that_has_ended() -> None:
    cloud = Cloud(jobs=received(kind="training"))
    begun(cloud, "ours")
    done = begun(cloud, "done", finished_at=NOW)
    others = begun(cloud, "another's", job_id="another")
    rekognition = begun(cloud, "rekognition", model=MODEL.model_copy(update={"arn": "rekognition"}))

    cloud.caught("States.Timeout", now=LATER)

    assert cloud.trainings.stopped == ["ours"]
    assert (cloud.versions.known["ours"].finished_at, cloud.versions.known["ours"].reason) == (
        LATER,
        "its job ended before it was trained",
    )
    assert [cloud.versions.known[arn] for arn in ("done", "another's", "rekognition")] == [
        done,
        others,
        rekognition,
    ]


def execution_input() -> dict[str, Any]:
    return {
        "job": JOB.model_dump(mode="json"),
        "media_format": "mov",
        "model": MODEL.model_dump(mode="json"),
    }


def reserve(cloud: Cloud) -> None:
    reservation = Reservation(extraction=cost(1), begun=cost(2), whole=cost(5))
    cloud.spending.reserve(account_of(JOB), JOB.job_id, reservation, limit=None, until=LATER)


def test_what_a_failed_job_had_reserved_gives_way_to_what_it_spent(cloud: Cloud) -> None:
    reserve(cloud)
    cloud.jobs.advance(JOB.job_id, 4, now=NOW)
    cloud.caught("ModelFailed", lambda_cause("ModelFailed", "It failed."))
    spending = cloud.spending.spending(account_of(JOB), JOB.job_id)
    assert spending is not None
    assert spending.cost.estimated_usd == pytest.approx(2 + 0.4 * 3)
    assert spending.cost.basis == "what tests charge; at most, for the job did not come to its end"
    assert cloud.spending.reserved == {}


def test_a_failure_recorded_again_is_not_paid_for_again(cloud: Cloud) -> None:
    reserve(cloud)
    cloud.caught("ModelFailed")
    total = cloud.spending.total(account_of(JOB))
    cloud.caught("ModelFailed", now=LATER)
    assert cloud.spending.total(account_of(JOB)) == total


def test_a_job_that_reserved_nothing_spent_nothing(cloud: Cloud) -> None:
    cloud.caught("CorruptMedia")
    assert cloud.spending.spending(account_of(JOB), JOB.job_id) is None


def test_a_job_that_had_succeeded_keeps_what_it_spent(cloud: Cloud) -> None:
    cloud.spending.settle(account_of(JOB), JOB.job_id, cost(3))
    cloud.jobs.finish(JOB.job_id, JobState.SUCCEEDED, now=NOW)
    cloud.results.write(
        f"{result_prefix(JOB)}analysis.json", analysis_of(JOB).model_dump_json().encode(), content_type=""
    )
    cloud.caught("MemoryError")
    assert cloud.spending.total(account_of(JOB)) == 3
