"""Events that were given up on: what each was, for which function, and their delivery once more.

Two services leave them in one queue, each in its own form:
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html (a function failed whenever
it was tried) and https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html (a rule could not
hand the event to its function).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from pydantic import AliasPath, BaseModel, Field

from brandlens.errors import InvalidInput, NotFound
from brandlens.jobs import Value

TARGET, CODE, MESSAGE = "TARGET_ARN", "ERROR_CODE", "ERROR_MESSAGE"
ATTRIBUTES = (TARGET, CODE, MESSAGE)
"""What EventBridge tells of an event beside it."""


@dataclass(frozen=True)
class Message:
    """A message of the queue; `receipt` is what lets its reader delete it."""

    id: str
    receipt: str = field(repr=False)
    body: str = field(repr=False)
    attributes: Mapping[str, str]
    sent_at: datetime


class DeadLetter(Value):
    """An event that `function_arn` has not dealt with, `what` it is, and `why` it was given up."""

    function_arn: str
    what: str
    why: str
    event: dict[str, Any] = Field(repr=False)

    @property
    def function(self) -> str:
        """The function's name."""
        # arn:aws:lambda:REGION:ACCOUNT:function:NAME, and for Lambda's own records :$LATEST besides
        return self.function_arn.split(":")[6]


class Redelivery(Value):
    """What became of a message; `kept` says why it is in the queue still."""

    letter: DeadLetter | None
    kept: str | None = None


class DeadLetterQueue(Protocol):
    def take(self) -> Iterable[Message]:
        """Yield every message once. For a minute nobody else gets it; then it is there as before."""
        ...

    def put_back(self, message: Message) -> None:
        """Let others get the message at once."""
        ...

    def delete(self, message: Message) -> None: ...


class Functions(Protocol):
    def deliver(self, function_arn: str, event: Mapping[str, Any]) -> None:
        """Have the function get the event, asynchronously; `NotFound` when there is no such function."""
        ...


class _FailedInvocation(BaseModel):
    """A record of Lambda's, as far as it matters."""

    function_arn: str = Field(validation_alias=AliasPath("requestContext", "functionArn"), min_length=1)
    condition: str = Field(validation_alias=AliasPath("requestContext", "condition"))
    event: dict[str, Any] = Field(alias="requestPayload")
    error: str | None = Field(None, validation_alias=AliasPath("responsePayload", "errorType"))
    message: str | None = Field(None, validation_alias=AliasPath("responsePayload", "errorMessage"))


def letter_of(message: Message) -> DeadLetter:
    """Read a message; `InvalidInput` for one that neither service left."""
    try:
        body = json.loads(message.body)
        if target := message.attributes.get(TARGET):
            return _letter(target, body, (message.attributes.get(name) for name in (CODE, MESSAGE)))
        failed = _FailedInvocation.model_validate(body)
        return _letter(failed.function_arn, failed.event, (failed.error or failed.condition, failed.message))
    except ValueError as error:
        raise InvalidInput(
            f"Message {message.id} is not delivered", "neither Lambda nor EventBridge left it"
        ) from error


def redrive(
    queue: DeadLetterQueue, functions: Functions, *, prefix: str, before: datetime
) -> Iterator[Redelivery]:
    """Deliver each event again to the function it was for, then delete it; yield what became of each.

    `prefix` begins the names of this stack's functions: no message makes anybody call another. Those sent
    from `before` on have just failed once more, and are left. Whoever is interrupted loses nothing: what was
    delivered and not deleted is delivered twice, which functions are made for.
    """
    left: list[Message] = []
    try:
        for message in queue.take():
            if message.sent_at >= before:
                left.append(message)
                continue
            done = _redelivered(message, functions, prefix)
            if done.kept is None:
                queue.delete(message)
            else:
                left.append(message)
            yield done
    finally:
        # Not before the last was taken: it would be taken again.
        for message in left:
            queue.put_back(message)


def _redelivered(message: Message, functions: Functions, prefix: str) -> Redelivery:
    letter = None
    try:
        letter = letter_of(message)
        _require_ours(letter, prefix)
        functions.deliver(letter.function_arn, letter.event)
    except (InvalidInput, NotFound) as error:
        return Redelivery(letter=letter, kept=f"{error.what}: {error.why}")
    return Redelivery(letter=letter)


def _require_ours(letter: DeadLetter, prefix: str) -> None:
    if not letter.function.startswith(prefix):
        raise InvalidInput("The event is not delivered", f"{letter.function} is no function of this stack")


def _letter(function_arn: str, event: Any, why: Iterable[str | None]) -> DeadLetter:
    if len(function_arn.split(":")) < 7 or not isinstance(event, dict):
        raise ValueError(function_arn)
    what = event.get("detail-type") or "an event of no type"
    reasons = ": ".join(filter(None, why)) or "unknown"
    return DeadLetter(function_arn=function_arn, what=str(what), why=reasons, event=event)
