"""Serves the state `Summarize` of the machines `analysis-image` and `analysis-video`: the last one.

Input: {job, model, plan, spent}. Makes exposures of what was found, copies the proof frames and writes
every document of the result, `analysis.json` last; then what the job spent takes the place of what it had
reserved, the job has SUCCEEDED and "Analysis Completed" is published. Output: {state}. Errors: `NoFrames`,
`ObjectNotFound`, `InvalidInput`, `Throttled`, `ServiceUnavailable`, `AccessRefused`.

A job that has ended otherwise meanwhile (it was canceled) keeps its end, and the result is removed again.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.spending_table import SpendingTable
from brandlens.analysis_plan import AnalysisPlan
from brandlens.cost import cost_of, published_prices
from brandlens.cost.analysis import Spent, analysis_usage
from brandlens.cost.budget import account_of
from brandlens.cost.ports import SpendingLedger
from brandlens.errors import InvalidInput
from brandlens.exposure import Exposures, Proof, find_exposures, proof_file, prove, summarize
from brandlens.jobs import Job, JobRecord, JobState, Model, Value, result_prefix
from brandlens.media.sampling import require_frames
from brandlens.outcome import announce_success
from brandlens.ports import EventBus, JobStore, ObjectStore
from brandlens.settings import SummarizeSettings
from brandlens.workfiles import (
    DETECTIONS,
    SEGMENTS,
    frame_file,
    read_found,
    read_sampled,
    read_warnings,
)
from functions.runtime import entry


class Summarize(Value):
    job: Job
    model: Model
    plan: AnalysisPlan
    spent: Spent


class Summarized(Value):
    state: JobState


@dataclass(frozen=True)
class Deps:
    work: ObjectStore
    results: ObjectStore
    jobs: JobStore
    bus: EventBus
    spending: SpendingLedger
    grace: timedelta


@cache
def _deps() -> Deps:
    settings = SummarizeSettings.read(os.environ)
    return Deps(
        work=S3ObjectStore(settings.work_bucket),
        results=S3ObjectStore(settings.results_bucket),
        jobs=JobsTable(settings.jobs_table),
        bus=EventBridgeBus(settings.event_bus),
        spending=SpendingTable(settings.spending_table),
        grace=timedelta(minutes=settings.idle_grace_minutes),
    )


@entry(Summarize)
def lambda_handler(event: Summarize, _: LambdaContext) -> Summarized:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: Summarize, deps: Deps, *, now: datetime) -> Summarized:
    job, prefix = event.job, result_prefix(event.job)
    if not _record(deps.jobs, job).state.is_terminal:
        deps.jobs.enter_step(job.job_id, "summarize", total=None, now=now)
        _write_result(event, deps, now)
        deps.jobs.finish(
            job.job_id, JobState.SUCCEEDED, now=now, result=f"s3://{deps.results.bucket}/{prefix}"
        )
    record = _record(deps.jobs, job)
    if record.state is JobState.SUCCEEDED:
        announce_success(deps.jobs, deps.bus, deps.results, record, now=now)
    else:
        deps.results.delete_prefix(prefix)
    return Summarized(state=record.state)


def _record(jobs: JobStore, job: Job) -> JobRecord:
    record = jobs.get(job.job_id)
    if record is None:
        raise InvalidInput(f"job {job.job_id} cannot be summarized", "the jobs table has no such job")
    return record


def _write_result(event: Summarize, deps: Deps, now: datetime) -> None:
    prefix = result_prefix(event.job)
    sampled = read_sampled(deps.work, prefix)
    require_frames(len(sampled))
    found = read_found(deps.work, prefix)
    exposures = find_exposures(
        event.plan.media,
        None if event.plan.rate is None else float(event.plan.rate),
        sampled,
        found,
        read_warnings(deps.work, prefix),
        min_confidence=event.model.min_confidence,
    )
    batches = sum(1 for _ in deps.work.keys(prefix + DETECTIONS))
    used = analysis_usage(
        event.spent,
        grace_seconds=deps.grace.total_seconds(),
        segments=sum(key.endswith(".jsonl") for key in deps.work.keys(prefix + SEGMENTS)),
        kept=len(found),
        batches=batches,
        express=0 if event.plan.video is None else batches,
        proofs=len(exposures.proof_frames),
    )
    cost = cost_of(used, published_prices())
    summary = summarize(
        exposures,
        [_proof(exposures, index, prefix, deps) for index in exposures.proof_frames],
        job=event.job,
        model=event.model,
        cost=cost,
        finished_at=now,
    )
    # Before the job ends: what a finished job spent is known.
    deps.spending.settle(account_of(event.job), event.job.job_id, cost)
    for document in summary.documents:
        deps.results.write(prefix + document.name, document.body, content_type=document.content_type)


def _proof(exposures: Exposures, index: int, prefix: str, deps: Deps) -> Proof:
    """Copy a proof frame into the result and look at it."""
    picture = deps.work.read(prefix + frame_file(index))
    deps.results.write(prefix + proof_file(index), picture, content_type="image/jpeg")
    return prove(exposures, index, picture)
