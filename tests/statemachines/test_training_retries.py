"""What each state of a training tries again: an error of each state, brought about in the emulator."""

from dataclasses import dataclass

import pytest

from tests.statemachines.batches import TASKS, Batch, start
from tests.statemachines.director import Raise
from tests.statemachines.retries import CALLEES, RETRIES
from tests.statemachines.scenarios import SHORT_VIDEO
from tests.statemachines.stage import Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]

MESSAGE = 'Slow down: "later" is soon enough.'
ELSEWHERE = ("record_failure", "request_labeling", "extract_frames")
"""Functions that an undisturbed training with labels does not call."""


@dataclass(frozen=True)
class Case:
    callee: str
    error: str
    tries: int

    def __str__(self) -> str:
        return f"{self.callee}-{self.error}"


CASES = [
    Case(CALLEES[state.partition(".")[2]], error, tries)
    for state, errors in RETRIES.items()
    for error, tries in [next(iter(errors.items()))]
    if "training" in state
]
"""The first error of each state."""

each_function = pytest.mark.parametrize("case", [c for c in CASES if c.callee not in ELSEWHERE], ids=str)


@each_function
def test_after_one_transient_error_the_training_goes_on(stage: Stage, case: Case) -> None:
    ended = start(stage, Batch(), {case.callee: [Raise(case.error, MESSAGE)]}).ended()
    assert (ended.status, ended.called[case.callee], ended.called["record_failure"]) == ("SUCCEEDED", 2, 0)
    first, second = ended.inputs(case.callee)
    assert first == second


@each_function
def test_an_error_that_stays_fails_the_training_or_leaves_files_out(stage: Stage, case: Case) -> None:
    ended = start(stage, Batch(), {case.callee: [Raise(case.error, MESSAGE)] * (case.tries + 1)}).ended()
    assert ended.called[case.callee] == case.tries + 1
    if case.callee == "probe_media":
        assert (ended.status, ended.called["prepare_dataset"]) == ("SUCCEEDED", 1)
    else:
        assert (ended.status, ended.reason.code) == ("FAILED", case.error)
        assert MESSAGE in ended.reason.message


def test_people_are_asked_again_after_a_transient_error_until_the_last_try(stage: Stage) -> None:
    throttled = [Raise("Throttled", MESSAGE)] * (RETRIES["training.RequestLabeling"]["Throttled"] + 1)
    ended = start(stage, Batch(tasks=TASKS[:1]), {"request_labeling": throttled}).ended()
    assert (ended.status, ended.called["request_labeling"]) == ("FAILED", len(throttled))
    assert ended.reason.code == "Throttled"
    assert ended.reason.retryable


def test_recording_a_failed_training_is_tried_again(stage: Stage) -> None:
    turns = {"list_batch": [Raise("CorruptMedia")], "record_failure": [Raise("Throttled")] * 5}
    ended = start(stage, Batch(), turns).ended()
    assert (ended.status, ended.error, ended.called["record_failure"]) == ("FAILED", "TheCodeInTheTable", 6)


def test_a_segment_is_tried_again_until_its_video_is_left_out(stage: Stage) -> None:
    tries = RETRIES["training.ExtractSegment"]["Throttled"] + 1
    turns = {
        "extract_frames": [Raise("Throttled")] * tries,
        "prepare_dataset": [Raise("NoTrainingPictures", MESSAGE)],
    }
    ended = start(stage, Batch(medium=SHORT_VIDEO, tasks=TASKS), turns).ended()
    assert (ended.called["extract_frames"], ended.called["prepare_dataset"]) == (tries, 1)
    assert ended.reason.code == "NoTrainingPictures"
