"""Jobs to run the machines with, and what each function usually answers, in the functions' own models."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pydantic import BaseModel

from brandlens.analysis_plan import AnalysisPlan
from brandlens.jobs import JobState, MediaFormat, Model
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Segment
from brandlens.results import Media
from functions.check_model_version import handler as check_model_version
from functions.collect_annotations import handler as collect_annotations
from functions.create_model_version import handler as create_model_version
from functions.detect_brands import handler as detect_brands
from functions.extract_frames import handler as extract_frames
from functions.ingest import handler as ingest
from functions.list_batch import handler as list_batch
from functions.make_sprites import handler as make_sprites
from functions.prepare_dataset import handler as prepare_dataset
from functions.probe_media import handler as probe_media
from functions.record_failure import handler as record_failure
from functions.register_model import handler as register_model
from functions.release_model import handler as release_model
from functions.request_labeling import handler as request_labeling
from functions.reserve_budget import handler as reserve_budget
from functions.start_model import handler as start_model
from functions.summarize import handler as summarize
from tests.jobs import MODEL
from tests.statemachines.director import Json

EMBEDDED = Model(detector="embedded", arn="arn:embedded", version="v1", min_confidence=50)
UNITS = 2
"""What the model runs on once it is ready."""

GB_SECONDS = 0.5
"""What the extraction of one segment says it used."""

EVENTS: Mapping[str, type[BaseModel]] = {
    "list_batch": list_batch.ListBatch,
    "prepare_dataset": prepare_dataset.PrepareDataset,
    "request_labeling": request_labeling.RequestLabeling,
    "collect_annotations": collect_annotations.CollectAnnotations,
    "probe_media": probe_media.ProbeMedia,
    "reserve_budget": reserve_budget.ReserveBudget,
    "extract_frames": extract_frames.ExtractSegment,
    "start_model": start_model.StartModel,
    "detect_brands": detect_brands.Batch,
    "make_sprites": make_sprites.MakeSprites,
    "release_model": release_model.ReleaseModel,
    "summarize": summarize.Summarize,
    "create_model_version": create_model_version.CreateModelVersion,
    "check_model_version": check_model_version.CheckModelVersion,
    "register_model": register_model.RegisterModel,
    "record_failure": record_failure.Failure,
}
"""What each function takes: the model that its handler validates events with."""


@dataclass(frozen=True)
class Scenario:
    """A file, as its probe will find it, and the model its job is pinned to.

    `frames` are those kept, spread over the segments.
    """

    media_format: MediaFormat
    plan: AnalysisPlan
    segments: tuple[Segment, ...]
    frames: int
    model: Model = MODEL

    def usual(self) -> dict[str, Json]:
        """What each function answers, and that no child is refused."""
        per_segment = self.frames // len(self.segments)
        answers: dict[str, BaseModel] = {
            "probe_media": probe_media.Probed(plan=self.plan, segments=self.segments),
            "extract_frames": extract_frames.Extracted(
                sampled=per_segment * 2, kept=per_segment, gb_seconds=GB_SECONDS
            ),
            "reserve_budget": reserve_budget.Reserved(usd=0.5),
            "start_model": start_model.ModelState(ready=True, status="RUNNING", units=UNITS),
            "detect_brands": detect_brands.Looked(frames=1, detections=1),
            "make_sprites": make_sprites.Sprites(sheets=1, tiles=2),
            "release_model": release_model.Released(leases_left=0),
            "summarize": summarize.Summarized(state=JobState.SUCCEEDED),
            "record_failure": record_failure.Recorded(state=JobState.FAILED, code="TheCodeInTheTable"),
        }
        children = ("analysis-image", "analysis-video", "model-start")
        return {child: {} for child in children} | {
            name: answer.model_dump(mode="json") for name, answer in answers.items()
        }


def accepted(document: Json) -> ingest.Accepted:
    """Validate what a machine's child is given as ingest's own, but for the mark of who started it."""
    marked = dict(document)
    marked.pop("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID")
    return ingest.Accepted.model_validate(marked)


def _picture(media_format: MediaFormat, codec: str) -> Scenario:
    media = Media(kind="image", width=640, height=480, duration_seconds=None, frame_rate=None, codec=codec)
    plan = AnalysisPlan(media=media, video=None, rate=None, novelty_threshold=6)
    return Scenario(media_format, plan, (Segment(number=0, first_slot=0),), frames=1)


JPEG = _picture("jpeg", "mjpeg")
PNG = _picture("png", "png")

_FOOTAGE = VideoProbe(
    media=Media(kind="video", width=1280, height=720, duration_seconds=30, frame_rate=25, codec="h264"),
    stream_index=0,
    time_base=Fraction(1, 12800),
    start_pts=1024,
    duration=Fraction(30),
    rotation=0,
    interlaced=False,
    color_matrix="bt709",
)
_VIDEO_PLAN = AnalysisPlan(media=_FOOTAGE.media, video=_FOOTAGE, rate=Fraction(2), novelty_threshold=6)
VIDEO = Scenario(
    "mov",
    _VIDEO_PLAN,
    (
        Segment(number=0, first_slot=0, end_slot=20),
        Segment(number=1, first_slot=20, end_slot=40),
        Segment(number=2, first_slot=40),
    ),
    frames=6,
)
SHORT_VIDEO = Scenario("mov", _VIDEO_PLAN, (Segment(number=0, first_slot=0),), frames=1)
