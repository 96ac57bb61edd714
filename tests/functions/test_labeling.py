"""request_labeling and labeling_callback: people are asked once, and the wait for them ends once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import JobCanceled, ServiceUnavailable, Throttled
from brandlens.events import LabelingCompleted, LabelingFailed, LabelingRequested
from brandlens.jobs import JobError, JobState
from brandlens.labeling.ending import Ending
from brandlens.labeling.state import LabelingJob
from brandlens.labeling.waits import LabelingWait
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask, TaskKind
from functions.labeling_callback import handler as labeling_callback
from functions.request_labeling import handler as request_labeling
from functions.runtime import entry
from tests.fakes.jobs import FakeJobs
from tests.fakes.objects import FakeObjectStore
from tests.fakes.workflows import FakeBus
from tests.jobs import NOW, job
from tests.labeling import JOB_ARN_PREFIX, TERMS, FakeGroundTruth, FakeTokens, FakeWaits

JOB = job("inbox/cup/train/first/job.json")
REQUEST = TrainingRequest(labels=("Acme", "Bolt"), type="object", prefix="inbox/cup/train/first/")
IMAGES = LabelingTask(
    kind="image", manifest="cup/training/x/labeling/image/input.manifest", items=3, frames=3
)
NAME = f"brandlens-dev-{JOB.job_id[:20]}-image"
ARN = f"{JOB_ARN_PREFIX}{JOB.job_id[:20]}-image"
MANIFEST = "s3://media/cup/training/x/labeling/image/output/manifests/output/output.manifest"
COMPLETED = LabelingJob(status="Completed", output_manifest=MANIFEST, labeled=3)
FAILED = LabelingJob(status="Failed", failure_reason="All tasks expired.")
STOPPED = LabelingJob(status="Stopped")
LATER = NOW + timedelta(days=3)


def received() -> FakeJobs:
    jobs = FakeJobs()
    jobs.receive(JOB, "training")
    return jobs


@dataclass
class Cloud:
    media: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("media"))
    jobs: FakeJobs = field(default_factory=received)
    ground_truth: FakeGroundTruth = field(default_factory=FakeGroundTruth)
    waits: FakeWaits = field(default_factory=FakeWaits)
    tokens: FakeTokens = field(default_factory=FakeTokens)
    bus: FakeBus = field(default_factory=FakeBus)

    def ask(self, token: str = "first", *, task: LabelingTask = IMAGES) -> request_labeling.Requested:
        """Enter the state, which waits with a token of its own."""
        self.tokens.waiting.add(token)
        deps = request_labeling.Deps(
            self.media, self.jobs, self.ground_truth, self.waits, self.tokens, self.bus, TERMS
        )
        event = request_labeling.RequestLabeling(job=JOB, request=REQUEST, task=task, task_token=token)
        return request_labeling.handle(event, deps, now=NOW)

    def tell(self, status: str = "Completed", *, arn: str = ARN, now: datetime = LATER) -> Ending:
        """Deliver the event that says so."""
        event = labeling_callback.LabelingJobEnded.model_validate(ended_event(arn, status))
        deps = labeling_callback.Deps(self.ground_truth, self.waits, self.tokens, self.bus)
        return labeling_callback.handle(event, deps, now=now).ending


@dataclass
class Context:
    function_name: str = "request_labeling"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:request-labeling"
    aws_request_id: str = "request-1"


def ended_event(arn: str, status: str) -> dict[str, Any]:
    return {
        "version": "0",
        "id": "1",
        "detail-type": "SageMaker Ground Truth Labeling Job State Change",
        "source": "aws.sagemaker",
        "account": "123456789012",
        "time": "2026-11-25T12:00:00Z",
        "region": "eu-west-1",
        "resources": [arn],
        "detail": {"LabelingJobStatus": status},
    }


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def test_people_are_asked_and_the_wait_for_them_is_remembered(cloud: Cloud) -> None:
    asked = cloud.ask()

    assert (asked.labeling_job_name, asked.is_new) == (NAME, True)
    (parameters,) = cloud.ground_truth.created
    assert parameters["LabelingJobName"] == NAME
    wait = cloud.waits.waits[ARN]
    assert (wait.token, wait.job, wait.kind, wait.items) == ("first", JOB, "image", 3)
    assert wait.expires_at > NOW + timedelta(days=TERMS.days_open)
    (requested,) = cloud.bus.events
    assert isinstance(requested, LabelingRequested)
    assert (requested.labeling_job, requested.task, requested.items) == (NAME, "image", 3)


def test_every_file_that_the_labeling_job_names_is_written_before_it_is_created(cloud: Cloud) -> None:
    cloud.ground_truth.failures.append(Throttled("not now", "too many calls"))
    with pytest.raises(Throttled):
        cloud.ask()

    cloud.ask("second")

    (parameters,) = cloud.ground_truth.created
    named = (
        parameters["LabelCategoryConfigS3Uri"],
        parameters["HumanTaskConfig"]["UiConfig"]["UiTemplateS3Uri"],
    )
    assert {uri.removeprefix("s3://media/") for uri in named} == set(cloud.media.objects)


@pytest.mark.parametrize("job_state", [COMPLETED, FAILED, STOPPED])
def test_a_labeling_job_that_ends_ends_the_wait_once(cloud: Cloud, job_state: LabelingJob) -> None:
    cloud.ask()
    cloud.ground_truth.end(NAME, job_state)

    assert cloud.tell(job_state.status) == "ended"
    assert cloud.tell(job_state.status) == "unknown"

    assert set(cloud.tokens.ended) == {"first"}
    assert not cloud.waits.waits
    assert cloud.bus.detail_types[1:] == [
        "Labeling Completed" if job_state is COMPLETED else "Labeling Failed"
    ]


def test_the_state_gets_the_labels_of_a_completed_labeling_job(cloud: Cloud) -> None:
    cloud.ask()
    cloud.ground_truth.end(NAME, COMPLETED)
    cloud.tell()

    assert cloud.tokens.ended["first"] == {"labeling_job_name": NAME, "output_manifest": MANIFEST}
    completed = cloud.bus.events[-1]
    assert isinstance(completed, LabelingCompleted)
    assert completed.output_manifest == MANIFEST
    assert (completed.job_id, completed.occurred_at) == (JOB.job_id, LATER)


@pytest.mark.parametrize(
    ("job_state", "reason"),
    [
        (FAILED, "All tasks expired. Correct what it says"),
        (LabelingJob(status="Failed"), "Ground Truth gives no reason."),
        (LabelingJob(status="Completed"), "Ground Truth gives no reason."),
        (STOPPED, "somebody stopped it. Drop the batch's job.json again"),
    ],
)
def test_the_state_fails_with_the_reason_of_a_labeling_job_that_came_to_nothing(
    cloud: Cloud, job_state: LabelingJob, reason: str
) -> None:
    cloud.ask()
    cloud.ground_truth.end(NAME, job_state)
    cloud.tell(job_state.status)

    error = cloud.tokens.ended["first"]
    assert isinstance(error, JobError)
    assert (error.code, error.retryable) == ("LabelingFailed", False)
    assert reason in error.message
    failed = cloud.bus.events[-1]
    assert isinstance(failed, LabelingFailed)
    assert failed.error == error


def test_a_state_that_is_tried_again_asks_nobody_twice_and_waits_with_its_newer_token(cloud: Cloud) -> None:
    cloud.ask("first")
    cloud.tokens.waiting.remove("first")
    assert not cloud.ask("second").is_new
    cloud.ground_truth.end(NAME, COMPLETED)

    assert cloud.tell() == "ended"

    assert len(cloud.ground_truth.created) == 1
    assert set(cloud.tokens.ended) == {"second"}


def test_a_labeling_job_that_ended_before_the_newer_token_was_stored_ends_that_wait_too(cloud: Cloud) -> None:
    cloud.ask("first")
    cloud.tokens.waiting.remove("first")
    cloud.ground_truth.end(NAME, COMPLETED)
    assert cloud.tell() == "late"

    cloud.ask("second")

    assert set(cloud.tokens.ended) == {"second"}
    assert not cloud.waits.waits


def test_a_newer_token_that_is_stored_while_the_older_one_is_sent_is_sent_too(cloud: Cloud) -> None:
    class Racing(FakeTokens):
        """Another try of the state stores its token just when the first one's is sent."""

        def succeed(self, token: str, output: Any) -> bool:
            if token == "first":
                self.waiting = {"second"}
                wait = cloud.waits.waits[ARN]
                cloud.waits.put(wait.model_copy(update={"token": "second"}))
            return super().succeed(token, output)

    cloud.tokens = Racing()
    cloud.ask("first")
    cloud.ground_truth.end(NAME, COMPLETED)

    assert cloud.tell() == "ended"

    assert set(cloud.tokens.ended) == {"second"}
    assert cloud.bus.detail_types.count("Labeling Completed") == 1


