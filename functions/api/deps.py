"""What the views need from outside."""

import os
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from brandlens.adapters.eventbridge import EventBridgeBus
from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.marks_table import MarksTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.multipart import MultipartUploads
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.adapters.rekognition import RekognitionModels
from brandlens.adapters.rekognition_training import RekognitionTrainer
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.sagemaker import GroundTruth
from brandlens.adapters.spending_table import SpendingTable
from brandlens.adapters.stepfunctions import StepFunctionsWorkflow
from brandlens.adapters.team import open_team
from brandlens.adapters.versions_table import VersionsTable
from brandlens.api.ports import MarkStore, ServedVersions, Uploads, Workplace
from brandlens.cost.ports import SpendingLedger
from brandlens.marking import FrameAt
from brandlens.media.single_frame import frame_at
from brandlens.model_runs import ModelHouse
from brandlens.ports import JobStore, ObjectStore, ProjectStore, VersionStore, Workflow
from brandlens.settings import ApiSettings
from brandlens.team import Team

FRAME_SECONDS = 10.0
"""How long decoding one frame may take: API Gateway waits for an answer for 29 seconds."""


@dataclass(frozen=True)
class Deps:
    settings: ApiSettings
    media: ObjectStore
    results: ObjectStore
    uploads: Uploads
    projects: ProjectStore
    jobs: JobStore
    versions: VersionStore
    served: ServedVersions
    house: ModelHouse
    spending: SpendingLedger
    marks: MarkStore
    workflow: Workflow
    team: Team
    workplace: Workplace
    frame_at: FrameAt


@cache
def deps() -> Deps:
    settings = ApiSettings.read(os.environ)
    tool = FfmpegTool()

    def frame(url: str, seconds: float, rate: Fraction) -> bytes:
        return frame_at(tool, url, seconds, rate, timeout_s=FRAME_SECONDS)

    return Deps(
        settings=settings,
        media=S3ObjectStore(settings.media_bucket),
        results=S3ObjectStore(settings.results_bucket),
        uploads=MultipartUploads(settings.media_bucket),
        projects=ProjectsTable(settings.projects_table),
        jobs=JobsTable(settings.jobs_table),
        versions=VersionsTable(settings.models_table),
        served=RekognitionTrainer(),
        house=ModelHouse(
            models=RekognitionModels(),
            leases=ModelsTable(settings.models_table),
            bus=EventBridgeBus(settings.event_bus),
        ),
        spending=SpendingTable(settings.spending_table),
        marks=MarksTable(settings.marks_table),
        workflow=StepFunctionsWorkflow(settings.analysis_state_machine_arn),
        team=open_team(
            pool_id=settings.team_pool_id,
            labeler_pool_id=settings.labeler_pool_id,
            labeler_group=settings.labeler_group,
            notices_arn=settings.labeling_notices_arn,
        ),
        workplace=GroundTruth(),
        frame_at=frame,
    )
