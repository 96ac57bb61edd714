"""Batches to run `training` with: their files, and what each function usually answers."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from brandlens.jobs import Job, JobState, Source, result_prefix
from brandlens.training.files import ITEMS
from brandlens.training.items import BatchItem
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask
from brandlens.training.versions import VersionReference
from functions.check_model_version.handler import Progress
from functions.collect_annotations.handler import Dataset
from functions.extract_frames.handler import Extracted
from functions.list_batch.handler import Listed
from functions.prepare_dataset.handler import Prepared
from functions.probe_media.parts import LookedAt, Video
from functions.record_failure.handler import Recorded
from functions.register_model.handler import Registered
from functions.request_labeling.handler import Requested
from infra.naming import Place
from tests.jobs import MODEL, job
from tests.statemachines.definitions import PLACE
from tests.statemachines.director import Json, Says, Script
from tests.statemachines.scenarios import JPEG, Scenario
from tests.statemachines.stage import Running, Stage

PREFIX = "inbox/cup/train/spring/"
TASKS = (
    LabelingTask(kind="video", manifest="cup/training/job/labeling/video.manifest", items=2, frames=40),
    LabelingTask(kind="image", manifest="cup/training/job/labeling/image.manifest", items=3, frames=3),
)
REGISTERED = Registered(model=MODEL, f1=0.9, active=True)
VERSION = VersionReference(
    detector="rekognition", project_arn="arn:of:the:project", version_arn=MODEL.arn, version=MODEL.version
)


@dataclass(frozen=True)
class Batch:
    """A batch of `files` of one kind; `tasks` is what people are asked, nothing where labels came along."""

    files: int = 1
    medium: Scenario = JPEG
    tasks: tuple[LabelingTask, ...] = ()

    def looked_at(self, running: Job) -> LookedAt:
        """What is left to do of the batch's videos."""
        plan = self.medium.plan
        if plan.video is None or not self.tasks:
            return LookedAt(videos=())
        parts = [running.model_copy(update={"source": i.source, "part": i.part}) for i in self.items]
        segments = self.medium.segments
        return LookedAt(videos=tuple(Video(job=part, plan=plan, segments=segments) for part in parts))

    @property
    def request(self) -> TrainingRequest:
        annotations = None if self.tasks else "annotations.json"
        return TrainingRequest(labels=("Acme",), type="object", annotations=annotations, prefix=PREFIX)

    @property
    def items(self) -> list[BatchItem]:
        return [
            BatchItem(
                part=f"{number:06d}",
                source=Source(bucket="media", key=f"{PREFIX}größe {number}.mp4", version='"etag"'),
            )
            for number in range(self.files)
        ]

    def usual(self, running: Job) -> dict[str, Json]:
        answers: dict[str, BaseModel] = {
            "list_batch": Listed(items=self.files),
            "probe_media": self.looked_at(running),
            "extract_frames": Extracted(sampled=2, kept=1, gb_seconds=0.5),
            "prepare_dataset": Prepared(tasks=self.tasks, annotated=not self.tasks, pictures=9, warnings=0),
            "request_labeling": Requested(labeling_job_name="labeling", is_new=True),
            "collect_annotations": Dataset(pictures=9, boxes=12, warnings=0),
            "create_model_version": VERSION,
            "check_model_version": Progress(done=True, status="TRAINING_COMPLETED", percent=100),
            "register_model": REGISTERED,
            "record_failure": Recorded(state=JobState.FAILED, code="TheCodeInTheTable"),
        }
        given = {name: answer.model_dump(mode="json") for name, answer in answers.items()}
        return {"model-training": {}, **given}


def start(
    stage: Stage, batch: Batch, turns: Mapping[str, Sequence[Says]] | None = None, *, place: Place = PLACE
) -> Running:
    """Start `training` with a job of its own; `turns` are what callees say before their usual answer."""
    one = job(PREFIX + "job.json", version=uuid.uuid4().hex)
    script = Script(batch.usual(one), turns or {})
    stage.director.direct(one.job_id, script)
    stage.aws.client("s3").put_object(
        Bucket=PLACE.bucket("work"),
        Key=result_prefix(one) + ITEMS,
        Body="".join(item.model_dump_json() + "\n" for item in batch.items).encode(),
    )
    given = {"job": one.model_dump(mode="json"), "request": batch.request.model_dump(mode="json")}
    started = stage.aws.client("stepfunctions").start_execution(
        stateMachineArn=place.state_machine_arn("training"), name=one.job_id, input=json.dumps(given)
    )
    return Running(stage, one, started["executionArn"], script)
