"""An event that no function could deal with is kept, told of, and dealt with once the cause is mended."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from brandlens.jobs import JobState
from local.cloud import LocalCloud
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

INGEST = "brandlens-local-ingest"


@pytest.fixture(scope="module")
def untaught(cloud: LocalCloud) -> System:
    return System(cloud)


@contextmanager
def broken(system: System, function: str) -> Iterator[None]:
    """Take a function's settings away, as a deployment that went wrong would; its events are tried once."""
    functions = system.aws("lambda")
    variables = functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
    asked = functions.get_function_event_invoke_config(FunctionName=function)
    events = {
        name: asked[name]
        for name in ("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig")
    }
    without = {name: value for name, value in variables.items() if name != "JOBS_TABLE"}

    def configure(environment: dict[str, str], **changed: int) -> None:
        functions.update_function_configuration(FunctionName=function, Environment={"Variables": environment})
        functions.put_function_event_invoke_config(FunctionName=function, **events | changed)

    configure(without, MaximumRetryAttempts=0)
    try:
        yield
    finally:
        configure(variables)


def test_a_file_dropped_while_ingest_is_broken_is_analyzed_by_a_redrive(untaught: System) -> None:
    with broken(untaught, INGEST):
        job_id = untaught.drop("meanwhile.mp4", b"no video", project="meanwhile")
        eventually(lambda: untaught.dead_letters() or None, lambda: "nothing was given up on")
        assert untaught.jobs.get(job_id) is None

    listed = untaught.cli("dead-letters", "list", "--json")
    (letter,) = json.loads(listed.stdout)
    assert (letter["function"], letter["event"]) == (INGEST, "Object Created")
    assert letter["why"].startswith("InvalidSettings: JOBS_TABLE")
    assert "1 delivered, 0 left" in untaught.cli("dead-letters", "redrive").stderr

    record = untaught.ended(job_id)
    assert record.state is JobState.REJECTED
    assert record.error is not None
    assert record.error.code == "UnknownProject"
    assert untaught.dead_letters() == []
    assert "No event was given up on" in untaught.cli("dead-letters", "list").stderr
