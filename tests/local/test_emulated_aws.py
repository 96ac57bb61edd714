"""What the emulator does, bridges included, of that which the product relies on AWS doing."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local import cloud as local_cloud
from local.cloud import LocalCloud
from tests.cloud import client, private_home
from tests.local import sample
from tests.local.emulated_program import ACCOUNT, everything, function_arn, machine_arn

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("emulated-aws")]


@pytest.fixture(scope="module")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    home = private_home(tmp_path_factory.mktemp("emulated"))
    yield local_cloud.up(home=home, program=sample.program(everything))
    local_cloud.reset(home=home)


def eventually(look: Callable[[], Any], seconds: float = 20) -> Any:
    """Return the first true value that `look` gives."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
    return found


def received(cloud: LocalCloud, queue: str) -> list[dict[str, Any]]:
    """Take the messages of the queue."""
    sqs = client(cloud, "sqs")
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in messages]


def start(cloud: LocalCloud, machine: str, document: Any = None) -> str:
    started = client(cloud, "stepfunctions").start_execution(
        stateMachineArn=machine_arn(machine), input=json.dumps(document or {})
    )
    return str(started["executionArn"])


def ended(cloud: LocalCloud, execution: str) -> dict[str, Any]:
    def look() -> Any:
        found = client(cloud, "stepfunctions").describe_execution(executionArn=execution)
        return found if found["status"] != "RUNNING" else None

    return dict(eventually(look))


