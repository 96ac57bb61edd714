"""Runs a machine with a job and a script, and tells how it ended and whom it called."""

import json
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from brandlens.jobs import Job, JobError, result_prefix
from brandlens.workfiles import frame_file
from functions.ingest.handler import Accepted
from functions.record_failure.handler import Failure
from infra.naming import Place
from local.aws import Aws
from tests.jobs import job
from tests.statemachines.definitions import PLACE
from tests.statemachines.director import Director, Json, Says, Script
from tests.statemachines.scenarios import EVENTS, Scenario

_DEADLINE_SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """An execution that has ended, and the calls it made."""

    job: Job
    execution_arn: str
    status: str
    output: Json | None
    error: str | None
    cause: str | None
    calls: Sequence[tuple[str, Json]]

    @cached_property
    def called(self) -> Counter[str]:
        """How often each function was called, and each child started."""
        return Counter(callee for callee, _ in self.calls)

    def events(self, function: str) -> list[Any]:
        """What the function was called with, validated as its handler does it."""
        return [EVENTS[function].model_validate(payload) for payload in self.inputs(function)]

    def inputs(self, callee: str) -> list[Json]:
        return [payload for name, payload in self.calls if name == callee]

    @property
    def reason(self) -> JobError:
        """Why the job failed, as `record_failure` makes it out of its one call."""
        (failure,) = self.events("record_failure")
        assert isinstance(failure, Failure)
        assert failure.job == self.job
        return failure.reason


@dataclass(frozen=True)
class Running:
    """An execution under way."""

    stage: "Stage"
    job: Job
    execution_arn: str
    script: Script

    def stop_child(self, machine: str, *, once_called: str) -> None:
        """Stop this execution's child of the machine while the function is at work."""
        _eventually(lambda: any(callee == once_called for callee, _ in self.script.calls))
        states, arn = self.stage.aws.client("stepfunctions"), PLACE.state_machine_arn(machine)
        (child,) = states.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"]
        states.stop_execution(executionArn=child["executionArn"])

    def ended(self) -> Ended:
        states = self.stage.aws.client("stepfunctions")

        def look() -> Json | None:
            found: Json = states.describe_execution(executionArn=self.execution_arn)
            return found if found["status"] != "RUNNING" else None

        found = _eventually(look)
        succeeded = found["status"] == "SUCCEEDED"
        return Ended(
            job=self.job,
            execution_arn=self.execution_arn,
            status=found["status"],
            output=json.loads(found["output"]) if succeeded else None,
            error=found.get("error"),
            cause=found.get("cause"),
            calls=self.script.calls,
        )


@dataclass(frozen=True)
class Stage:
    """Where machines run: each with a job of its own, and as its script says."""

    aws: Aws
    director: Director

    def start(
        self,
        scenario: Scenario,
        turns: Mapping[str, Sequence[Says]] | None = None,
        *,
        machine: str = "analysis",
        place: Place = PLACE,
    ) -> Running:
        """Start the machine with a job of its own; `turns` are what callees say before their usual answer."""
        one = job(version=uuid.uuid4().hex)
        script = Script(scenario.usual(), turns or {})
        self.director.direct(one.job_id, script)
        s3, work = self.aws.client("s3"), PLACE.bucket("work")
        for index in range(scenario.frames):
            s3.put_object(Bucket=work, Key=result_prefix(one) + frame_file(index), Body=b"frame")
        given = Accepted(job=one, media_format=scenario.media_format, model=scenario.model)
        document = given.model_dump(mode="json")
        if machine == "model-start":
            document["frames"] = scenario.frames
        started = self.aws.client("stepfunctions").start_execution(
            stateMachineArn=place.state_machine_arn(machine), name=one.job_id, input=json.dumps(document)
        )
        return Running(self, one, started["executionArn"], script)

    def run(
        self,
        scenario: Scenario,
        turns: Mapping[str, Sequence[Says]] | None = None,
        *,
        machine: str = "analysis",
        place: Place = PLACE,
    ) -> Ended:
        """Start the machine and wait for its end."""
        return self.start(scenario, turns, machine=machine, place=place).ended()


def _eventually(look: Callable[[], Any]) -> Any:
    """Return the first true value that `look` gives."""
    deadline = time.monotonic() + _DEADLINE_SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)
    return found
