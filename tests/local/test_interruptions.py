"""Stopping and killing the local cloud while it works: what was accepted is there again and goes on."""

import json
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psutil
import pulumi
import pulumi_aws as aws
import pytest
from botocore.exceptions import ClientError

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
KILLS, DROPS = 3, 5

Seen = TypeVar("Seen")


def program() -> None:
    """Machines that take long, a drop folder, and a function that notes how executions end."""
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
    count = sample.function("count", role, variables=variables)
    remember = sample.function("remember", role, variables=variables)
    definition = pulumi.Output.all(count.arn, remember.arn).apply(lambda arns: steps(*arns))
    patient = sample.machine("steps", role, definition)
    begin = sample.function("begin", role, variables={"MACHINE": patient.arn})
    bucket = aws.s3.Bucket("drops", bucket="drops")
    aws.s3.BucketVersioning("drops", bucket=bucket.bucket, versioning_configuration={"status": "Enabled"})
    aws.s3.BucketNotification("drops", bucket=bucket.bucket, eventbridge=True)
    call("begin", begin, {"source": ["aws.s3"]})
    statuses = ["ABORTED", "FAILED", "SUCCEEDED", "TIMED_OUT"]
    call("note", note, {"source": ["aws.states"], "detail": {"status": statuses}})


def call(name: str, function: "aws.lambda_.Function", pattern: dict[str, Any]) -> None:
    """Have a rule call the function."""
    rule = aws.cloudwatch.EventRule(name, name=name, event_pattern=json.dumps(pattern))
    aws.cloudwatch.EventTarget(name, rule=rule.name, arn=function.arn, target_id=name)
    aws.lambda_.Permission(
        name,
        function=function.name,
        action="lambda:InvokeFunction",
        principal="events.amazonaws.com",
        source_arn=rule.arn,
    )


def steps(count: str, remember: str) -> str:
    """Return a machine that counts how often it begins, waits for a word, and tells both."""
    waiting = {"FunctionName": remember, "Payload": {"token": "{% $states.context.Task.Token %}"}}
    states = {
        "Count": {
            "Type": "Task",
            "Resource": count,
            "Arguments": {"name": "{% $states.context.Execution.Name %}"},
            "Assign": {"calls": "{% $states.result.calls %}"},
            "Output": {"taken": "{% $states.input.name %}"},
            "Next": "Hear",
        },
        "Hear": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "Arguments": waiting,
            "TimeoutSeconds": LONGEST_TIMEOUT,
            "Output": {
                "calls": "{% $calls %}",
                "taken": "{% $states.input.taken %}",
                "given": "{% $states.context.Execution.Input.name %}",
                "heard": "{% $states.result.word %}",
            },
            "End": True,
        },
    }
    return json.dumps({"QueryLanguage": "JSONata", "StartAt": "Count", "States": states})


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


def machine_arn(standing: LocalCloud, name: str) -> str:
    return f"arn:aws:states:{standing.region}:000000000000:stateMachine:{name}"


def start(standing: LocalCloud, machine: str, given: Any) -> str:
    """Start an execution; return its ARN once its function is at work."""
    states = client(standing, "stepfunctions")
    execution: str = states.start_execution(
        stateMachineArn=machine_arn(standing, machine), name=machine, input=json.dumps(given)
    )["executionArn"]
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


def end(home: Home, how: str) -> None:
    """Take the cloud down, or kill it."""
    cloud.down(home=home) if how == "down" else kill(home)


def describe(standing: LocalCloud, execution: str) -> Any:
    return client(standing, "stepfunctions").describe_execution(executionArn=execution)


def token(standing: LocalCloud, earlier: str = "") -> str:
    """Wait for the token of a state that waits, another than the earlier one."""

    def look() -> str | None:
        known = (row(standing, "token") or {}).get("token", {}).get("S")
        return known if known != earlier else None

    return eventually(look)


def over(standing: LocalCloud, execution: str) -> Any:
    """Wait until the execution has ended; return what is told of it."""

    def look() -> Any:
        told = describe(standing, execution)
        return told if told["status"] != "RUNNING" else None

    return eventually(look)