def invoke(cloud: LocalCloud, function: str, event: Any) -> dict[str, Any]:
    answer = client(cloud, "lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    return dict(json.load(answer["Payload"]))


def publish(cloud: LocalCloud, detail_type: str, detail: dict[str, Any]) -> None:
    entry = {
        "EventBusName": "results",
        "Source": "brandlens",
        "DetailType": detail_type,
        "Detail": json.dumps(detail),
    }
    assert client(cloud, "events").put_events(Entries=[entry])["FailedEntryCount"] == 0


@pytest.mark.parametrize(
    "key", ["inbox/a b+c%2B&=.jpg", "inbox/Größe 🎬/ä.mov", "inbox/" + "n" * 900 + ".png"]
)
def test_an_objects_event_carries_its_key_as_it_is(emulated: LocalCloud, key: str) -> None:
    received(emulated, "seen")
    client(emulated, "s3").put_object(Bucket="emulated-media", Key=key, Body=b"x")
    event = eventually(lambda: received(emulated, "seen"))[0]
    assert event["detail"]["object"]["key"] == key
    assert event["detail"]["bucket"]["name"] == "emulated-media"


def test_a_range_of_an_older_version_is_that_part_of_that_version(emulated: LocalCloud) -> None:
    s3, place = client(emulated, "s3"), {"Bucket": "emulated-media", "Key": "inbox/ä+ b.mov"}
    received(emulated, "seen")
    older = s3.put_object(**place, Body=b"0123456789")["VersionId"]
    event = eventually(lambda: received(emulated, "seen"))[0]
    assert event["detail"]["object"]["version-id"] == older
    s3.put_object(**place, Body=b"newer")
    answer = s3.get_object(**place, VersionId=older, Range="bytes=3-5")
    assert (answer["Body"].read(), answer["ContentRange"]) == (b"345", "bytes 3-5/10")
    with pytest.raises(ClientError, match="InvalidRange"):
        s3.get_object(**place, VersionId=older, Range="bytes=10-")


def test_an_errors_class_is_the_error_type_that_a_function_reports(emulated: LocalCloud) -> None:
    assert invoke(emulated, "refuse", {})["errorType"] == "EmptyObject"


def test_a_function_is_held_to_its_roles_policy(emulated: LocalCloud) -> None:
    assert "AccessDenied" in invoke(emulated, "trespass", {})["errorMessage"]


@pytest.mark.parametrize(
    "key", ["inbox/a/b.jpg", "inbox/a\nb\tc/d.jpg", "inbox/a/\n.jpg", "inbox/\n/b/\r.jpg"]
)
def test_wildcards_of_a_policy_match_every_character_a_key_may_hold(emulated: LocalCloud, key: str) -> None:
    client(emulated, "s3").put_object(Bucket="emulated-media", Key=key, Body=b"seen")
    assert invoke(emulated, "read", {"key": key}) == {"body": "seen"}


@pytest.mark.parametrize("key", ["inbox/a/b.jpg\n", "\ninbox/a/b.jpg", "inbox/a/bb.jpg", "INBOX/a/b.jpg"])
def test_a_key_that_a_policys_wildcards_do_not_cover_is_not_read(emulated: LocalCloud, key: str) -> None:
    client(emulated, "s3").put_object(Bucket="emulated-media", Key=key, Body=b"unseen")
    assert "AccessDenied" in invoke(emulated, "read", {"key": key})["errorMessage"]


def test_an_event_for_a_function_that_fails_once_is_not_lost(emulated: LocalCloud) -> None:
    publish(emulated, "recover", {"key": "once"})
    table = client(emulated, "dynamodb")

    def tries() -> Any:
        item = table.get_item(TableName="tries", Key={"id": {"S": "once"}}).get("Item", {})
        return item.get("tries", {}).get("N") == "2"

    assert eventually(tries)


def test_an_event_that_a_function_never_takes_ends_at_its_destination_for_failures(
    emulated: LocalCloud,
) -> None:
    publish(emulated, "refuse", {"key": "never"})
    letter = eventually(lambda: received(emulated, "letters"))[0]
    assert letter["requestPayload"]["detail"] == {"key": "never"}
    assert letter["responsePayload"]["errorType"] == "EmptyObject"


def test_events_reach_the_log_group_that_a_rule_targets_and_the_event_file(emulated: LocalCloud) -> None:
    publish(emulated, "Analysis Completed", {"job_id": "job-1"})
    logs = client(emulated, "logs")

    def logged() -> Any:
        found = logs.filter_log_events(logGroupName="/aws/events/results")["events"]
        return [event for event in found if '"job-1"' in event["message"]]

    event = json.loads(eventually(logged)[0]["message"])
    assert event["detail"] == {"job_id": "job-1"}
    assert event["detail-type"] == "Analysis Completed"
    lines = [json.loads(line) for line in emulated.home.events.read_text("utf-8").splitlines()]
    assert event in lines


def test_a_failed_child_fails_its_parent_with_the_childs_description(emulated: LocalCloud) -> None:
    result = ended(emulated, start(emulated, "parent"))
    assert result["status"] == "FAILED"
    assert result["error"] == "States.TaskFailed"
    child = json.loads(result["cause"])
    assert child["Error"] == "EmptyObject"
    assert child["Status"] == "FAILED"


def token(cloud: LocalCloud, machine: str) -> str:
    """Start an execution of the machine, which waits; return the token that ends the wait."""
    table = client(cloud, "dynamodb")
    table.delete_item(TableName="tries", Key={"id": {"S": "token"}})
    start(cloud, machine)
    item = eventually(lambda: table.get_item(TableName="tries", Key={"id": {"S": "token"}}).get("Item"))
    return str(item["token"]["S"])


def test_a_token_ends_one_wait_and_is_over_then(emulated: LocalCloud) -> None:
    known = token(emulated, "hearing")
    assert invoke(emulated, "speak", {"token": known}) == {"ended": known}
    assert "TaskTimedOut" in eventually(
        lambda: invoke(emulated, "speak", {"token": known}).get("errorMessage")
    )


def test_what_was_never_a_token_is_refused_as_invalid_whoever_brings_it(emulated: LocalCloud) -> None:
    for never in ("made-up", "bWFkZS11cA==", "5f0b7c1e-93f4-4a5e-9a0c-3d6a8a1c2b4d"):
        assert "InvalidToken" in invoke(emulated, "speak", {"token": never})["errorMessage"]


def test_a_token_is_taken_from_those_only_who_may_speak_to_its_state_machine(emulated: LocalCloud) -> None:
    told = invoke(emulated, "speak", {"token": token(emulated, "unheard")})
    assert "AccessDenied" in told["errorMessage"]


def test_failed_stopped_and_timed_out_executions_are_told_to_rules(emulated: LocalCloud) -> None:
    received(emulated, "seen")
    stopped = start(emulated, "waiting")
    client(emulated, "stepfunctions").stop_execution(executionArn=stopped)
    expected = {start(emulated, "child"): "FAILED", stopped: "ABORTED", start(emulated, "short"): "TIMED_OUT"}
    told: dict[str, str] = {}

    def look() -> bool:
        for event in received(emulated, "seen"):
            assert event["detail-type"] == "Step Functions Execution Status Change"
            told[event["detail"]["executionArn"]] = event["detail"]["status"]
        return expected.items() <= told.items()

    assert eventually(look)


def test_a_stopped_parent_stops_its_child(emulated: LocalCloud) -> None:
    states = client(emulated, "stepfunctions")
    parent = start(emulated, "long-parent")

    def children() -> Any:
        found = states.list_executions(stateMachineArn=machine_arn("waiting"), statusFilter="RUNNING")
        return found["executions"]

    child = eventually(children)[0]["executionArn"]
    states.stop_execution(executionArn=parent)
    assert states.describe_execution(executionArn=child)["status"] == "ABORTED"


def test_parallel_branches_keep_their_variables_and_the_state_assigns_their_results(
    emulated: LocalCloud,
) -> None:
    result = ended(emulated, start(emulated, "branches"))
    assert json.loads(result["output"]) == {"sum": 22, "mine": "untouched", "results": [11, 11]}


def test_a_distributed_map_hands_out_the_listed_objects_in_batches(emulated: LocalCloud) -> None:
    for number in range(5):
        client(emulated, "s3").put_object(Bucket="emulated-media", Key=f"frames/{number}.jpg", Body=b"x")
    result = ended(emulated, start(emulated, "batches", {"prefix": "frames/", "factor": 3}))
    settled = json.loads(result["output"])["settled"]
    assert [(one["items"], one["factor"]) for one in settled] == [(2, 3), (2, 3), (1, 3)]


def test_a_distributed_map_over_nothing_succeeds(emulated: LocalCloud) -> None:
    result = ended(emulated, start(emulated, "batches", {"prefix": "nowhere/", "factor": 1}))
    assert json.loads(result["output"]) == {"settled": []}


def test_a_one_time_schedule_calls_its_function_and_is_gone(emulated: LocalCloud) -> None:
    scheduler, when = client(emulated, "scheduler"), datetime.now(UTC) + timedelta(seconds=1)
    scheduler.create_schedule(
        Name="once",
        ScheduleExpression=f"at({when:%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target={
            "Arn": function_arn("recover"),
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/clock",
            "Input": json.dumps({"detail": {"key": "scheduled"}}),
        },
    )
    table = client(emulated, "dynamodb")
    assert eventually(lambda: table.get_item(TableName="tries", Key={"id": {"S": "scheduled"}}).get("Item"))
    assert eventually(lambda: not scheduler.list_schedules()["Schedules"])


