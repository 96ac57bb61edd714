"""A queue of dead letters and the functions they were for, in memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from brandlens.dead_letters import Message
from brandlens.errors import NotFound


@dataclass
class FakeDeadLetters:
    """A message that was taken is `held` until it is put back or deleted."""

    messages: list[Message] = field(default_factory=list)
    held: set[str] = field(default_factory=set)

    def take(self) -> Iterator[Message]:
        for message in list(self.messages):
            self.held.add(message.id)
            yield message

    def put_back(self, message: Message) -> None:
        self.held.discard(message.id)

    def delete(self, message: Message) -> None:
        assert message.id in self.held
        self.held.discard(message.id)
        self.messages.remove(message)


@dataclass
class FakeFunctions:
    """`gone` are the ARNs of functions that are no more; `failures` are raised first, one a call."""

    gone: frozenset[str] = frozenset()
    failures: list[Exception] = field(default_factory=list)
    delivered: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def deliver(self, function_arn: str, event: Mapping[str, Any]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        if function_arn in self.gone:
            raise NotFound(f"the event could not be delivered to {function_arn}", "it is gone")
        self.delivered.append((function_arn, event))