def test_an_event_after_the_state_timed_out_is_late_and_harms_nothing(cloud: Cloud) -> None:
    cloud.ask()
    cloud.tokens.waiting.clear()
    cloud.ground_truth.end(NAME, STOPPED)

    assert cloud.tell("Stopped", now=NOW + timedelta(days=11)) == "late"

    assert not cloud.tokens.ended
    assert not cloud.waits.waits


def test_an_event_for_a_labeling_job_that_is_not_ours_is_left_alone(
    cloud: Cloud, event: Callable[[str], dict[str, Any]]
) -> None:
    stranger = labeling_callback.LabelingJobEnded.model_validate(event("labeling_job_ended"))

    assert cloud.tell(arn=stranger.resources[0]) == "unknown"

    assert not cloud.bus.events


def test_an_event_that_comes_before_the_labeling_job_says_so_is_delivered_again(cloud: Cloud) -> None:
    cloud.ask()

    with pytest.raises(ServiceUnavailable, match="said to be Completed"):
        cloud.tell()

    assert not cloud.tokens.ended
    cloud.ground_truth.end(NAME, COMPLETED)
    assert cloud.tell() == "ended"


def test_a_callback_that_dies_before_its_event_is_out_does_it_all_when_it_is_called_again(
    cloud: Cloud,
) -> None:
    cloud.ask()
    cloud.ground_truth.end(NAME, COMPLETED)
    cloud.bus.failures.append(Throttled("not published", "too many calls"))
    with pytest.raises(Throttled):
        cloud.tell()

    assert cloud.tell() == "late"

    assert set(cloud.tokens.ended) == {"first"}
    assert cloud.bus.detail_types == ["Labeling Requested", "Labeling Completed"]
    assert not cloud.waits.waits


