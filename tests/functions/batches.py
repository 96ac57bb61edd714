"""A batch in the drop folder, taken through the functions of `training` as its state machine does."""

from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from brandlens.errors import Permanent
from brandlens.jobs import Job, result_prefix
from brandlens.results import Warning  # noqa: A004 - the document's own term
from brandlens.training.files import DATASET_WARNINGS, ITEMS, training_prefix
from brandlens.training.items import BatchItem
from brandlens.training.pictures import DatasetPicture, read_pictures
from brandlens.training.request import TrainingRequest
from brandlens.workfiles import WARNINGS
from functions.list_batch import handler as list_batch
from functions.prepare_dataset import handler as prepare_dataset
from functions.probe_media import handler as probe_media
from functions.probe_media import parts
from tests.functions.media_cloud import Cloud
from tests.jobs import NOW, job

PREFIX = "inbox/cup/train/spring/"


def photograph(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Smooth shapes of random light; every seed another scene."""
    light = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), np.uint8)
    return Image.fromarray(light).resize(size, Image.Resampling.BICUBIC)


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@dataclass
class Batch:
    cloud: Cloud = field(default_factory=Cloud)
    job: Job = field(default_factory=lambda: job(PREFIX + "job.json"))
    most_frames: int = 1200

    def __post_init__(self) -> None:
        self.cloud.jobs.receive(self.job, "training")

    def drop(self, name: str, content: bytes | Path) -> None:
        body = content.read_bytes() if isinstance(content, Path) else content
        self.cloud.media.write(PREFIX + name, body, content_type="")
        if isinstance(content, Path):
            self.cloud.media.files[PREFIX + name] = content

    def request(self, **changes: Any) -> TrainingRequest:
        given = {"labels": ("Acme",), "type": "object", "prefix": PREFIX, **changes}
        return TrainingRequest.model_validate(given)

    def list(self, request: TrainingRequest) -> list[BatchItem]:
        deps = list_batch.Deps(self.cloud.media, self.cloud.work, self.cloud.jobs)
        listed = list_batch.handle(list_batch.ListBatch(job=self.job, request=request), deps, now=NOW)
        lines = self.cloud.work.read(result_prefix(self.job) + ITEMS).splitlines()
        assert len(lines) == listed.items
        return [BatchItem.model_validate_json(line) for line in lines]

    def part(self, item: BatchItem) -> Job:
        return self.job.model_copy(update={"source": item.source, "part": item.part})

    def look_at(self, items: "list[BatchItem]", *, annotated: bool = False) -> "list[parts.Video]":
        """Look at the files in one call; return what is left to do of the videos."""
        files = {
            "BatchInput": {"job": self.job.model_dump(mode="json"), "annotated": annotated},
            "Items": [item.model_dump(mode="json") for item in items],
        }
        event = probe_media.Event.model_validate(files)
        assert isinstance(event.root, parts.Files)
        looked = parts.look_at(event.root, self.cloud.probing, now=NOW, timeout_s=60)
        passed_on = parts.LookedAt.model_validate_json(looked.model_dump_json())
        return [*passed_on.videos]

    def prepare_media(self, items: "list[BatchItem]", *, annotated: bool = False) -> None:
        """Look at every file and extract the videos' frames; one that fails leaves the others alone."""
        for video in self.look_at(items, annotated=annotated):
            for segment in video.segments:
                with suppress(Permanent):
                    self.cloud.extract(video.job, video, segment)

    def prepare(self, request: TrainingRequest) -> prepare_dataset.Prepared:
        deps = prepare_dataset.Deps(
            self.cloud.media, self.cloud.work, self.cloud.jobs, self.cloud.novelty_threshold, self.most_frames
        )
        event = prepare_dataset.PrepareDataset(job=self.job, request=request)
        return prepare_dataset.handle(event, deps, now=NOW)

    def run(self, **request: Any) -> prepare_dataset.Prepared:
        asked = self.request(**request)
        self.prepare_media(self.list(asked), annotated=asked.annotations is not None)
        return self.prepare(asked)

    @property
    def pictures(self) -> tuple[DatasetPicture, ...]:
        return read_pictures(self.cloud.media, self.job)

    @property
    def warnings(self) -> tuple[Warning, ...]:
        return WARNINGS.validate_json(self.cloud.media.read(training_prefix(self.job) + DATASET_WARNINGS))
