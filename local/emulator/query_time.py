"""The second of the clock that MiniStack gives a JSONata expression, however busy the machine is."""

from typing import Any

from ministack.services import stepfunctions

MILLISECONDS = 30_000
"""On a machine at work on forty things, an expression of a millisecond once took longer than the second."""


def build() -> None:
    engine: Any = stepfunctions.jsonata.Jsonata
    parsed = engine.jsonata

    def with_time(expression: str, timeout: int = MILLISECONDS) -> Any:
        return parsed(expression, timeout=MILLISECONDS)

    engine.jsonata = staticmethod(with_time)
