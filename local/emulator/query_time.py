"""The second that MiniStack gives a JSONata expression, as AWS does: of the clock, however busy the machine."""

from typing import Any

from ministack.services import stepfunctions

MILLISECONDS = 30_000
"""On a machine at work on forty things, an expression of a millisecond once took longer than the second."""


def build() -> None:
    engine: Any = stepfunctions.jsonata.Jsonata
    parsed = engine.jsonata

    def with_time(expression: str, timeout: int) -> Any:
        return parsed(expression, timeout=MILLISECONDS)

    engine.jsonata = staticmethod(with_time)
