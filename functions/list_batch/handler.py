"""Serves the state `ListBatch` of the machine `training`.

Input: {job, request}. Writes the files of the batch, one a line, for the states that look at them: each reads
the version that was listed, whatever takes its place meanwhile. Output: {items}, their number. Errors:
`InvalidTrainingRequest`, `NoTrainingPictures`, `InvalidInput`, `Throttled`, `ServiceUnavailable`,
`AccessRefused`.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.jobs import Job, Source, Value, result_prefix
from brandlens.ports import JobStore, ObjectStore
from brandlens.settings import ListBatchSettings
from brandlens.training.files import ITEMS
from brandlens.training.items import batch_items
from brandlens.training.request import TrainingRequest
from functions.runtime import entry


class ListBatch(Value):
    job: Job
    request: TrainingRequest


class Listed(Value):
    items: int


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    work: ObjectStore
    jobs: JobStore


@cache
def _deps() -> Deps:
    settings = ListBatchSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        work=S3ObjectStore(settings.work_bucket),
        jobs=JobsTable(settings.jobs_table),
    )


@entry(ListBatch)
def lambda_handler(event: ListBatch, _: LambdaContext) -> Listed:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: ListBatch, deps: Deps, *, now: datetime) -> Listed:
    job, lines, items = event.job, BytesIO(), 0
    deps.jobs.enter_step(job.job_id, "list", total=None, now=now)
    found = (
        Source(bucket=deps.media.bucket, key=key, version=version)
        for key, version in deps.media.versions(event.request.prefix).items()
    )
    for item in batch_items(found, event.request):
        lines.write(item.model_dump_json().encode() + b"\n")
        items += 1
    deps.work.write(result_prefix(job) + ITEMS, lines.getvalue(), content_type="application/jsonl")
    deps.jobs.enter_step(job.job_id, "prepare", total=items, now=now)
    return Listed(items=items)
