"""What `model-start` does until a model answers, run in the emulator."""

import pytest

from functions.start_model.handler import ModelState
from tests.jobs import MODEL
from tests.statemachines.definitions import HURRIED_STATES
from tests.statemachines.director import Json, Raise, Says
from tests.statemachines.scenarios import JPEG, VIDEO, Scenario
from tests.statemachines.stage import Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]


def looked(status: str) -> Json:
    return ModelState(ready=status == "RUNNING", status=status).model_dump(mode="json")


def test_a_running_model_is_looked_at_once(stage: Stage) -> None:
    ended = stage.run(JPEG, machine="model-start")
    assert (ended.status, dict(ended.called)) == ("SUCCEEDED", {"start_model": 1})
    (event,) = ended.events("start_model")
    assert (event.job, event.model) == (ended.job, MODEL)


def test_a_model_is_looked_at_until_it_runs_each_time_with_the_same_lease(stage: Stage) -> None:
    statuses = ["STOPPED", "STOPPING", "STARTING", "STARTING"]
    ended = stage.run(JPEG, {"start_model": [looked(status) for status in statuses]}, machine="model-start")
    assert (ended.status, ended.called["start_model"]) == ("SUCCEEDED", len(statuses) + 1)
    assert {(event.job, event.model) for event in ended.events("start_model")} == {(ended.job, MODEL)}


def test_a_throttled_look_at_a_starting_model_is_repeated_and_the_waiting_goes_on(stage: Stage) -> None:
    turns: list[Says] = [looked("STARTING"), Raise("Throttled"), looked("STARTING"), Raise("Throttled")]
    ended = stage.run(JPEG, {"start_model": turns}, machine="model-start")
    assert (ended.status, ended.called["start_model"]) == ("SUCCEEDED", len(turns) + 1)


@pytest.mark.parametrize("medium", [JPEG, VIDEO], ids=lambda medium: medium.media_format)
def test_a_model_that_failed_fails_the_analysis_at_once(stage: Stage, medium: Scenario) -> None:
    refused = Raise("ModelFailed", 'Model version v1 cannot be asked: its status is "FAILED" – for good.')
    ended = stage.run(medium, {"start_model": [looked("STARTING"), refused]})
    assert (ended.status, ended.called["start_model"], ended.called["detect_brands"]) == ("FAILED", 2, 0)
    assert (ended.reason.code, ended.reason.message) == (refused.error, refused.message)


@pytest.mark.parametrize("medium", [JPEG, VIDEO], ids=lambda medium: medium.media_format)
def test_a_model_that_does_not_start_in_time_fails_the_analysis(stage: Stage, medium: Scenario) -> None:
    ended = stage.run(medium, {"start_model": [looked("STARTING")] * 1000}, place=HURRIED_STATES)
    assert (ended.status, ended.called["detect_brands"]) == ("FAILED", 0)
    assert ended.called["start_model"] > 1
    assert ended.reason.code == "ModelStartTimeout"
    assert "its status is still STARTING" in ended.reason.message
