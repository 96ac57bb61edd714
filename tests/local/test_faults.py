"""Workflows that are killed while their model runs: it is stopped in time, whatever was killed.

A sample of `python -m benchmarks.faults`, which does so to every state.
"""

from collections.abc import Mapping

import pytest

from benchmarks.faults.cases import MACHINES, Case, every_case
from benchmarks.faults.laboratory import run_cases
from benchmarks.faults.running import LIMIT_MINUTES, Outcome
from brandlens.jobs import JobState

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("faults")]

SECONDS_A_MINUTE = 3
LATE_SECONDS = 10
"""Of the clock: by how much a busy machine may be late. A sweep that does not come is five minutes, 15 s."""

SAMPLE = (
    Case("model-start", "EnsureRunning", "kill after"),
    Case("analysis-video", "Look", "stop"),
    Case("analysis-video", "DetectBatch", "kill before"),
    Case("analysis-video", "ReleaseModel", "kill before"),
    Case("analysis-image", "Detect", "cancel"),
    Case("analysis-image", "Detect", "drop"),
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Case, Outcome]:
    folder = tmp_path_factory.mktemp("faults")
    ran = run_cases(folder, SAMPLE, SECONDS_A_MINUTE, at_once=len(SAMPLE))
    return {outcome.case: outcome for outcome in ran}


@pytest.mark.parametrize("case", SAMPLE, ids=str)
def test_a_model_whose_workflow_was_killed_stands_within_grace_time_and_five_minutes(
    case: Case, outcomes: Mapping[Case, Outcome]
) -> None:
    outcome = outcomes[case]
    assert outcome.state in (JobState.CANCELED, JobState.FAILED)
    assert 0 < outcome.minutes <= LIMIT_MINUTES + LATE_SECONDS / SECONDS_A_MINUTE
    assert outcome.dollars > 0


def test_every_machine_is_killed_in_states_that_call_functions_and_in_others() -> None:
    cases = every_case()
    for machine in MACHINES:
        faults = {
            state: {c.fault for c in cases if (c.machine, c.state) == (machine, state)}
            for state in {c.state for c in cases if c.machine == machine}
        }
        assert {"stop", "cancel"} in faults.values()
        assert {"stop", "cancel", "kill before", "kill after", "drop"} in faults.values()
    assert {"DetectBatch", "MakeSprites", "ReleaseModel"} <= {c.state for c in cases if c.video}
