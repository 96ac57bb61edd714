"""What holds of every state machine's template, whatever it does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonata.jsonata import Jsonata  # type: ignore[import-untyped]

from brandlens.errors import Transient, leaves
from infra import asl, machines
from infra.functions import FUNCTIONS
from infra.naming import Place
from infra.settings import Settings
from tests.infra.recording import GOOD

PLACE = Place(project="brandlens", stack="dev", partition="aws", region="eu-west-1", account="123456789012")
TEMPLATES = {
    path.name.removesuffix(".asl.json"): path.read_text()
    for path in sorted((Path(__file__).parents[2] / "statemachines").glob("*.asl.json"))
}
VALUES = machines.marker_values(PLACE, Settings.check(GOOD))
DEFINITIONS = {
    name: asl.render(text, {marker: VALUES[marker] for marker in asl.markers(text)})
    for name, text in TEMPLATES.items()
}
LEAVES = {leaf.__name__ for leaf in leaves()}
TRANSIENT = {leaf.__name__ for leaf in leaves(Transient)}
AWS_RETRIED = {
    "Lambda.TooManyRequestsException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "StepFunctions.ExecutionLimitExceededException",
    "StepFunctions.SdkClientException",
}
"""Names that AWS documents for throttles and failures of its own, which another try may mend."""

each_machine = pytest.mark.parametrize("machine", TEMPLATES)

States = dict[str, dict[str, Any]]


def scopes(part: Any) -> Iterator[dict[str, Any]]:
    """Every machine, branch and item processor: what has `StartAt` and `States`."""
    if isinstance(part, dict):
        if "StartAt" in part:
            yield part
        for child in part.values():
            yield from scopes(child)
    elif isinstance(part, list):
        for child in part:
            yield from scopes(child)


def states(machine: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for scope in scopes(DEFINITIONS[machine]):
        yield from scope["States"].items()


def tasks(machine: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, state) for name, state in states(machine) if state["Type"] == "Task")


def followers(state: dict[str, Any]) -> set[str]:
    choices = [*state.get("Choices", []), *state.get("Catch", [])]
    named = [state.get("Next"), state.get("Default"), *(choice["Next"] for choice in choices)]
    return {name for name in named if name}


def time_limit(part: dict[str, Any]) -> float:
    limit = part["TimeoutSeconds"]
    return float(Jsonata.jsonata(limit[2:-2]).evaluate(None) if isinstance(limit, str) else limit)


def expressions(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        if part.startswith("{%"):
            yield part
    elif isinstance(part, dict | list):
        for child in part.values() if isinstance(part, dict) else part:
            yield from expressions(child)


def test_there_is_a_template_for_each_machine_that_is_deployed() -> None:
    assert set(TEMPLATES) == set(machines.MACHINES)


def test_every_value_that_is_given_is_used_by_some_template_or_named_after_a_function_or_machine() -> None:
    used = set().union(*(asl.markers(text) for text in TEMPLATES.values()))
    assert used <= VALUES.keys()
    assert {name for name in VALUES.keys() - used if not name.endswith("Arn")} == set()


def test_every_function_is_called_by_a_machine_an_event_or_a_request() -> None:
    others = {"ingest", "stop_idle_models", "labeling_callback", "api", "write_invitation"}
    called = {
        name
        for text in TEMPLATES.values()
        for name in machines.called((spec.name for spec in FUNCTIONS), asl.markers(text))
    }
    assert called | others == {spec.name for spec in FUNCTIONS}


@each_machine
def test_every_state_is_reached_and_every_name_leads_to_a_state(machine: str) -> None:
    for scope in scopes(DEFINITIONS[machine]):
        inside: States = scope["States"]
        reached, following = set(), {scope["StartAt"]}
        while following:
            name = following.pop()
            assert name in inside, f"{name} is no state"
            reached.add(name)
            following |= followers(inside[name]) - reached
        assert reached == inside.keys()


@each_machine
def test_every_state_leads_on_or_ends(machine: str) -> None:
    for name, state in states(machine):
        ends = state.get("End", False) or state["Type"] in ("Succeed", "Fail")
        assert ends != bool(followers(state) - {c["Next"] for c in state.get("Catch", [])}), name


@each_machine
def test_every_name_that_is_caught_or_retried_is_a_leaf_of_ours_or_one_of_aws(machine: str) -> None:
    for name, state in states(machine):
        for retrier in state.get("Retry", []):
            assert set(retrier["ErrorEquals"]) <= TRANSIENT | AWS_RETRIED, name
        for catcher in state.get("Catch", []):
            assert set(catcher["ErrorEquals"]) <= LEAVES | {"States.ALL", "States.Timeout"}, name


@each_machine
def test_every_error_that_a_machine_raises_itself_is_a_leaf_of_ours(machine: str) -> None:
    raised = {state["Error"] for _, state in states(machine) if state["Type"] == "Fail"}
    assert {error for error in raised if not error.startswith("{%")} <= LEAVES


@each_machine
def test_nothing_is_retried_without_end_or_in_step_with_others(machine: str) -> None:
    for name, state in states(machine):
        for retrier in state.get("Retry", []):
            assert 1 <= retrier["MaxAttempts"] <= 6, name
            assert (retrier["BackoffRate"], retrier["JitterStrategy"]) == (2, "FULL"), name
            assert retrier["MaxDelaySeconds"] <= 30, name


@each_machine
def test_every_function_call_is_retried_when_it_was_throttled_or_the_service_failed(machine: str) -> None:
    for name, state in tasks(machine):
        if state["Resource"].endswith("lambda:invoke"):
            retried = {error for retrier in state["Retry"] for error in retrier["ErrorEquals"]}
            assert retried >= {"Throttled", "ServiceUnavailable"}, name
            assert retried >= {error for error in AWS_RETRIED if error.startswith("Lambda.")}, name


@each_machine
def test_every_task_and_every_machine_has_a_time_limit(machine: str) -> None:
    assert DEFINITIONS[machine]["TimeoutSeconds"] > 0
    for name, state in tasks(machine):
        assert time_limit(state) > 0, name


@each_machine
def test_a_function_is_given_longer_than_its_own_time_limit(machine: str) -> None:
    limits = {PLACE.function_arn(spec.name): spec.timeout_seconds for spec in FUNCTIONS}
    for name, state in tasks(machine):
        function = state["Arguments"].get("FunctionName")
        if function:
            assert time_limit(state) > limits[function], name


@each_machine
def test_a_child_is_given_longer_than_its_own_time_limit(machine: str) -> None:
    limits = {
        PLACE.state_machine_arn(name): definition["TimeoutSeconds"]
        for name, definition in DEFINITIONS.items()
    }
    for name, state in tasks(machine):
        child = state["Arguments"].get("StateMachineArn")
        if child:
            assert time_limit(state) > limits[child], name


@each_machine
def test_a_machine_is_given_longer_than_any_of_its_states(machine: str) -> None:
    for name, state in tasks(machine):
        assert DEFINITIONS[machine]["TimeoutSeconds"] > time_limit(state), name


@each_machine
def test_every_expression_parses(machine: str) -> None:
    found = list(expressions(DEFINITIONS[machine]))
    assert found
    for expression in found:
        assert re.fullmatch(r"\{% .* %\}", expression), expression
        Jsonata.jsonata(expression[2:-2])


@each_machine
def test_children_know_which_execution_started_them(machine: str) -> None:
    for name, state in tasks(machine):
        if "StateMachineArn" in state["Arguments"]:
            assert "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID" in state["Arguments"]["Input"], name


@pytest.mark.parametrize("machine", ["analysis", "training"])
def test_every_failure_of_a_job_takes_the_one_failure_path(machine: str) -> None:
    for name, state in DEFINITIONS[machine]["States"].items():
        if state["Type"] in ("Task", "Map") and name != "RecordFailure":
            (catcher,) = state["Catch"]
            assert (catcher["ErrorEquals"], catcher["Next"]) == (["States.ALL"], "RecordFailure"), name


def test_a_training_may_take_as_long_as_all_that_it_waits_for() -> None:
    patient = machines.marker_values(PLACE, Settings.check(GOOD | {"labeling_days_open": "30"}))
    others = [time_limit(state) for name, state in tasks("training") if name != "RequestLabeling"]
    assert DEFINITIONS["training"]["TimeoutSeconds"] > sum(others) + float(patient["LabelingTimeoutSeconds"])


def test_an_express_child_may_take_as_long_as_its_function() -> None:
    (detect,) = [state for _, state in states("analysis-video") if "ItemReader" in state]
    assert detect["ItemProcessor"]["ProcessorConfig"] == {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}
    (batch,) = detect["ItemProcessor"]["States"].values()
    assert batch["TimeoutSeconds"] < 300, "an Express execution ends after five minutes"