def test_a_job_that_was_stopped_meanwhile_has_nobody_labeling_for_it(cloud: Cloud) -> None:
    cloud.jobs.finish(JOB.job_id, JobState.CANCELED, now=NOW)

    with pytest.raises(JobCanceled, match="CANCELED"):
        cloud.ask()

    assert cloud.ground_truth.jobs[NAME].status == "Stopping"
    assert "Labeling Requested" not in cloud.bus.detail_types


def test_videos_and_pictures_of_one_batch_are_waited_for_apart(cloud: Cloud) -> None:
    videos = LabelingTask(kind="video", manifest="cup/video.manifest", items=1, frames=90)
    cloud.ask("videos", task=videos)
    cloud.ask("images")
    cloud.ground_truth.end(NAME, COMPLETED)

    cloud.tell()

    assert set(cloud.tokens.ended) == {"images"}
    assert [wait.kind for wait in cloud.waits.waits.values()] == ["video"]


def test_a_token_shows_in_no_text_of_what_holds_it() -> None:
    wait = LabelingWait(labeling_job_arn=ARN, token="secret", job=JOB, kind="image", items=1, expires_at=NOW)
    event = request_labeling.RequestLabeling(job=JOB, request=REQUEST, task=IMAGES, task_token="secret")

    assert "secret" not in f"{wait!r}{wait}{event!r}{event}"


@given(
    tellings=st.lists(st.sampled_from(["event", "retry"]), min_size=1, max_size=6),
    kind=st.sampled_from(["image", "video"]),
)
def test_however_often_it_is_told_and_tried_again_a_state_that_waits_is_ended_once(
    tellings: list[str], kind: TaskKind
) -> None:
    cloud = Cloud()
    task = IMAGES.model_copy(update={"kind": kind})
    arn = ARN.removesuffix("image") + kind
    cloud.ask("0", task=task)
    cloud.ground_truth.end(arn.rpartition("/")[2], COMPLETED)
    for number, telling in enumerate(tellings, start=1):
        if telling == "event":
            cloud.tell(arn=arn)
        else:
            cloud.tokens.waiting.clear()  # the earlier try is over
            cloud.ask(str(number), task=task)
        assert not cloud.tokens.waiting
        assert not cloud.waits.waits
    assert len(cloud.ground_truth.created) == 1


def test_the_deployed_rules_event_is_one_that_the_function_reads(
    event: Callable[[str], dict[str, Any]],
) -> None:
    read = labeling_callback.LabelingJobEnded.model_validate(event("labeling_job_ended"))

    assert read.detail.status == "Completed"


def test_what_request_labeling_answers_can_be_logged(cloud: Cloud) -> None:
    cloud.tokens.waiting.add("token")
    deps = request_labeling.Deps(
        cloud.media, cloud.jobs, cloud.ground_truth, cloud.waits, cloud.tokens, cloud.bus, TERMS
    )
    handler = entry(request_labeling.RequestLabeling)(
        lambda event, _: request_labeling.handle(event, deps, now=NOW)
    )
    event = request_labeling.RequestLabeling(job=JOB, request=REQUEST, task=IMAGES, task_token="token")

    answer = handler(event.model_dump(mode="json"), Context())  # type: ignore[arg-type]

    assert answer == {"labeling_job_name": NAME, "is_new": True}
