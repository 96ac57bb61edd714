from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from brandlens.analysis_plan import AnalysisPlan
from brandlens.cost.analysis import Spent
from brandlens.cost.budget import Reservation, account_of
from brandlens.errors import NoFrames, ServiceUnavailable
from brandlens.events import AnalysisCompleted
from brandlens.jobs import JobState, result_prefix
from brandlens.media.probe import VideoProbe
from brandlens.results import Analysis, Box, Detection, Media, SampledFrame, Warning  # noqa: A004
from brandlens.workfiles import (
    WARNINGS,
    FoundInFrame,
    detections_file,
    frame_file,
    segment_file,
    warnings_file,
)
from functions.summarize.handler import Deps, Summarize, Summarized, handle
from tests.fakes.jobs import FakeJobs
from tests.fakes.objects import FakeObjectStore
from tests.fakes.workflows import FakeBus
from tests.jobs import MODEL, NOW, job
from tests.spending import FakeSpending, cost
from tests.unit.exposure.works import picture

JOB = job()
PREFIX = result_prefix(JOB)
BOX = Box(left=0.4, top=0.4, width=0.2, height=0.1)
ACME = Detection(label="Acme", confidence=90, box=BOX)
MEDIA = Media(kind="video", width=640, height=360, duration_seconds=5.0, frame_rate=25.0, codec="h264")
VIDEO = VideoProbe.model_validate(
    {
        "media": MEDIA,
        "stream_index": 0,
        "time_base": "1/90000",
        "start_pts": 0,
        "duration": "5",
        "rotation": 0,
        "interlaced": False,
        "color_matrix": "bt709",
    }
)
PLAN = AnalysisPlan.model_validate({"media": MEDIA, "video": VIDEO, "rate": 2, "novelty_threshold": 6})
SPENT = Spent(
    model_seconds=36, detect_seconds=10, detect_concurrency=2, extract_gb_seconds=4, inference_units=2
)
GRACE = timedelta(minutes=5)
LATER = NOW + timedelta(minutes=2)


