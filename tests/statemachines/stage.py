"""The four machines in an emulator of their own, every function of theirs a stub that follows a script."""

import json
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from brandlens.jobs import Job, JobError, result_prefix
from brandlens.workfiles import frame_file
from functions.record_failure.handler import Failure
from infra import asl, machines
from infra.naming import Place, pascal
from infra.settings import Settings
from local import children, processes, settings
from local.aws import Aws
from local.home import REPOSITORY, Home
from local.resources.functions import put_function
from local.settings import ACCOUNT, LOOPBACK, REGION
from tests.infra.recording import GOOD
from tests.jobs import job
from tests.statemachines.director import Director, Json, Says, Script
from tests.statemachines.scenarios import EVENTS, Scenario
from tests.statemachines.stub import DIRECTOR_URL

WAIT_SCALE = "0.001"
"""Retries and polls come a thousand times sooner than on AWS."""

BATCH_SIZE = 2
DETECT_CONCURRENCY = 2
TOLERATED_PERCENT = 34
"""One batch of three may fail."""

LIMIT_SECONDS = 1
"""The time limit of every function's state at `HURRIED_STATES`, of every child at `HURRIED_CHILDREN`."""

MODEL_WAIT_MS = 100
"""How long a model is waited for at `HURRIED_STATES`."""

PLACE = Place(project="brandlens", stack="stage", partition="aws", region=REGION, account=ACCOUNT)
HURRIED_STATES = replace(PLACE, stack="states")
HURRIED_CHILDREN = replace(PLACE, stack="children")
TEMPLATES = Path(__file__).parents[2] / "statemachines"
_TRUST = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
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
        document = {
            "job": one.model_dump(mode="json"),
            "media_format": scenario.media_format,
            "model": scenario.model.model_dump(mode="json"),
        }
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


@contextmanager
def standing(home: Home) -> Iterator[Stage]:
    """Start the emulator, deploy stubs and machines, and stop it in the end."""
    chosen, director = settings.fresh(), Director()
    with director.listening(LOOPBACK) as url:
        usual = children.emulator(home, chosen)
        child = replace(
            usual,
            arguments=[sys.executable, "-m", "tests.statemachines.emulator"],
            environment={**usual.environment}
            | {
                "SFN_WAIT_SCALE": WAIT_SCALE,
                "PERSIST_STATE": "0",
                "S3_PERSIST": "0",
                "PYTHONPATH": str(REPOSITORY),
                DIRECTOR_URL: url,
            },
        )
        processes.start(home, child)
        try:
            processes.wait_for_health(home, child)
            with closing(Aws(chosen.endpoint, chosen.root_key_id, chosen.root_secret)) as aws:
                _deploy(aws, url)
                yield Stage(aws, director)
        finally:
            processes.stop(home, child.name)
            processes.stop_left_behind(home)


def _deploy(aws: Aws, director_url: str) -> None:
    aws.client("s3").create_bucket(
        Bucket=PLACE.bucket("work"), CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    trust = json.dumps({"Version": "2012-10-17", "Statement": [_TRUST]})
    role = aws.client("iam").create_role(RoleName="stage", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    for function in EVENTS:
        inputs = {
            "name": function,
            "role": role,
            "packageType": "Image",
            "imageConfig": {"commands": ["tests.statemachines.stub.lambda_handler"]},
            "environment": {"variables": {"PYTHONPATH": str(REPOSITORY), DIRECTOR_URL: director_url}},
            "timeout": 60,
        }
        put_function(aws, inputs)
    for machine in machines.MACHINES:
        for place in (PLACE, HURRIED_STATES, HURRIED_CHILDREN):
            aws.client("stepfunctions").create_state_machine(
                name=place.name(machine), roleArn=role, definition=json.dumps(definition(machine, place))
            )


def definition(machine: str, place: Place) -> Json:
    """Render the machine's template as the program does, with small batches and limits to wait for."""
    chosen = Settings.check(GOOD | {"tolerated_failure_percentage": str(TOLERATED_PERCENT)})
    values = machines.marker_values(place, chosen) | {
        "WorkBucket": PLACE.bucket("work"),
        "DetectBatchSize": str(BATCH_SIZE),
        "DetectConcurrency": str(DETECT_CONCURRENCY),
    }
    values |= {f"{pascal(stub)}Arn": PLACE.arn("lambda", f"function:{stub}") for stub in EVENTS}
    text = (TEMPLATES / f"{machine}.asl.json").read_text()
    rendered = asl.render(text, {name: values[name] for name in asl.markers(text)})
    if place == HURRIED_CHILDREN and machine != "analysis":
        return rendered | {"TimeoutSeconds": LIMIT_SECONDS}
    return dict(_hurried(rendered)) if place == HURRIED_STATES else rendered


def _hurried(part: Any) -> Any:
    if isinstance(part, dict):
        calls = part.get("Resource", "").endswith("lambda:invoke")
        limit = {"TimeoutSeconds": LIMIT_SECONDS} if calls else {}
        return {name: _hurried(value) for name, value in part.items()} | limit
    if isinstance(part, list):
        return [_hurried(value) for value in part]
    return part.replace("> 2700000", f"> {MODEL_WAIT_MS}") if isinstance(part, str) else part


def _eventually(look: Any) -> Any:
    deadline = time.monotonic() + _DEADLINE_SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)
    return found
