"""The whole system seen from outside: what goes into the drop folder, and everything that comes of it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import boto3
import pytest

from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.logs import EventLog
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.spending_table import SpendingTable
from brandlens.adapters.stepfunctions import StepFunctionsWorkflow
from brandlens.adapters.versions_table import VersionsTable
from brandlens.environment import Outputs
from brandlens.jobs import JobRecord, Source, job_id_for
from local.cloud import LocalCloud
from tests.cloud import client
from tests.e2e.schemas import validate_event

PATIENCE_SECONDS = 30.0
"""How long a job of these tests may take; most take one or two seconds."""
COMMAND_SECONDS = 300.0
"""How long a command may take that waits for a training, whatever else the machine does."""

_ENDS = frozenset(f"{kind} {end}" for kind in ("Analysis", "Training") for end in ("Completed", "Failed"))

Seen = TypeVar("Seen")


class System:
    """A deployed brandlens and its taught project `PROJECT`."""

    PROJECT = "cup"

    def __init__(self, cloud: LocalCloud) -> None:
        self._cloud = cloud
        self._begun = datetime.fromtimestamp(0, UTC)  # others may have used the cloud before this is made
        self._events: list[dict[str, Any]] = []
        self._inputs: dict[str, str] = {}
        outputs = self.outputs = Outputs.model_validate(cloud.outputs)
        session = boto3.Session(cloud.access_key_id, cloud.secret_access_key, region_name=cloud.region)
        # Only while the adapters are made: other tests of this process must not meet these variables.
        with pytest.MonkeyPatch.context() as patch:
            for name, value in cloud.environment.items():
                patch.setenv(name, value)
            self.jobs = JobsTable(outputs.jobs_table, session)
            self.models = ModelsTable(outputs.models_table, session)
            self.spending = SpendingTable(outputs.spending_table, session)
            self.projects = ProjectsTable(outputs.projects_table, session)
            self.results = S3ObjectStore(outputs.results_bucket, session)
            self.analysis = StepFunctionsWorkflow(outputs.analysis_state_machine_arn, session)
            self.versions = VersionsTable(outputs.models_table, session)
            self.sagemaker = session.client("sagemaker")
            self._log = EventLog(outputs.events_log_group, session)

    def aws(self, service: str) -> Any:
        """A plain client of the developer's."""
        return client(self._cloud, service)

    def cli(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run `brandlens` as a user does, in a process of its own."""
        return subprocess.run(
            [Path(sys.executable).with_name("brandlens"), *arguments],
            env=os.environ | {"BRANDLENS_HOME": str(self._cloud.home.path.parent), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
            timeout=COMMAND_SECONDS,
        )

    def put(self, key: str, body: bytes) -> Source:
        """Put an object into the media bucket as any S3 client does."""
        bucket = self.outputs.media_bucket
        version = self.aws("s3").put_object(Bucket=bucket, Key=key, Body=body)["VersionId"]
        return Source(bucket=bucket, key=key, version=version)

    def drop(self, name: str, body: bytes, project: str = PROJECT) -> str:
        """Drop a file for a project; return its job's id."""
        return job_id_for(self.put(f"inbox/{project}/analyze/{name}", body))

    def current(self, key: str) -> Source:
        """The object that lies in the media bucket under that key."""
        bucket = self.outputs.media_bucket
        head = self.aws("s3").head_object(Bucket=bucket, Key=key)
        return Source(bucket=bucket, key=key, version=head["VersionId"])

    def ended(self, job_id: str, patience: float = PATIENCE_SECONDS) -> JobRecord:
        """Wait, so many seconds at most, until the job, its execution and its announcement are over."""

        def over() -> JobRecord | None:
            record = self.jobs.get(job_id)
            if record is None or record.ended_announced_at is None or self._runs(record):
                return None
            return record if _ENDS & set(self.announced(job_id)) else None

        return eventually(over, lambda: f"job {job_id} has not ended: {self.jobs.get(job_id)}", patience)

    def _runs(self, record: JobRecord) -> bool:
        if record.execution_arn is None:
            return False
        execution = self.aws("stepfunctions").describe_execution(executionArn=record.execution_arn)
        return bool(execution["status"] == "RUNNING")

    def events(self, job_id: str | None = None) -> list[dict[str, Any]]:
        """Every event of the job so far (of all, if none is named), as consumers receive them, in order.

        Whoever waits for a job reads them, so in every test each event is held to its schema.
        """
        for event in self._log.since(self._begun):
            validate_event(event)
            self._events.append(event)
        return [event for event in self._events if job_id in (None, event["detail"]["job_id"])]

    def details(self, job_id: str) -> list[dict[str, Any]]:
        return [event["detail"] for event in self.events(job_id)]

    def announced(self, job_id: str) -> list[str]:
        """What was announced of the job itself, in the order of names: not of its model or its labeling."""
        types = [event["detail-type"] for event in self.events(job_id)]
        return sorted(each for each in types if each.startswith(("Analysis ", "Training ")))

    def dead_letters(self) -> list[str]:
        """Ten of the events that were given up on, at most."""
        held = self.aws("sqs").receive_message(
            QueueUrl=self.outputs.dead_letter_queue_url, MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        return [message["Body"] for message in held.get("Messages", [])]

    def result_files(self, record: JobRecord) -> dict[str, bytes]:
        """Every file below the job's prefix in the results bucket, by its name there."""
        prefix = f"{record.project}/{record.job_id}/"
        return {key.removeprefix(prefix): self.results.read(key) for key in self.results.keys(prefix)}

    def analysis_of(self, record: JobRecord) -> Any:
        """The job's `analysis.json`, parsed."""
        return json.loads(self.results.read(f"{record.project}/{record.job_id}/analysis.json"))

    def brands(self, record: JobRecord) -> set[str]:
        return {brand["label"] for brand in self.analysis_of(record)["brands"]}

    def histories(self, job_id: str) -> list[list[dict[str, Any]]]:
        """The event history of every execution that worked on the job."""
        sfn = self.aws("stepfunctions")
        return [
            sfn.get_execution_history(executionArn=arn, maxResults=1000)["events"]
            for arn in self._executions(job_id)
        ]

    def still_running(self, job_id: str) -> list[str]:
        """The executions at work on the job."""
        return [arn for arn, status in self._executions(job_id).items() if status == "RUNNING"]

    def _executions(self, job_id: str) -> dict[str, str]:
        """The status of every execution that works or worked on the job, by its ARN."""
        sfn = self.aws("stepfunctions")
        found = {}
        for machine in sfn.list_state_machines()["stateMachines"]:
            for run in sfn.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]:
                arn = run["executionArn"]
                if arn not in self._inputs:
                    self._inputs[arn] = sfn.describe_execution(executionArn=arn)["input"]
                if job_id in self._inputs[arn]:
                    found[arn] = run["status"]
        return found


def eventually(
    look: Callable[[], Seen | None], complaint: Callable[[], str], patience: float = PATIENCE_SECONDS
) -> Seen:
    """Look again until something is seen; fail with the complaint when patience, in seconds, ends."""
    deadline = time.monotonic() + patience
    while (seen := look()) is None:
        assert time.monotonic() < deadline, complaint()
        time.sleep(0.1)
    return seen
