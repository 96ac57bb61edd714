"""Serves the state `PrepareDataset` of the machine `training`.

Input: {job, request}. Copies what came out of the batch's files to the training's pictures, without
repetitions, lists them, and either reads the labels that were brought along or writes what people are to be
asked. Output: {tasks, annotated, pictures, warnings}: the labeling tasks, and counts. Errors:
`NoTrainingPictures`, `InvalidTrainingRequest`, `InvalidLabels`, `InvalidInput`, `Throttled`,
`ServiceUnavailable`, `AccessRefused`.

A repeated call writes the same pictures under the same keys. Where people are to be asked, the job enters the
step in which they label, of so many items: pictures, and videos as one each.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.errors import InvalidTrainingRequest, NoTrainingPictures
from brandlens.jobs import Job, Value, result_prefix
from brandlens.labeling.progress import STEP as LABELING
from brandlens.ports import JobStore, ObjectStore
from brandlens.results import Warning  # noqa: A004 - the document's own term
from brandlens.settings import PrepareDatasetSettings
from brandlens.training.brought_labels import kept_labels, read_brought
from brandlens.training.dataset import Candidate, DatasetMaker
from brandlens.training.files import BROUGHT_LABELS, DATASET_WARNINGS, ITEMS, PICTURES_LIST, training_prefix
from brandlens.training.items import BatchItem
from brandlens.training.labeling_inputs import labeling_inputs
from brandlens.training.parts import NOT_ANNOTATED, PreparedPart, read_part, receipts, thinned
from brandlens.training.pictures import DatasetPicture
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask
from brandlens.workfiles import WARNINGS
from functions.runtime import entry

MAX_PICTURES = 250_000
"""Pictures in a dataset of Custom Labels ("Guidelines and quotas")."""
_THREADS = 16


class PrepareDataset(Value):
    job: Job
    request: TrainingRequest


class Prepared(Value):
    tasks: tuple[LabelingTask, ...]
    annotated: bool
    pictures: int
    warnings: int


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    work: ObjectStore
    jobs: JobStore
    novelty_threshold: float
    max_frames_per_video: int


@cache
def _deps() -> Deps:
    settings = PrepareDatasetSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        work=S3ObjectStore(settings.work_bucket),
        jobs=JobsTable(settings.jobs_table),
        novelty_threshold=settings.novelty_threshold,
        max_frames_per_video=settings.max_training_frames_per_video,
    )


@entry(PrepareDataset)
def lambda_handler(event: PrepareDataset, _: LambdaContext) -> Prepared:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: PrepareDataset, deps: Deps, *, now: datetime) -> Prepared:
    job, request, prefix = event.job, event.request, training_prefix(event.job)
    annotated = request.annotations is not None
    parts, warnings = _parts(job, deps, annotated=annotated)
    if not parts:
        raise NoTrainingPictures(
            f"The batch {request.prefix!r} is refused",
            f"none of its {len(warnings)} files gave a picture: {warnings[0].message.rstrip('.')}",
            "Drop others, then job.json again",
        )
    unusable = [warning for warning in warnings if warning.code != NOT_ANNOTATED]
    brought = read_brought(deps.media, request, parts, unusable) if annotated else {}
    if annotated:
        warnings += [_unlabeled(part) for part in parts if part.item.source.key not in brought]
        parts = [part for part in parts if part.item.source.key in brought]
    pictures = _dataset(job, parts, deps, keep_all=annotated, now=now)
    warnings = [warning for part in parts for warning in part.warnings] + warnings
    _write_lines(deps.media, prefix + PICTURES_LIST, pictures)
    deps.media.write(
        prefix + DATASET_WARNINGS, WARNINGS.dump_json(tuple(warnings)), content_type="application/json"
    )
    tasks: tuple[LabelingTask, ...] = ()
    if annotated:
        labels = kept_labels(brought, pictures)
        deps.media.write(prefix + BROUGHT_LABELS, labels, content_type="application/jsonl")
    else:
        tasks = _write_tasks(job, request, pictures, deps)
        deps.jobs.enter_step(job.job_id, LABELING, total=None, now=now)
    return Prepared(tasks=tasks, annotated=annotated, pictures=len(pictures), warnings=len(warnings))


def _parts(job: Job, deps: Deps, *, annotated: bool) -> tuple[list[PreparedPart], list[Warning]]:
    """What came out of the files, and what is to be said of those that nothing came out of."""
    lines = deps.work.read(result_prefix(job) + ITEMS).splitlines()
    items = [BatchItem.model_validate_json(line) for line in lines]
    there = receipts(deps.work, job)
    with ThreadPoolExecutor(_THREADS) as pool:
        outcomes = list(
            pool.map(
                lambda item: read_part(deps.work, job, item, there.get(item.part, ()), annotated=annotated),
                items,
            )
        )
    parts = [outcome for outcome in outcomes if isinstance(outcome, PreparedPart)]
    return parts, [outcome for outcome in outcomes if isinstance(outcome, Warning)]


def _unlabeled(part: PreparedPart) -> Warning:
    message = f"{part.item.source.key!r} is left out. The annotations do not speak of it."
    return Warning(code=NOT_ANNOTATED, message=message)


def _dataset(
    job: Job, parts: Sequence[PreparedPart], deps: Deps, *, keep_all: bool, now: datetime
) -> Sequence[DatasetPicture]:
    candidates = [
        Candidate(part, frame) for part in parts for frame in thinned(part.frames, deps.max_frames_per_video)
    ]
    if len(candidates) > MAX_PICTURES:
        raise InvalidTrainingRequest(
            "The batch is refused",
            f"it gives {len(candidates):,} pictures, and Custom Labels takes {MAX_PICTURES:,}",
            "Drop it as several batches, each with a job.json of its own",
        )
    deps.jobs.enter_step(job.job_id, "dataset", total=len(candidates), now=now)
    maker = DatasetMaker(
        deps.work,
        result_prefix(job),
        deps.media,
        training_prefix(job),
        novelty_threshold=deps.novelty_threshold,
        keep_all=keep_all,
    )
    looked_at = 0

    def progress(by: int) -> None:
        nonlocal looked_at
        deps.jobs.advance(job.job_id, by, now=now)
        looked_at += by

    try:
        return maker.make(candidates, progress)
    except BaseException:
        # Another attempt counts from the start.
        progress(-looked_at)
        raise


def _write_tasks(
    job: Job, request: TrainingRequest, pictures: Sequence[DatasetPicture], deps: Deps
) -> tuple[LabelingTask, ...]:
    inputs = labeling_inputs(pictures, request, bucket=deps.media.bucket, prefix=training_prefix(job))
    for given in inputs:
        for key, body in given.files.items():
            deps.media.write(key, body, content_type="application/json")
    return tuple(given.task for given in inputs)


def _write_lines(store: ObjectStore, key: str, values: Sequence[Value]) -> None:
    body = "".join(value.model_dump_json() + "\n" for value in values).encode()
    store.write(key, body, content_type="application/jsonl")
