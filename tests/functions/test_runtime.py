import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from brandlens.errors import InvalidInput, NoFrames
from brandlens.jobs import Job, Value
from functions import runtime
from tests.jobs import job


class Asked(Value):
    job: Job
    url: str = "https://media.example/a?X-Amz-Signature=secret"


class Answered(Value):
    frames: int
    file: str


@dataclass
class Context:
    function_name: str = "function"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-west-1:123456789012:function:function"
    aws_request_id: str = "request-1"


def handler(run: Callable[[], Answered]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    decorated = runtime.entry(Asked)(lambda _event, _context: run())
    return lambda event: decorated(event, Context())  # type: ignore[arg-type]


def asked() -> dict[str, Any]:
    return Asked(job=job()).model_dump(mode="json")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """Where log lines go."""
    stream = StringIO()
    monkeypatch.setattr(runtime.logger.registered_handler, "stream", stream)
    return stream


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_result_comes_back_as_json_types() -> None:
    assert handler(lambda: Answered(frames=3, file="a"))(asked()) == {"frames": 3, "file": "a"}


def test_one_line_is_logged_at_the_start_and_one_at_the_end(log: StringIO) -> None:
    handler(lambda: Answered(frames=3, file="a"))(asked())
    started, done = lines(log.getvalue())
    assert (started["message"], done["message"]) == ("started", "done")
    assert started["job_id"] == done["job_id"] == job().job_id
    assert (done["frames"], done["correlation_id"]) == (3, "request-1")


def test_nothing_of_the_event_but_the_job_is_logged(log: StringIO) -> None:
    handler(lambda: Answered(frames=3, file="a"))(asked())
    assert log.getvalue()
    assert "secret" not in log.getvalue()


def test_every_line_of_a_job_tells_the_job_that_of_its_failure_too(log: StringIO) -> None:
    def fail() -> Answered:
        runtime.logger.warning("in between")
        raise NoFrames("The video has no frames", "not one decoded")

    with pytest.raises(NoFrames):
        handler(fail)(asked())
    told = lines(log.getvalue())
    assert [line["message"].split(":")[0] for line in told] == [
        "started",
        "in between",
        "The video has no frames",
    ]
    assert {(line["job_id"], line["project"]) for line in told} == {(job().job_id, "cup")}


def test_a_warm_function_does_not_tell_of_the_job_before(log: StringIO) -> None:
    handler(lambda: Answered(frames=3, file="a"))(asked())
    with pytest.raises(InvalidInput):
        handler(lambda: Answered(frames=3, file="a"))({})
    assert "job_id" in lines(log.getvalue())[-2]
    assert "job_id" not in lines(log.getvalue())[-1]


def _entries() -> dict[str, type[BaseModel]]:
    """The event model of each handler that `entry` decorates, by function."""
    found: dict[str, type[BaseModel]] = {}
    for path in sorted(Path(runtime.__file__).parent.glob("*/handler.py")):
        if match := re.search(r"^@entry\((\w+)\)", path.read_text("utf-8"), re.MULTILINE):
            module = import_module(f"functions.{path.parent.name}.handler")
            found[path.parent.name] = getattr(module, match[1])
    return found


def test_every_function_but_those_that_serve_no_job_is_given_one() -> None:
    without = {name for name, model in _entries().items() if "job" not in {*model.model_fields, *vars(model)}}

    assert without == {"ingest", "labeling_callback", "stop_idle_models", "write_invitation"}
    for name in without - {"stop_idle_models", "write_invitation"}:
        source = import_module(f"functions.{name}.handler").__file__ or ""
        assert "logger.append_keys(" in Path(source).read_text("utf-8"), name


def test_success_and_duration_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    handler(lambda: Answered(frames=3, file="a"))(asked())
    (metrics,) = lines(capsys.readouterr().out)
    assert metrics["Success"] == [1.0]
    assert "Duration" in metrics
    assert "Failure" not in metrics


def test_a_failure_is_measured_by_its_name_and_raised(
    log: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> Answered:
        raise NoFrames("The video has no frames", "not one decoded")

    with pytest.raises(NoFrames):
        handler(fail)(asked())
    (metrics,) = lines(capsys.readouterr().out)
    assert (metrics["Failure"], metrics["Error"]) == ([1.0], "NoFrames")
    assert "Success" not in metrics
    logged = lines(log.getvalue())[-1]
    assert logged["level"] == "ERROR"
    assert (logged["message"], logged["error"]) == ("The video has no frames: not one decoded.", "NoFrames")
    assert "exception" not in logged


def test_what_nobody_foresaw_is_logged_with_its_stack(log: StringIO) -> None:
    def fail() -> Answered:
        raise KeyError("plan")

    with pytest.raises(KeyError):
        handler(fail)(asked())
    logged = lines(log.getvalue())[-1]
    assert "KeyError" in logged["exception"]


@pytest.mark.parametrize("event", [{}, {"job": {}}, {"job": None}, {"url": 3}])
def test_an_event_that_is_not_understood_is_invalid_input(event: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="the event is no Asked: job"):
        handler(lambda: Answered(frames=3, file="a"))(event)


def test_a_wrong_value_is_not_repeated_in_the_error() -> None:
    with pytest.raises(InvalidInput) as caught:
        handler(lambda: Answered(frames=3, file="a"))({**asked(), "url": {"token": "secret"}})
    assert "secret" not in str(caught.value)