@pytest.mark.parametrize("how", ["down", "kill"])
def test_an_execution_goes_on_in_the_state_in_which_the_cloud_ended(
    home: Home, standing: LocalCloud, how: str
) -> None:
    execution = start(standing, "steps", {"name": "film"})
    before = token(standing)
    end(home, how)
    told: list[str] = []
    again = up(home, told)
    assert "Going on with 1 execution" in told
    assert describe(again, execution)["status"] == "RUNNING"
    now = token(again, earlier=before)
    states = client(again, "stepfunctions")
    with pytest.raises(ClientError, match="TaskTimedOut"):
        states.send_task_success(taskToken=before, output="{}")
    states.send_task_success(taskToken=now, output='{"word": "go"}')
    ended = over(again, execution)
    assert ended["status"] == "SUCCEEDED"
    heard = {"calls": 1, "taken": "film", "given": "film", "heard": "go"}
    assert json.loads(ended["output"]) == heard


@pytest.mark.parametrize("how", ["down", "kill"])
def test_children_of_a_map_are_begun_anew_by_the_execution_that_waits_for_them(
    home: Home, standing: LocalCloud, how: str
) -> None:
    execution = start(standing, "many", [1, 2, 3])
    end(home, how)
    again = up(home)
    emulator = processes.find(home, children.EMULATOR)
    assert emulator is not None
    eventually(lambda: emulator.children() or None)
    assert describe(again, execution)["status"] == "RUNNING"


def test_a_stopped_execution_stays_stopped_after_a_kill_and_is_told_of(
    home: Home, standing: LocalCloud
) -> None:
    execution = start(standing, "single", {})
    client(standing, "stepfunctions").stop_execution(executionArn=execution)
    kill(home)
    told: list[str] = []
    again = up(home, told)
    assert not [words for words in told if words.startswith("Going on")]
    assert describe(again, execution)["status"] == "ABORTED"
    assert eventually(lambda: row(again, "single"))["ended"] == {"S": "ABORTED"}


def test_whatever_was_accepted_ends_once_though_the_cloud_is_killed_again_and_again(
    home: Home, standing: LocalCloud
) -> None:
    versions = []
    for kill_number in range(KILLS):
        s3 = client(standing, "s3")
        for number in range(DROPS):
            key = f"{kill_number}-{number}"
            versions.append(s3.put_object(Bucket="drops", Key=key, Body=b"x")["VersionId"])
        # At other moments of the work each time.
        time.sleep(kill_number * 0.4)
        kill(home)
        standing = up(home)
    states = client(standing, "stepfunctions")
    machine = machine_arn(standing, "steps")

    def all_running() -> bool | None:
        found = states.list_executions(stateMachineArn=machine, statusFilter="RUNNING")["executions"]
        return {each["name"] for each in found} == set(versions) or None

    eventually(all_running)
    for version in versions:
        states.stop_execution(executionArn=machine.replace(":stateMachine:", ":execution:") + f":{version}")
    for version in versions:
        noted = eventually(lambda version=version: told_of(standing, version))
        assert (noted["ended"], noted["told"]) == ({"S": "ABORTED"}, {"N": "1"})
    kill(home)
    again = up(home)
    assert all(told_of(again, version) for version in versions)


def told_of(standing: LocalCloud, name: str) -> Any:
    known = row(standing, name) or {}
    return known if "told" in known else None


def test_down_with_nothing_at_work_is_followed_by_an_up_that_goes_on_with_nothing(
    home: Home, standing: LocalCloud
) -> None:
    cloud.down(home=home)
    told: list[str] = []
    up(home, told)
    assert not [words for words in told if words.startswith(("Going on", "Delivering"))]


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


def test_a_killed_emulator_loses_nothing_that_was_answered_for(home: Home, standing: LocalCloud) -> None:
    put(standing, "kept")
    put(standing, "gone")
    client(standing, "dynamodb").delete_item(TableName="notes", Key={"id": {"S": "gone"}})
    kill(home)
    again = up(home)
    assert row(again, "kept")
    assert row(again, "gone") is None


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
    execution = start(standing, "single", {})
    again = up(home)
    states = client(again, "stepfunctions")
    assert states.describe_execution(executionArn=execution)["status"] == "RUNNING"
