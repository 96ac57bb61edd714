"""Runs a workflow into its fault and watches its model."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import boto3

from benchmarks.faults.cases import Case
from benchmarks.private_cloud import set_variables
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.rekognition import RekognitionModels
from brandlens.cost import published_prices
from brandlens.environment import Outputs
from brandlens.jobs import JobState, Model, Source, job_id_for
from infra.environment import LEASE_MINUTES
from local.cloud import LocalCloud

GRACE_MINUTES = SWEEP_MINUTES = 5
LIMIT_MINUTES = GRACE_MINUTES + SWEEP_MINUTES
PATIENCE_MINUTES = 90
"""More than the longest time-out: StartModel waits an hour for its child."""
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Outcome:
    """`minutes`, emulated, that the model ran on after the fault, or after the job that survived it."""

    case: Case
    state: JobState
    minutes: float
    dollars: float


class Watch:
    """The status of every model, each with the times it changed."""

    def __init__(self, endpoint: str) -> None:
        self._url = f"{endpoint}/health"
        self._seen: dict[str, list[tuple[float, str]]] = {}
        self._over = threading.Event()

    @contextmanager
    def watching(self) -> Iterator["Watch"]:
        thread = threading.Thread(target=self._watch)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            with urllib.request.urlopen(self._url) as answer:
                models: Mapping[str, str] = json.load(answer)["models"]
            for arn, status in models.items():
                seen = self._seen.setdefault(arn, [])
                if not seen or seen[-1][1] != status:
                    seen.append((time.time(), status))

    def ran_until(self, arn: str, since: float) -> tuple[float, float]:
        """When the model last ran after `since`, and for how many seconds in all."""
        last, seconds = since, 0.0
        seen = self._seen[arn]
        for (began, status), (ended, _) in pairwise(seen):
            if status == "RUNNING" and ended > since:
                last, seconds = ended, seconds + ended - max(began, since)
        return last, seconds


@dataclass(frozen=True)
class Laboratory:
    """A private cloud whose minutes last `seconds_a_minute`, and media to drop."""

    cloud: LocalCloud
    models: Mapping[str, Model]
    faults: Path
    seconds_a_minute: float
    picture: Path
    video: Path

    def hurry(self) -> None:
        """Have grace times and leases last as long in emulated minutes as they do on AWS in real ones."""
        minutes = self.seconds_a_minute / 60
        for function in ("release_model", "record_failure", "stop_idle_models"):
            self._set(function, "IDLE_GRACE_MINUTES", GRACE_MINUTES * minutes)
        for function in ("start_model", "detect_brands"):
            self._set(function, "LEASE_MINUTES", LEASE_MINUTES * minutes)

    def _set(self, function: str, name: str, value: float) -> None:
        set_variables(self.cloud, function, lambda variables: {**variables, name: str(value)})

    @contextmanager
    def sweeping(self) -> Iterator[None]:
        """Call the sweeper each five emulated minutes, as its rule does each five real ones."""
        over = threading.Event()

        def sweep() -> None:
            client = boto3.Session().client("lambda")
            while not over.wait(SWEEP_MINUTES * self.seconds_a_minute):
                client.invoke(
                    FunctionName="brandlens-local-stop-idle-models", InvocationType="Event", Payload=b"{}"
                )

        thread = threading.Thread(target=sweep)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def run(self, case: Case, project: str, watch: Watch) -> Outcome:
        """Drop a file, have its workflow meet the fault, and wait until its model stands."""
        outputs = Outputs.model_validate(self.cloud.outputs)
        model = self.models[project]
        media = self.video if case.video else self.picture
        name = f"{case.machine}-{case.state}-{case.fault}{media.suffix}".replace(" ", "-")
        arm = {"machine": case.machine, "state": case.state, "fault": case.fault}
        (self.faults / "armed" / name).write_text(json.dumps(arm))
        key = f"inbox/{project}/analyze/{name}"
        put = (
            boto3.Session()
            .client("s3")
            .put_object(Bucket=outputs.media_bucket, Key=key, Body=media.read_bytes())
        )
        source = Source(bucket=outputs.media_bucket, key=key, version=put["VersionId"])
        hit, ended_at, state = self._await_end(job_id_for(source), name, outputs, model)
        time.sleep(2 * LOOK_SECONDS)  # So that the watch has seen it, too.
        since = ended_at if state is JobState.SUCCEEDED else hit
        stopped_at, seconds = watch.ran_until(model.arn, since)
        minutes = seconds / self.seconds_a_minute
        units = RekognitionModels().units(model)
        price = published_prices().prices["inference_hours"]
        return Outcome(
            case,
            state,
            minutes=(stopped_at - since) / self.seconds_a_minute,
            dollars=price.item(minutes / 60 * units).usd,
        )

    def _await_end(
        self, job_id: str, name: str, outputs: Outputs, model: Model
    ) -> tuple[float, float, JobState]:
        """Return when the fault happened, when the job ended and how, once its model stands."""
        jobs, hit = JobsTable(outputs.jobs_table), self.faults / "hit" / name
        deadline = time.time() + PATIENCE_MINUTES * self.seconds_a_minute
        ended_at = None
        while time.time() < deadline:
            record = jobs.get(job_id)
            if record is not None and record.state.is_terminal:
                ended_at = ended_at or time.time()
                if hit.exists() and self._is_over(record.execution_arn) and _stands(model):
                    return float(hit.read_text()), ended_at, record.state
            time.sleep(4 * LOOK_SECONDS)
        met = "met" if hit.exists() else "not met"
        raise TimeoutError(f"{name}: the fault was {met}, the model or its job goes on: {jobs.get(job_id)}")

    def _is_over(self, execution_arn: str | None) -> bool:
        if execution_arn is None:
            return True
        client = boto3.Session().client("stepfunctions")
        return bool(client.describe_execution(executionArn=execution_arn)["status"] != "RUNNING")


def _stands(model: Model) -> bool:
    return RekognitionModels().status(model) in ("STOPPED", "TRAINING_COMPLETED")
