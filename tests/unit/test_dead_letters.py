"""Events that were given up on: read in both forms they come in, and delivered again without loss."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.dead_letters import Message, letter_of, redrive
from brandlens.errors import InvalidInput, Throttled
from tests.fakes.dead_letters import FakeDeadLetters, FakeFunctions

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PREFIX = "brandlens-dev-"
INGEST = "arn:aws:lambda:eu-west-1:123456789012:function:brandlens-dev-ingest"
EVENT = {"detail-type": "Object Created", "detail": {"object": {"key": "inbox/cup/analyze/a.mp4"}}}


def message(
    body: Any, attributes: dict[str, str] | None = None, *, id_: str = "1", minutes: int = 5
) -> Message:
    text = body if isinstance(body, str) else json.dumps(body)
    return Message(id_, f"receipt-{id_}", text, attributes or {}, NOW - timedelta(minutes=minutes))


def failed(event: Any = EVENT, function: str = f"{INGEST}:$LATEST", **request: Any) -> dict[str, Any]:
    """What Lambda leaves."""
    return {
        "version": "1.0",
        "requestContext": {
            "functionArn": function, "condition": "RetriesExhausted", "approximateInvokeCount": 3
        },
        "requestPayload": event,
        "responsePayload": {"errorType": "AccessRefused", "errorMessage": "no"},
        **request,
    }  # fmt: skip


def undelivered(function: str = INGEST) -> dict[str, str]:
    """What EventBridge tells beside the event."""
    return {"TARGET_ARN": function, "ERROR_CODE": "NO_PERMISSIONS", "ERROR_MESSAGE": "not authorized"}


def test_what_lambda_gave_up_on_is_for_the_function_that_failed_with_the_event_it_was_given() -> None:
    letter = letter_of(message(failed()))

    assert (letter.function, letter.what, letter.event) == ("brandlens-dev-ingest", "Object Created", EVENT)
    assert letter.why == "AccessRefused: no"


def test_what_never_reached_a_function_says_why_lambda_gave_up() -> None:
    expired = failed(responsePayload=None) | {
        "requestContext": {"functionArn": INGEST, "condition": "EventAgeExceeded"}
    }

    assert (
        letter_of(message({key: value for key, value in expired.items() if value})).why == "EventAgeExceeded"
    )


def test_what_a_rule_could_not_hand_over_is_the_event_itself() -> None:
    letter = letter_of(message(EVENT, undelivered()))

    assert (letter.function, letter.event) == ("brandlens-dev-ingest", EVENT)
    assert letter.why == "NO_PERMISSIONS: not authorized"


@pytest.mark.parametrize(
    ("body", "attributes"),
    [
        ("no JSON", {}),
        ("[]", {}),
        ("{}", {}),
        (EVENT, {}),
        ("text", undelivered()),
        ("[1]", undelivered()),
        (EVENT, {"TARGET_ARN": "brandlens-dev-ingest"}),
        (failed(function="ingest"), {}),
    ],
)
def test_a_message_of_another_form_is_told_and_kept(body: Any, attributes: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="neither Lambda nor EventBridge"):
        letter_of(message(body, attributes))
    queue, functions = FakeDeadLetters([message(body, attributes)]), FakeFunctions()
    (done,) = redrive(queue, functions, prefix=PREFIX, before=NOW)
    assert done.kept
    assert len(queue.messages) == 1
    assert not queue.held
    assert not functions.delivered


def test_every_event_is_delivered_to_its_function_and_then_gone() -> None:
    queue = FakeDeadLetters([message(failed()), message(EVENT, undelivered(), id_="2")])
    functions = FakeFunctions()

    done = list(redrive(queue, functions, prefix=PREFIX, before=NOW))

    assert [one.kept for one in done] == [None, None]
    assert functions.delivered == [(f"{INGEST}:$LATEST", EVENT), (INGEST, EVENT)]
    assert not queue.messages


@pytest.mark.parametrize("function", ["other-dev-pay", "brandlens-prod-ingest", "brandlens-devel-ingest"])
def test_no_message_makes_anybody_call_a_function_of_another_stack(function: str) -> None:
    arn = INGEST.replace("brandlens-dev-ingest", function)
    queue, functions = FakeDeadLetters([message(failed(function=arn))]), FakeFunctions()

    (done,) = redrive(queue, functions, prefix=PREFIX, before=NOW)

    assert done.kept == f"The event is not delivered: {function} is no function of this stack"
    assert not functions.delivered
    assert len(queue.messages) == 1


def test_an_event_for_a_function_that_is_gone_is_kept_and_the_others_go_on() -> None:
    gone = INGEST.replace("ingest", "old")
    queue = FakeDeadLetters([message(EVENT, undelivered(gone)), message(failed(), id_="2")])

    first, second = redrive(queue, FakeFunctions(gone=frozenset({gone})), prefix=PREFIX, before=NOW)

    assert first.kept is not None
    assert second.kept is None
    assert [one.id for one in queue.messages] == ["1"]


def test_an_event_that_has_just_failed_again_is_not_delivered_for_ever() -> None:
    queue, functions = FakeDeadLetters([message(failed(), minutes=0)]), FakeFunctions()

    assert list(redrive(queue, functions, prefix=PREFIX, before=NOW)) == []
    assert not functions.delivered
    assert len(queue.messages) == 1
    assert not queue.held


@given(fails_at=st.integers(0, 3))
def test_an_interrupted_redrive_loses_nothing(fails_at: int) -> None:
    queue = FakeDeadLetters([message(failed(), id_=str(number)) for number in range(4)])
    functions = FakeFunctions()
    done = redrive(queue, functions, prefix=PREFIX, before=NOW)
    for _ in range(fails_at):
        next(done)
    functions.failures.append(Throttled("the event could not be delivered", "too many calls"))
    with pytest.raises(Throttled):
        next(done)

    assert len(functions.delivered) == fails_at
    assert len(queue.messages) == 4 - fails_at

    again = FakeFunctions()
    list(redrive(queue, again, prefix=PREFIX, before=NOW))
    assert len(functions.delivered) + len(again.delivered) == 4
    assert not queue.messages
