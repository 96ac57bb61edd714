"""What `analysis` does with a job: where it sends it, and how every failure below it ends, run in the
emulator."""

import pytest

from brandlens.failures import job_error
from brandlens.jobs import JobState
from functions.record_failure.handler import Recorded
from tests.jobs import MODEL
from tests.statemachines.definitions import HURRIED_CHILDREN, HURRIED_STATES, LIMIT_SECONDS
from tests.statemachines.director import Json, Late, Raise, Says
from tests.statemachines.scenarios import JPEG, PNG, VIDEO, Scenario, accepted
from tests.statemachines.stage import Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]

MESSAGE = 'File "Größe 🎬\\x.mov" was not read: {"a": 1} is no reason. Try again.'
PATHS = {
    JPEG: ("probe_media", "extract_frames", "start_model", "detect_brands", "release_model", "summarize"),
    VIDEO: ("probe_media", "extract_frames", "start_model", "make_sprites", "release_model", "summarize"),
}
"""The functions whose error reaches the analysis by its name; a Distributed Map's does not."""
TOO_LATE = Late(LIMIT_SECONDS + 0.5)


def named(value: Scenario | str) -> str:
    return value.media_format if isinstance(value, Scenario) else value


each_medium = pytest.mark.parametrize("medium", [JPEG, VIDEO], ids=named)
each_function = pytest.mark.parametrize(
    ("medium", "function"),
    [(medium, function) for medium, functions in PATHS.items() for function in functions],
    ids=named,
)


def recorded(state: JobState, code: str | None) -> Json:
    return Recorded(state=state, code=code).model_dump(mode="json")


@pytest.mark.parametrize(
    ("medium", "child"),
    [(JPEG, "analysis-image"), (PNG, "analysis-image"), (VIDEO, "analysis-video")],
    ids=named,
)
def test_a_job_goes_to_the_machine_of_its_medium_as_ingest_gave_it(
    stage: Stage, medium: Scenario, child: str
) -> None:
    ended = stage.run(medium)
    (given,) = ended.inputs(child)
    assert given["AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"] == ended.execution_arn
    handed = accepted(given)
    assert (handed.job, handed.media_format, handed.model) == (ended.job, medium.media_format, MODEL)
    assert (ended.status, ended.output, ended.called["record_failure"]) == (
        "SUCCEEDED",
        {"state": "SUCCEEDED"},
        0,
    )


@each_function
def test_a_permanent_error_is_not_tried_again_and_is_recorded_once_as_it_was_raised(
    stage: Stage, medium: Scenario, function: str
) -> None:
    ended = stage.run(medium, {function: [Raise("CorruptMedia", MESSAGE)]})
    assert ended.called[function] == (len(medium.segments) if function == "extract_frames" else 1)
    assert (ended.reason.code, ended.reason.message) == ("CorruptMedia", MESSAGE)
    assert not ended.reason.retryable
    assert ended.called["summarize"] == (function == "summarize")
    assert ended.status == "FAILED"


def test_a_batch_of_frames_that_fails_for_good_is_not_tried_again(stage: Stage) -> None:
    ended = stage.run(VIDEO, {"detect_brands": [Raise("ModelFailed", MESSAGE)] * 100})
    assert ended.called["detect_brands"] == 3
    assert ended.reason.code == "States.ExceedToleratedFailureThreshold"


@each_medium
def test_a_failed_analysis_ends_with_the_code_that_the_job_has(stage: Stage, medium: Scenario) -> None:
    ended = stage.run(
        medium,
        {
            "probe_media": [Raise("CorruptMedia")],
            "record_failure": [recorded(JobState.REJECTED, "CorruptMedia")],
        },
    )
    assert (ended.status, ended.error) == ("FAILED", "CorruptMedia")
    assert ended.cause == "The job ended REJECTED."


def test_an_error_that_is_none_of_ours_is_recorded_with_the_name_that_python_gave_it(stage: Stage) -> None:
    ended = stage.run(JPEG, {"probe_media": [Raise("ZeroDivisionError", "division by zero")]})
    assert ended.called["probe_media"] == 1
    assert ended.reason.code == "ZeroDivisionError"
    assert ended.reason.message.endswith("ZeroDivisionError: division by zero")


def test_a_job_that_had_succeeded_before_its_last_state_failed_has_succeeded(stage: Stage) -> None:
    turns: dict[str, list[Says]] = {
        "summarize": [Raise("MemoryError")],
        "record_failure": [recorded(JobState.SUCCEEDED, None)],
    }
    ended = stage.run(VIDEO, turns)
    assert (ended.status, ended.called["record_failure"]) == ("SUCCEEDED", 1)


def test_a_failure_that_cannot_be_recorded_fails_the_execution_with_the_reason_why(stage: Stage) -> None:
    """The rule for executions that end so hands these two to `record_failure` once more."""
    ended = stage.run(
        JPEG,
        {"probe_media": [Raise("CorruptMedia")], "record_failure": [Raise("AccessRefused", MESSAGE)]},
    )
    assert (ended.status, ended.called["record_failure"]) == ("FAILED", 1)
    assert ended.error == "AccessRefused"
    reason = job_error(ended.error, ended.cause)
    assert (reason.code, reason.message) == ("AccessRefused", MESSAGE)


@pytest.mark.parametrize(
    ("medium", "function"),
    [(JPEG, "probe_media"), (VIDEO, "extract_frames"), (VIDEO, "start_model")],
    ids=named,
)
def test_a_function_that_outlives_its_states_time_limit_times_the_job_out(
    stage: Stage, medium: Scenario, function: str
) -> None:
    ended = stage.run(medium, {function: [TOO_LATE]}, place=HURRIED_STATES)
    assert (ended.status, ended.called["summarize"]) == ("FAILED", 0)
    assert ended.reason.code == "JobTimedOut"


@pytest.mark.parametrize(
    ("medium", "function"),
    [(JPEG, "detect_brands"), (VIDEO, "probe_media"), (VIDEO, "start_model")],
    ids=named,
)
def test_a_child_that_outlives_its_machines_time_limit_times_the_job_out(
    stage: Stage, medium: Scenario, function: str
) -> None:
    ended = stage.run(medium, {function: [TOO_LATE]}, place=HURRIED_CHILDREN)
    assert (ended.status, ended.called["summarize"]) == ("FAILED", 0)
    assert ended.reason.code == "JobTimedOut"


@pytest.mark.parametrize(
    ("medium", "child", "function"),
    [
        (JPEG, "analysis-image", "probe_media"),
        (VIDEO, "analysis-video", "make_sprites"),
        (VIDEO, "model-start", "start_model"),
    ],
    ids=named,
)
def test_a_child_that_is_stopped_cancels_the_job(
    stage: Stage, medium: Scenario, child: str, function: str
) -> None:
    running = stage.start(medium, {function: [Late(1)]})
    running.stop_child(child, once_called=function)
    ended = running.ended()
    assert (ended.status, ended.called["summarize"]) == ("FAILED", 0)
    assert ended.reason.code == "JobCanceled"
