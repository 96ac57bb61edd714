"""What `model-training` does until a model is trained and judged, run in the emulator."""

import json
import uuid
from collections.abc import Mapping, Sequence

import pytest

from brandlens.training.request import TrainingRequest
from brandlens.training.versions import VersionReference
from functions.check_model_version.handler import Progress
from functions.register_model.handler import Registered
from infra.naming import Place
from tests.jobs import MODEL, job
from tests.statemachines.definitions import HURRIED_STATES, PLACE
from tests.statemachines.director import Json, Raise, Says, Script
from tests.statemachines.stage import Ended, Running, Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]

REQUEST = TrainingRequest(labels=("Acme",), type="object", prefix="inbox/cup/train/final/")
VERSION = VersionReference(
    detector="rekognition", project_arn="arn:of:the:project", version_arn=MODEL.arn, version=MODEL.version
)
REGISTERED = Registered(model=MODEL, f1=0.9, active=True).model_dump(mode="json")
FULL = Raise("TooManyTrainings", "The training of version v1 could not begin: two are going on.")


def looked(percent: int, *, done: bool = False) -> Json:
    status = "TRAINING_COMPLETED" if done else "TRAINING_IN_PROGRESS"
    return Progress(done=done, status=status, percent=percent).model_dump(mode="json")


def train(stage: Stage, turns: Mapping[str, Sequence[Says]] | None = None, *, place: Place = PLACE) -> Ended:
    usual = {
        "create_model_version": VERSION.model_dump(mode="json"),
        "check_model_version": looked(100, done=True),
        "register_model": REGISTERED,
    }
    one, script = job(version=uuid.uuid4().hex), Script(usual, turns or {})
    stage.director.direct(one.job_id, script)
    started = stage.aws.client("stepfunctions").start_execution(
        stateMachineArn=place.state_machine_arn("model-training"),
        name=one.job_id,
        input=json.dumps({"job": one.model_dump(mode="json"), "request": REQUEST.model_dump(mode="json")}),
    )
    return Running(stage, one, started["executionArn"], script).ended()


def test_a_model_is_looked_at_until_it_is_trained_and_then_judged(stage: Stage) -> None:
    ended = train(stage, {"check_model_version": [looked(0), looked(40)]})
    assert (ended.status, ended.output) == ("SUCCEEDED", REGISTERED)
    assert dict(ended.called) == {"create_model_version": 1, "check_model_version": 3, "register_model": 1}
    (created,) = ended.events("create_model_version")
    (registered,) = ended.events("register_model")
    assert (created.job, created.request) == (registered.job, registered.request) == (ended.job, REQUEST)
    assert {look.version for look in ended.events("check_model_version")} == {registered.version} == {VERSION}


def test_a_training_waits_for_its_turn_and_is_asked_for_again(stage: Stage) -> None:
    ended = train(stage, {"create_model_version": [FULL, FULL]})
    assert (ended.status, ended.called["create_model_version"]) == ("SUCCEEDED", 3)


@pytest.mark.parametrize("callee", ["create_model_version", "check_model_version", "register_model"])
def test_a_throttled_call_is_repeated(stage: Stage, callee: str) -> None:
    ended = train(stage, {callee: [Raise("Throttled"), Raise("ServiceUnavailable")]})
    assert (ended.status, ended.called[callee]) == ("SUCCEEDED", 3)


def test_a_training_that_failed_is_not_looked_at_again(stage: Stage) -> None:
    failed = Raise("ModelFailed", "Model version v1 was not trained: too few labels.")
    ended = train(stage, {"check_model_version": [looked(10), failed]})
    assert (ended.status, ended.error) == ("FAILED", "ModelFailed")
    assert failed.message in str(ended.cause)
    assert (ended.called["check_model_version"], ended.called["register_model"]) == (2, 0)


def test_a_training_that_takes_too_long_says_that_it_goes_on(stage: Stage) -> None:
    ended = train(stage, {"check_model_version": [looked(1)] * 1000}, place=HURRIED_STATES)
    assert (ended.status, ended.error, ended.called["register_model"]) == ("FAILED", "JobTimedOut", 0)
    assert "its status is still TRAINING_IN_PROGRESS" in str(ended.cause)
    assert "cannot be stopped" in str(ended.cause)


def test_an_embedded_detector_that_takes_too_long_is_stopped_and_not_said_to_go_on(stage: Stage) -> None:
    embedded = VERSION.model_copy(update={"detector": "embedded"}).model_dump(mode="json")
    looks = {"create_model_version": [embedded], "check_model_version": [looked(1)] * 1000}
    ended = train(stage, looks, place=HURRIED_STATES)
    assert (ended.status, ended.error) == ("FAILED", "JobTimedOut")
    assert "cannot be stopped" not in str(ended.cause)
    assert str(ended.cause).endswith("Train with the same files again.")


def test_a_training_whose_turn_does_not_come_in_time_fails(stage: Stage) -> None:
    ended = train(stage, {"create_model_version": [FULL] * 1000}, place=HURRIED_STATES)
    assert (ended.status, ended.error, ended.called["check_model_version"]) == ("FAILED", "JobTimedOut", 0)
    assert "waiting for another training to end" in str(ended.cause)