def test_leave_to_make_schedules_is_held_to_the_group_that_the_policy_names(emulated: LocalCloud) -> None:
    order = {"role": f"arn:aws:iam::{ACCOUNT}:role/clock", "target": function_arn("echo")}
    assert invoke(emulated, "schedule", {**order, "group": "stops"}) == {"scheduled": "stops"}
    assert "AccessDenied" in invoke(emulated, "schedule", {**order, "group": "default"})["errorMessage"]


def test_of_writers_at_once_only_one_passes_a_condition(emulated: LocalCloud) -> None:
    outcomes: list[str] = []

    def write(number: int) -> None:
        try:
            client(emulated, "dynamodb").put_item(
                TableName="tries",
                Item={"id": {"S": "contended"}, "by": {"N": str(number)}},
                ConditionExpression="attribute_not_exists(id)",
            )
            outcomes.append("written")
        except ClientError as error:
            outcomes.append(error.response["Error"]["Code"])

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(outcomes) == ["ConditionalCheckFailedException"] * 7 + ["written"]


def test_an_index_gives_a_projects_items_in_the_order_of_its_range_key(emulated: LocalCloud) -> None:
    table = client(emulated, "dynamodb")
    for at in ("2026-03", "2026-01", "2026-02"):
        table.put_item(TableName="tries", Item={"id": {"S": at}, "project": {"S": "acme"}, "at": {"S": at}})
    found = table.query(
        TableName="tries",
        IndexName="by-project",
        KeyConditionExpression="#project = :p",
        ExpressionAttributeNames={"#project": "project"},
        ExpressionAttributeValues={":p": {"S": "acme"}},
        ScanIndexForward=False,
        Limit=2,
    )
    assert [item["id"]["S"] for item in found["Items"]] == ["2026-03", "2026-02"]
    assert "LastEvaluatedKey" in found