@dataclass
class Cloud:
    work: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("work"))
    results: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("results"))
    jobs: FakeJobs = field(default_factory=FakeJobs)
    bus: FakeBus = field(default_factory=FakeBus)
    spending: FakeSpending = field(default_factory=FakeSpending)

    def __post_init__(self) -> None:
        self.jobs.receive(JOB, "analysis")

    def saw(self, acme_in: set[int], *, frames: int = 10) -> None:
        """Leave what extraction and detection would: one frame every half second, in two segments."""
        for number, part in enumerate((range(frames // 2), range(frames // 2, frames))):
            sampled = [SampledFrame(index=i, seconds=i / 2) for i in part]
            self.put(segment_file(number), lines(sampled))
        for index in range(frames):
            self.put(frame_file(index), picture([BOX]))
            found = FoundInFrame(index=index, detections=(ACME,) if index in acme_in else ())
            self.put(detections_file(index), lines([found]))

    def put(self, name: str, body: bytes) -> None:
        self.work.write(PREFIX + name, body, content_type="")

    def summarize(self, now: object = NOW) -> Summarized:
        deps = Deps(
            self.work,
            self.results,
            self.jobs,
            self.bus,
            self.spending,
            grace=GRACE,
        )
        event = Summarize(job=JOB, model=MODEL, plan=PLAN, spent=SPENT)
        return handle(event, deps, now=now)  # type: ignore[arg-type]

    @property
    def analysis(self) -> Analysis:
        return Analysis.model_validate_json(self.results.objects[PREFIX + "analysis.json"])


def lines(values: list[SampledFrame] | list[FoundInFrame]) -> bytes:
    return "".join(value.model_dump_json() + "\n" for value in values).encode()


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def test_a_result_names_files_that_exist_and_is_written_last(cloud: Cloud) -> None:
    cloud.saw({2, 3, 4})
    assert cloud.summarize() == Summarized(state=JobState.SUCCEEDED)
    assert cloud.results.written[-1] == PREFIX + "analysis.json"
    analysis = cloud.analysis
    (appearance,) = analysis.appearances
    assert PREFIX + appearance.proof_frame.file in cloud.results.objects
    named = {analysis.files.detections, analysis.files.exposures, analysis.files.report}
    assert {PREFIX + name for name in named} <= set(cloud.results.objects)


def test_the_event_and_the_job_tell_where_the_result_lies(cloud: Cloud) -> None:
    cloud.saw({2, 3, 4})
    cloud.summarize()
    record = cloud.jobs.records[JOB.job_id]
    assert (record.state, record.result) == (JobState.SUCCEEDED, f"s3://results/{PREFIX}")
    (completed,) = cloud.bus.events
    assert isinstance(completed, AnalysisCompleted)
    assert [brand.label for brand in completed.brands] == ["Acme"]
    assert (completed.result.bucket, completed.result.prefix) == ("results", PREFIX)
    assert completed.estimated_usd == cloud.analysis.cost.estimated_usd > 36 / 3600 * 2 * 4


def test_a_summary_run_again_changes_nothing(cloud: Cloud) -> None:
    cloud.saw({2, 3})
    cloud.summarize()
    before = dict(cloud.results.objects)
    assert cloud.summarize(LATER) == Summarized(state=JobState.SUCCEEDED)
    assert cloud.results.objects == before
    assert cloud.bus.detail_types == ["Analysis Completed"]


def test_an_event_not_published_is_published_by_the_next_try(cloud: Cloud) -> None:
    cloud.saw({2, 3})
    cloud.bus.failures.append(ServiceUnavailable("not published", "the service failed"))
    with pytest.raises(ServiceUnavailable):
        cloud.summarize()
    cloud.summarize(LATER)
    assert cloud.bus.detail_types == ["Analysis Completed"]


def test_a_job_canceled_meanwhile_stays_canceled_and_leaves_no_result(cloud: Cloud) -> None:
    cloud.saw({2, 3})
    cloud.jobs.finish(JOB.job_id, JobState.CANCELED, now=NOW)
    assert cloud.summarize() == Summarized(state=JobState.CANCELED)
    assert not cloud.results.objects
    assert not cloud.bus.events


def test_gaps_become_warnings_of_the_result(cloud: Cloud) -> None:
    cloud.saw({2, 3})
    gap = Warning(code="DecodeErrors", message="Damaged.", start_seconds=3.0, end_seconds=4.0)
    cloud.put(warnings_file(1), WARNINGS.dump_json((gap,)))
    cloud.summarize()
    assert gap in cloud.analysis.warnings
    (completed,) = cloud.bus.events
    assert isinstance(completed, AnalysisCompleted)
    assert completed.warnings == 1


def test_frames_that_nobody_looked_at_are_told(cloud: Cloud) -> None:
    cloud.saw({2, 3})
    del cloud.work.objects[PREFIX + detections_file(7)]
    cloud.summarize()
    assert [warning.code for warning in cloud.analysis.warnings] == ["FramesNotDetected"]
    assert cloud.analysis.sampling.frames_detected == 9


def test_a_video_in_which_nothing_was_found_is_a_result_too(cloud: Cloud) -> None:
    cloud.saw(set())
    assert cloud.summarize().state is JobState.SUCCEEDED
    assert cloud.analysis.brands == ()


def test_a_video_without_a_frame_is_refused(cloud: Cloud) -> None:
    cloud.saw(set(), frames=0)
    with pytest.raises(NoFrames):
        cloud.summarize()
    assert not cloud.results.objects


def test_what_the_job_spent_takes_the_place_of_what_it_had_reserved(cloud: Cloud) -> None:
    account = account_of(JOB)
    reservation = Reservation(extraction=cost(1), begun=cost(2), whole=cost(5))
    cloud.spending.reserve(account, JOB.job_id, reservation, limit=None, until=LATER)
    cloud.saw({2, 3, 4})
    cloud.summarize()
    cloud.summarize(LATER)
    spending = cloud.spending.spending(account, JOB.job_id)
    assert spending is not None
    assert spending.cost == cloud.analysis.cost
    assert cloud.spending.total(account) == spending.usd


def test_a_job_whose_summary_could_not_be_written_has_not_spent_its_last(cloud: Cloud) -> None:
    cloud.saw(set(), frames=0)
    with pytest.raises(NoFrames):
        cloud.summarize()
    assert cloud.spending.spending(account_of(JOB), JOB.job_id) is None
