"""A dataset's manifests, as Custom Labels takes them."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from brandlens.jobs import Job
from brandlens.labels.image_manifest import ClassifiedPicture, write_image_manifest
from brandlens.labels.manifest import write_manifest
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.second_class import SECOND_CLASS
from brandlens.training.files import PICTURES, training_prefix
from brandlens.training.request import TrainingRequest
from brandlens.training.split import DatasetSplit


class Manifests(NamedTuple):
    train: bytes
    test: bytes


def dataset_manifests(
    split: DatasetSplit[LabeledPicture] | DatasetSplit[ClassifiedPicture],
    job: Job,
    request: TrainingRequest,
    *,
    bucket: str,
) -> Manifests:
    """Write both parts; pictures lie in `bucket`. A job's are the same however often they are written."""
    return Manifests(_written(split.train, job, request, bucket), _written(split.test, job, request, bucket))


def _written(
    pictures: Sequence[LabeledPicture] | Sequence[ClassifiedPicture],
    job: Job,
    request: TrainingRequest,
    bucket: str,
) -> bytes:
    folder = f"s3://{bucket}/{training_prefix(job)}{PICTURES}"

    def source_ref(name: str) -> str:
        return folder + name

    if request.type == "object":
        text = write_manifest(
            cast("Sequence[LabeledPicture]", pictures),
            request.labels,
            source_ref=source_ref,
            job_name=job.job_id,
            created_at=job.started_at,
        )
    else:
        text = write_image_manifest(
            cast("Sequence[ClassifiedPicture]", pictures),
            (*request.labels, SECOND_CLASS),
            source_ref=source_ref,
            job_name=job.job_id,
            created_at=job.started_at,
        )
    return text.encode()
