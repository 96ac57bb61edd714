"""Stopping and killing the local cloud while it works: what was accepted is there again and ends once."""

import json
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psutil
import pulumi_aws as aws
import pytest

from local import children, cloud, processes
from local.cloud import LocalCloud
from local.home import Home
from tests.cloud import client, private_home
from tests.local import sample

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("interruptions")]

PATIENCE_SECONDS = 120.0
LONGEST_TIMEOUT = 900
"""Seconds that Lambda gives a function at most."""
LARGE = 64 << 20
"""Bytes: more than the buffers of a connection hold."""

Seen = TypeVar("Seen")


def program() -> None:
    """Two machines that take long, and a function that notes how executions end."""
    role = aws.iam.Role("worker", name="worker", assume_role_policy=trust())
    aws.iam.RolePolicy("all", role=role.name, policy=sample.policy("*", Resource="*"))
    table = aws.dynamodb.Table(
        "notes",
        name="notes",
        attributes=[{"name": "id", "type": "S"}],
        hash_key="id",
        billing_mode="PAY_PER_REQUEST",
    )
    variables = {"TABLE": table.name}
    linger = sample.function("linger", role)
    # It waits for as long as the cloud takes to come up again, on a busy machine too.
    sample.function("await_word", role, timeout=LONGEST_TIMEOUT, variables=variables)
    note = sample.function("note", role, variables=variables)
    sample.machine("single", role, linger.arn.apply(lambda arn: sample.definition(sample.task(arn))))
    sample.machine("many", role, linger.arn.apply(lambda arn: sample.definition(distributed(arn))))
    pattern = {"source": ["aws.states"], "detail": {"status": ["ABORTED", "FAILED", "TIMED_OUT"]}}
    rule = aws.cloudwatch.EventRule("ended", name="ended", event_pattern=json.dumps(pattern))
    aws.cloudwatch.EventTarget("note", rule=rule.name, arn=note.arn, target_id="note")
    aws.lambda_.Permission(
        "note",
        function=note.name,
        action="lambda:InvokeFunction",
        principal="events.amazonaws.com",
        source_arn=rule.arn,
    )


def trust() -> str:
    services = ["lambda.amazonaws.com", "states.amazonaws.com"]
    return sample.policy("sts:AssumeRole", Principal={"Service": services})


def distributed(function_arn: str) -> dict[str, Any]:
    processor = {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
        "StartAt": "One",
        "States": {"One": sample.task(function_arn)},
    }
    return {"Type": "Map", "ItemProcessor": processor, "End": True}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = private_home(tmp_path)
    yield home
    cloud.reset(home=home)


@pytest.fixture
def standing(home: Home) -> LocalCloud:
    return up(home)


def up(home: Home, told: list[str] | None = None) -> LocalCloud:
    told = [] if told is None else told
    return cloud.up(lambda step, *_: told.append(step), home=home, program=sample.program(program))


def start(standing: LocalCloud, machine: str) -> str:
    """Start an execution; return its ARN once its function is at work."""
    region = standing.region
    arn = f"arn:aws:states:{region}:000000000000:stateMachine:{machine}"
    states = client(standing, "stepfunctions")
    execution: str = states.start_execution(stateMachineArn=arn, name=machine, input="[1, 2, 3]")[
        "executionArn"
    ]
    emulator = processes.find(standing.home, children.EMULATOR)
    assert emulator is not None
    eventually(lambda: emulator.children() or None)
    return execution


def eventually(look: Callable[[], Seen | None]) -> Seen:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (seen := look()) is None:
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
    return seen


def row(standing: LocalCloud, name: str) -> Any:
    return client(standing, "dynamodb").get_item(TableName="notes", Key={"id": {"S": name}}).get("Item")


def put(standing: LocalCloud, name: str) -> None:
    client(standing, "dynamodb").put_item(TableName="notes", Item={"id": {"S": name}})


def kill(home: Home) -> None:
    emulator = processes.find(home, children.EMULATOR)
    assert emulator is not None
    emulator.send_signal(signal.SIGKILL)
    psutil.wait_procs([emulator], timeout=PATIENCE_SECONDS)


