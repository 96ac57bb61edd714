"""What each state of an analysis tries again, and how often: every error that a `Retry` names, brought about
in the emulator."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra import machines
from tests.statemachines.definitions import PLACE, definition
from tests.statemachines.director import Late, Raise, Says
from tests.statemachines.retries import CALLEES, RETRIES
from tests.statemachines.scenarios import JPEG, SHORT_VIDEO, Scenario
from tests.statemachines.stage import Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]

MESSAGE = 'Slow down: "later" is soon enough.'


@dataclass(frozen=True)
class Case:
    """A state, an error that it retries, and how often; `medium` is one whose analysis comes there."""

    state: str
    error: str
    tries: int

    @property
    def medium(self) -> Scenario:
        return SHORT_VIDEO if "ideo" in self.state else JPEG

    @property
    def callee(self) -> str:
        return CALLEES[self.state.partition(".")[2]]

    @property
    def before(self) -> list[Says]:
        """What the callee answers in an earlier state of the same machine."""
        return [Late(0)] if self.state == "analysis-video.ReserveDetection" else []

    @property
    def after(self) -> int:
        """How often later states of the same machine call it."""
        return int(self.state == "analysis-video.ReserveExtraction")

    @property
    def failing(self) -> Raise:
        return Raise(self.error, MESSAGE)

    def __str__(self) -> str:
        return f"{self.state}-{self.error}"


CASES = [
    Case(state, error, tries)
    for state, errors in RETRIES.items()
    if "training" not in state
    for error, tries in errors.items()
]
FAILED_BEFORE = {"probe_media": [Raise("CorruptMedia")]}
"""Failures are recorded only where something failed."""


def in_analysis(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [c for c in cases if c.callee != "record_failure"], ids=str)


def retried(part: Any) -> Iterator[tuple[str, dict[str, int]]]:
    """Every state below `part` that is retried, with the errors and the tries that they are given."""
    if isinstance(part, list):
        for one in part:
            yield from retried(one)
    if isinstance(part, dict):
        for name, state in part.get("States", {}).items():
            retriers = state.get("Retry", [])
            if retriers:
                yield name, {error: r["MaxAttempts"] for r in retriers for error in r["ErrorEquals"]}
        for child in part.values():
            yield from retried(child)


def test_the_table_holds_every_retry_of_every_machine() -> None:
    found = {
        f"{machine}.{state}": errors
        for machine in machines.MACHINES
        for state, errors in retried(definition(machine, PLACE))
    }
    assert found == RETRIES


@in_analysis(CASES)
def test_after_one_transient_error_the_analysis_goes_on(stage: Stage, case: Case) -> None:
    ended = stage.run(case.medium, {case.callee: [*case.before, case.failing]})
    assert (ended.status, ended.called["record_failure"]) == ("SUCCEEDED", 0)
    first, second = ended.inputs(case.callee)[len(case.before) : ended.called[case.callee] - case.after]
    assert first == second


@in_analysis(CASES)
def test_an_error_that_stays_fails_the_analysis_after_the_last_try(stage: Stage, case: Case) -> None:
    ended = stage.run(case.medium, {case.callee: [*case.before, *[case.failing] * (case.tries + 1)]})
    assert ended.status == "FAILED"
    assert ended.called[case.callee] == len(case.before) + case.tries + 1
    if case.state == "analysis-video.DetectBatch":
        assert ended.reason.code == "States.ExceedToleratedFailureThreshold"
    else:
        assert ended.reason.code == case.error
        assert MESSAGE in ended.reason.message


@pytest.mark.parametrize("case", [c for c in CASES if c.callee == "record_failure"], ids=str)
@pytest.mark.parametrize("further", [0, 1], ids=["recovers", "stays"])
def test_recording_a_failure_is_tried_again(stage: Stage, case: Case, further: int) -> None:
    errors = case.tries + further
    ended = stage.run(JPEG, FAILED_BEFORE | {case.callee: [case.failing] * errors})
    tries = case.tries + 1
    assert (ended.status, ended.called[case.callee]) == ("FAILED", tries)
    assert ended.error == (case.error if further else "TheCodeInTheTable")
