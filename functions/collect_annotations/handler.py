"""Serves the state `CollectLabels` of the machine `training`.

Input: {job, request, outputs: [{task, output_manifest}]}; no outputs where labels came with the batch. Reads
what people answered, or the labels that prepare_dataset kept, parts them into what teaches and what tests,
and writes both manifests and the data report. Output: {pictures, boxes, warnings}: counts. Errors:
`InvalidLabels` where the labels do not make a dataset, `InvalidInput`, `ObjectNotFound`, `Throttled`,
`ServiceUnavailable`, `AccessRefused`.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.jobs import Job, Value
from brandlens.ports import JobStore, ObjectStore
from brandlens.settings import CollectAnnotationsSettings
from brandlens.training.answers import LabelingOutput, read_answers
from brandlens.training.brought_labels import read_classified, read_labeled
from brandlens.training.collecting import Collected, collected_boxes, collected_classes
from brandlens.training.files import (
    DATASET_WARNINGS,
    REPORT,
    TEST_MANIFEST,
    TRAIN_MANIFEST,
    training_prefix,
)
from brandlens.training.folder import Folder
from brandlens.training.manifests import dataset_manifests
from brandlens.training.pictures import DatasetPicture, read_pictures
from brandlens.training.report import data_report, labeling_cost
from brandlens.training.request import TrainingRequest
from brandlens.workfiles import WARNINGS
from functions.runtime import entry

_JSON_LINES = "application/jsonl"


class CollectAnnotations(Value):
    job: Job
    request: TrainingRequest
    outputs: tuple[LabelingOutput, ...] = ()


class Dataset(Value):
    """`boxes` is 0 for labels of whole pictures."""

    pictures: int
    boxes: int
    warnings: int


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    jobs: JobStore
    usd_per_object: float


@cache
def _deps() -> Deps:
    settings = CollectAnnotationsSettings.read(os.environ)
    return Deps(
        media=S3ObjectStore(settings.media_bucket),
        jobs=JobsTable(settings.jobs_table),
        usd_per_object=settings.labeling_price_per_object,
    )


@entry(CollectAnnotations)
def lambda_handler(event: CollectAnnotations, _: LambdaContext) -> Dataset:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: CollectAnnotations, deps: Deps, *, now: datetime) -> Dataset:
    job, request, prefix = event.job, event.request, training_prefix(event.job)
    deps.jobs.enter_step(job.job_id, "collect", total=None, now=now)
    pictures = read_pictures(deps.media, job)
    collected = _collected(event, pictures, deps.media)
    manifests = dataset_manifests(collected.split, job, request, bucket=deps.media.bucket)
    by_people = request.annotations is None
    report = data_report(
        job,
        request,
        collected.split,
        cost=labeling_cost(collected.answered, deps.usd_per_object) if by_people else None,
        warnings=(
            *WARNINGS.validate_json(deps.media.read(prefix + DATASET_WARNINGS)),
            *collected.warnings,
        ),
    )
    deps.media.write(prefix + TRAIN_MANIFEST, manifests.train, content_type=_JSON_LINES)
    deps.media.write(prefix + TEST_MANIFEST, manifests.test, content_type=_JSON_LINES)
    # Last: a report is of a dataset that is whole.
    body = report.model_dump_json(indent=2).encode()
    deps.media.write(prefix + REPORT, body, content_type="application/json")
    return Dataset(
        pictures=report.train_pictures + report.test_pictures,
        boxes=report.boxes,
        warnings=len(report.warnings),
    )


def _collected(
    event: CollectAnnotations, pictures: Sequence[DatasetPicture], media: ObjectStore
) -> Collected:
    job, request = event.job, event.request
    if request.annotations is None:
        by_name = {picture.name: picture for picture in pictures}
        answers = read_answers(event.outputs, Folder(media, training_prefix(job)), by_name)
        if request.type == "object":
            return collected_boxes(answers.boxed, pictures, request.labels)
        return collected_classes(answers.classified, pictures, request.labels)
    if request.type == "object":
        return collected_boxes(read_labeled(media, job), pictures, request.labels)
    return collected_classes(read_classified(media, job), pictures, request.labels)