def saved(home: Home, name: str, table: str) -> bool | None:
    """True once the emulator has the word in what it keeps of the service."""
    file = home.data(children.EMULATOR) / "state" / f"{table}.json"
    return True if file.exists() and f'"{name}"' in file.read_text("utf-8") else None


ENDED_ONCE = {"ended": {"S": "ABORTED"}, "told": {"N": "1"}}


@pytest.mark.parametrize("machine", ["single", "many"])
def test_what_runs_when_the_cloud_goes_down_is_stopped_and_told_once(
    home: Home, standing: LocalCloud, machine: str
) -> None:
    execution = start(standing, machine)
    put(standing, "kept")
    told: list[str] = []
    cloud.down(lambda step, *_: told.append(step), home=home)
    assert "Stopping 1 running execution" in told
    again = up(home)
    assert row(again, "kept")
    assert row(again, machine) == {"id": {"S": machine}, **ENDED_ONCE}
    states = client(again, "stepfunctions")
    assert states.describe_execution(executionArn=execution)["status"] == "ABORTED"


def test_down_with_nothing_at_work_speaks_of_no_executions(home: Home, standing: LocalCloud) -> None:
    told: list[str] = []
    cloud.down(lambda step, *_: told.append(step), home=home)
    assert set(told) == {"Stopping the local cloud"}


def test_a_reader_that_has_stalled_keeps_nothing_from_being_saved(home: Home, standing: LocalCloud) -> None:
    s3 = client(standing, "s3")
    s3.create_bucket(Bucket="large", CreateBucketConfiguration={"LocationConstraint": standing.region})
    s3.put_object(Bucket="large", Key="film", Body=bytes(LARGE))
    put(standing, "kept")
    url = urlsplit(s3.generate_presigned_url("get_object", Params={"Bucket": "large", "Key": "film"}))
    with socket.create_connection((url.hostname, url.port)) as stalled:
        stalled.sendall(f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode())
        assert stalled.recv(12) == b"HTTP/1.1 200"
        cloud.down(home=home)
    assert row(up(home), "kept")


def test_a_killed_emulator_loses_nothing_that_is_a_few_seconds_old(home: Home, standing: LocalCloud) -> None:
    put(standing, "kept")
    eventually(lambda: saved(home, "kept", "dynamodb"))
    kill(home)
    assert row(up(home), "kept")


def test_what_ran_in_a_killed_emulator_is_stopped_and_told_once(home: Home, standing: LocalCloud) -> None:
    execution = start(standing, "single")
    eventually(lambda: saved(home, execution, "stepfunctions"))
    kill(home)
    told: list[str] = []
    again = up(home, told)
    assert "Stopping 1 running execution" in told
    eventually(lambda: row(again, "single"))
    cloud.down(home=home)
    assert row(up(home), "single") == {"id": {"S": "single"}, **ENDED_ONCE}


def test_an_event_that_was_in_hand_in_a_killed_emulator_is_delivered_again(
    home: Home, standing: LocalCloud
) -> None:
    client(standing, "lambda").invoke(FunctionName="await_word", InvocationType="Event", Payload=b"{}")
    kill(home)
    told: list[str] = []
    again = up(home, told)
    assert "Delivering 1 event again" in told
    assert row(again, "done") is None
    put(again, "go")
    eventually(lambda: row(again, "done"))
    eventually(lambda: None if list(home.pending.iterdir()) else True)


def test_what_an_event_led_to_just_before_a_kill_is_there_or_done_again(
    home: Home, standing: LocalCloud
) -> None:
    event = json.dumps({"detail": {"name": "film", "status": "ABORTED"}})
    client(standing, "lambda").invoke(FunctionName="note", InvocationType="Event", Payload=event)
    eventually(lambda: row(standing, "film"))
    kill(home)
    again = up(home)
    eventually(lambda: row(again, "film"))


def test_what_runs_is_left_running_by_a_second_up(home: Home, standing: LocalCloud) -> None:
    execution = start(standing, "single")
    again = up(home)
    states = client(again, "stepfunctions")
    assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
