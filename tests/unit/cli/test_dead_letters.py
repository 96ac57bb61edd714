"""`brandlens dead-letters`, over a queue in memory."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from click.testing import Result
from typer.testing import CliRunner

from brandlens.cli import dead_letters as command
from brandlens.cli.main import app
from brandlens.dead_letters import Message
from tests.fakes.dead_letters import FakeDeadLetters, FakeFunctions

INGEST = "arn:aws:lambda:eu-west-1:123456789012:function:brandlens-dev-ingest"
SECRET = "X-Amz-Signature"


def message(number: int, target: str = INGEST) -> Message:
    return Message(
        id=str(number),
        receipt=f"receipt-{number}",
        body=json.dumps({"detail-type": "Object Created", "detail": SECRET}),
        attributes={"TARGET_ARN": target, "ERROR_CODE": "NO_PERMISSIONS"},
        sent_at=datetime.now(UTC) - timedelta(hours=number),
    )


@dataclass
class World:
    queue: FakeDeadLetters = field(default_factory=FakeDeadLetters)
    functions: FakeFunctions = field(default_factory=FakeFunctions)


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    outputs = SimpleNamespace(rekognition_project_prefix="brandlens-dev-")
    monkeypatch.setattr(command, "open_cloud", lambda _: SimpleNamespace(outputs=outputs))
    monkeypatch.setattr(command, "queue_of", lambda _: made.queue)
    monkeypatch.setattr(command, "LambdaFunctions", lambda: made.functions)
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["dead-letters", *arguments])


def test_letters_are_listed_the_oldest_first_and_left_where_they_are(world: World) -> None:
    world.queue.messages += [message(1), message(2)]

    listed = json.loads(run("list", "--json").stdout)

    assert [letter["id"] for letter in listed] == ["2", "1"]
    assert listed[0]["function"] == "brandlens-dev-ingest"
    assert listed[0]["why"] == "NO_PERMISSIONS"
    assert len(world.queue.messages) == 2
    assert not world.queue.held


def test_a_list_tells_nothing_of_what_is_in_an_event(world: World) -> None:
    world.queue.messages.append(message(1))

    for output in (run("list", "--json"), run("list"), run("redrive")):
        assert SECRET not in output.output


def test_an_empty_queue_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    command.list_letters()
    command.redrive_letters()

    assert capsys.readouterr().err.splitlines() == ["No event was given up on"] * 2


def test_a_redrive_tells_what_was_delivered(world: World) -> None:
    world.queue.messages.append(message(1))

    done = run("redrive")

    assert done.exit_code == 0
    assert "Object Created delivered to brandlens-dev-ingest" in done.stdout
    assert not world.queue.messages


def test_a_redrive_that_leaves_something_says_what_and_fails(world: World) -> None:
    world.queue.messages += [message(1), message(2, INGEST.replace("dev", "prod"))]

    done = run("redrive")

    assert done.exit_code == 1
    assert len(world.functions.delivered) == 1
    assert [one.id for one in world.queue.messages] == ["2"]
