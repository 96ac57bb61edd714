"""An expression that is slow because the machine is busy is no failed query."""

import time
from typing import Any

import pytest
from ministack.services import stepfunctions

from local.emulator import query_time


def test_an_expression_may_take_longer_than_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    engine: Any = stepfunctions.jsonata.Jsonata
    monkeypatch.setattr(engine, "jsonata", engine.jsonata)
    query_time.build()

    def register(expression: Any) -> None:
        expression.register_lambda("busy", lambda: time.sleep(1.2))

    monkeypatch.setattr(stepfunctions, "_register_sfn_jsonata_functions", register)
    assert stepfunctions._evaluate_jsonata("[$busy(), 1 + 1][-1]", {}) == 2
