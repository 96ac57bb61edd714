"""Each machine is filled from its template and may call exactly what the template names."""

import json

import pytest

from infra.asl import has_distributed_map, markers
from infra.functions import FUNCTIONS
from infra.machines import MACHINES, called, marker_values
from infra.naming import Place
from infra.settings import Settings
from tests.infra.recording import ACCOUNT, GOOD, REGION, Program, evaluate

DEV = Place(project="brandlens", stack="dev", partition="aws", region=REGION, account=ACCOUNT)


def _definition(program: Program, machine: str) -> str:
    return str(program.one("aws:sfn/stateMachine:StateMachine", machine).inputs["definition"])


def _allowed(program: Program, machine: str, action: str) -> set[str]:
    policy = json.loads(program.one("aws:iam/rolePolicy:RolePolicy", machine).inputs["policy"])
    return {
        resource
        for statement in policy["Statement"]
        if action in statement["Action"]
        for resource in statement["Resource"]
    }


@pytest.mark.parametrize("machine", MACHINES)
def test_a_machine_is_filled_logged_and_traced(machine: str, dev: Program) -> None:
    made = dev.one("aws:sfn/stateMachine:StateMachine", machine).inputs
    log_group = dev.one("aws:cloudwatch/logGroup:LogGroup", machine).inputs["name"]

    assert not markers(made["definition"])
    assert made["type"] == "STANDARD"
    assert made["loggingConfiguration"]["logDestination"].endswith(f"log-group:{log_group}:*")
    assert made["loggingConfiguration"]["includeExecutionData"] is False
    assert made["tracingConfiguration"] == {"enabled": True}


@pytest.mark.parametrize("machine", MACHINES)
def test_a_machine_may_call_exactly_the_functions_and_machines_it_names(machine: str, dev: Program) -> None:
    definition = _definition(dev, machine)
    functions = {
        DEV.function_arn(spec.name) for spec in FUNCTIONS if f'"{DEV.function_arn(spec.name)}"' in definition
    }
    children = {
        DEV.state_machine_arn(name) for name in MACHINES if f'"{DEV.state_machine_arn(name)}"' in definition
    }
    itself = {DEV.state_machine_arn(machine)} if has_distributed_map(json.loads(definition)) else set()

    assert functions
    assert _allowed(dev, machine, "lambda:InvokeFunction") == functions
    assert _allowed(dev, machine, "states:StartExecution") == children | itself
    assert bool(_allowed(dev, machine, "events:PutRule")) == bool(children)


def test_every_machine_is_made_after_those_it_starts(dev: Program) -> None:
    for machine in MACHINES:
        made = dev.one("aws:sfn/stateMachine:StateMachine", machine)
        for child in MACHINES:
            if f'"{DEV.state_machine_arn(child)}"' in made.inputs["definition"]:
                assert dev.one("aws:sfn/stateMachine:StateMachine", child).urn in made.after


def test_video_frames_are_listed_by_the_machine_that_maps_over_them(dev: Program) -> None:
    assert has_distributed_map(json.loads(_definition(dev, "analysis-video")))
    assert _allowed(dev, "analysis-video", "s3:ListBucket") == {DEV.bucket_arn("work")}
    assert not _allowed(dev, "analysis", "s3:ListBucket")


def test_only_the_machine_that_reads_a_batch_from_its_list_may_read_the_list(dev: Program) -> None:
    assert _allowed(dev, "training", "s3:GetObject") == {f"{DEV.bucket_arn('work')}/*/items.jsonl"}
    assert not _allowed(dev, "analysis-video", "s3:GetObject")


def test_more_inference_units_detect_more_frames_at_once() -> None:
    def concurrency(units: int) -> int:
        settings = Settings.check(GOOD | {"max_inference_units": str(units)})
        return int(marker_values(DEV, settings)["DetectConcurrency"])

    assert concurrency(3) == 3 * concurrency(1)


def test_tolerated_failures_reach_the_template() -> None:
    strict, lenient = (
        _definition(evaluate(tolerated_failure_percentage=share), "analysis-video") for share in ("0", "12.5")
    )

    assert "12.5" in lenient
    assert "12.5" not in strict


def test_only_markers_of_a_name_call_it() -> None:
    assert called(("start_model", "ingest"), frozenset({"StartModelArn", "WorkBucket"})) == ("start_model",)
