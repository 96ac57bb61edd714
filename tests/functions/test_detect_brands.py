from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from brandlens.errors import BrandlensError, ModelFailed, ModelNotReady, ServiceUnavailable, Throttled
from brandlens.jobs import JobError, Model, result_prefix
from brandlens.results import Detection
from brandlens.workfiles import frame_file, read_found
from functions.detect_brands import patience
from functions.detect_brands.handler import Batch, Deps, Looked, handle
from functions.detect_brands.window import AdaptiveWindow
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeDetector
from tests.fakes.objects import FakeObjectStore
from tests.jobs import MODEL, NOW, job

JOB = job()
PREFIX = result_prefix(JOB)
LEASE = timedelta(minutes=30)
ACME = Detection(label="Acme", confidence=91.5)


@dataclass
class Cloud:
    detector: FakeDetector = field(default_factory=FakeDetector)
    work: FakeObjectStore = field(default_factory=FakeObjectStore)
    jobs: FakeJobs = field(default_factory=FakeJobs)
    leases: FakeLeases = field(default_factory=FakeLeases)
    window: AdaptiveWindow = field(default_factory=lambda: AdaptiveWindow(first=2, most=8))
    clock: Callable[[], datetime] = lambda: NOW

    def __post_init__(self) -> None:
        self.jobs.receive(JOB, "analysis")
        self.leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW + LEASE)

    def look(self, *frames: int, seconds_left: Callable[[], float] = lambda: 60.0) -> Looked:
        for index in frames:
            self.work.write(PREFIX + frame_file(index), b"frame %d" % index, content_type="image/jpeg")
        deps = Deps(self.work, self.jobs, self.leases, LEASE, self._detector_of, lambda model: self.window)
        return handle(Batch.model_validate(batch(*frames)), deps, clock=self.clock, seconds_left=seconds_left)

    def _detector_of(self, model: Model) -> FakeDetector:
        assert model == MODEL
        return self.detector


def batch(*frames: int, total: int = 10) -> dict[str, Any]:
    """As a Distributed Map with an ItemReader of S3 objects and an ItemBatcher hands it over."""
    return {
        "BatchInput": {
            "job": JOB.model_dump(mode="json"),
            "model": MODEL.model_dump(mode="json"),
            "total": total,
        },
        "Items": [
            {
                "Etag": '"e"',
                "Key": PREFIX + frame_file(index),
                "LastModified": 1795348800,
                "Size": 7,
                "StorageClass": "STANDARD",
            }
            for index in frames
        ],
    }


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def test_every_frame_of_the_batch_is_looked_at_and_what_was_found_written(cloud: Cloud) -> None:
    cloud.detector.finds = {b"frame 8": (ACME,)}
    assert cloud.look(3, 8) == Looked(frames=2, detections=1)
    assert read_found(cloud.work, PREFIX) == {3: (), 8: (ACME,)}
    assert PREFIX + "detections/00000003.jsonl" in cloud.work.objects
    assert sorted(cloud.detector.asked) == [(b"frame 3", 35), (b"frame 8", 35)]


def test_progress_counts_frames_of_all_that_were_kept(cloud: Cloud) -> None:
    cloud.look(3, 8)
    cloud.look(9)
    record = cloud.jobs.records[JOB.job_id]
    assert (record.step, record.done, record.total) == ("detect", 3, 10)


def test_a_batch_run_again_asks_no_model_and_counts_nothing_twice(cloud: Cloud) -> None:
    cloud.detector.finds = {b"frame 8": (ACME,)}
    first = cloud.look(3, 8)
    assert cloud.look(3, 8) == first
    assert len(cloud.detector.asked) == 2
    assert cloud.jobs.records[JOB.job_id].done == 2


def test_the_jobs_lease_lasts_as_long_as_it_works(cloud: Cloud) -> None:
    minutes = iter(range(100))
    cloud.clock = lambda: NOW + timedelta(minutes=next(minutes))
    cloud.look(*range(40))
    assert cloud.leases.leases[MODEL.arn, JOB.job_id] > NOW + LEASE + timedelta(minutes=20)


def test_a_lease_is_renewed_some_times_in_its_life_not_for_each_frame(cloud: Cloud) -> None:
    before = cloud.leases.items[MODEL.arn].leases_taken
    seconds = iter(range(0, 10**6, 5))
    cloud.clock = lambda: NOW + timedelta(seconds=next(seconds))
    cloud.look(*range(100))
    assert cloud.leases.items[MODEL.arn].leases_taken == before + 1


def test_a_batch_whose_job_has_let_the_model_go_asks_it_nothing(cloud: Cloud) -> None:
    cloud.leases.release(MODEL.arn, JOB.job_id, now=NOW)
    with pytest.raises(ModelNotReady, match="holds no lease"):
        cloud.look(3, 8)
    assert not cloud.detector.asked


def test_a_batch_whose_model_is_being_stopped_asks_it_nothing(cloud: Cloud) -> None:
    assert cloud.leases.claim_stop(cloud.leases.items[MODEL.arn], now=NOW)
    with pytest.raises(ModelNotReady, match="being stopped"):
        cloud.look(3)
    assert not cloud.detector.asked


def test_throttling_is_waited_out_inside_the_function(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BASE_SECONDS", 0.0)
    cloud.detector.failures = [Throttled("not asked", "too many calls")] * 5
    cloud.window = AdaptiveWindow(first=8, most=8)
    assert cloud.look(3, 8).frames == 2
    assert cloud.window.size < 5


def test_a_moments_outage_is_waited_out_but_not_a_long_one(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "BASE_SECONDS", 0.0)
    cloud.detector.failures = [ServiceUnavailable("not asked", "it is away")] * patience.OUTAGES
    assert cloud.look(3).frames == 1
    cloud.detector.failures = [ServiceUnavailable("not asked", "it is away")] * (patience.OUTAGES + 1)
    with pytest.raises(ServiceUnavailable):
        cloud.look(4)


def test_answers_that_come_without_a_throttle_widen_the_window(cloud: Cloud) -> None:
    cloud.look(*range(40))
    assert cloud.window.size == 8


def test_throttling_that_uses_the_time_up_is_handed_to_the_state_machine(cloud: Cloud) -> None:
    cloud.detector.failures = [Throttled("not asked", "too many calls")] * 5
    with pytest.raises(Throttled):
        cloud.look(3, 8, seconds_left=lambda: 0.0)
    assert not read_found(cloud.work, PREFIX)


@pytest.mark.parametrize("leaf", [ModelFailed, ModelNotReady])
def test_why_a_batch_failed_is_left_for_whoever_records_it(cloud: Cloud, leaf: type[BrandlensError]) -> None:
    cloud.detector.failures = [leaf("not asked", "it is gone")]
    with pytest.raises(leaf):
        cloud.look(3, 8)
    left = JobError.model_validate_json(cloud.work.objects[PREFIX + "failures/00000003.json"])
    assert (left.code, left.message) == (leaf.__name__, "not asked: it is gone.")
    assert not read_found(cloud.work, PREFIX)


@pytest.mark.parametrize("missing", ["BatchInput", "Items"])
def test_a_batch_without_its_parts_is_refused(missing: str) -> None:
    event = batch(3)
    del event[missing]
    with pytest.raises(ValidationError, match=missing):
        Batch.model_validate(event)


@given(
    batches=st.lists(
        st.lists(st.integers(0, 10**6), min_size=1, max_size=5, unique=True), min_size=1, max_size=4
    ).filter(lambda cut: len({i for part in cut for i in part}) == sum(map(len, cut)))
)
def test_however_frames_are_batched_each_is_found_once(batches: list[list[int]]) -> None:
    cloud = Cloud()
    for frames in batches:
        cloud.look(*frames)
    every = sorted(index for frames in batches for index in frames)
    assert sorted(read_found(cloud.work, PREFIX)) == every
    assert len(cloud.detector.asked) == len(every)


@given(failures=st.integers(0, 12), budget=st.floats(0, 60), share=st.floats(0, 1))
def test_patience_never_outlasts_the_time_left(failures: int, budget: float, share: float) -> None:
    slept: list[float] = []
    throttles: list[int] = []
    answers: list[Mapping[str, int]] = [{}]

    def call() -> Mapping[str, int]:
        if len(slept) < failures:
            raise Throttled("not asked", "too many calls")
        return answers[0]

    def left() -> float:
        return budget - sum(slept)

    try:
        patience.patiently(
            call,
            seconds_left=left,
            throttled=lambda: throttles.append(len(slept)),
            sleep=slept.append,
            uniform=lambda low, high: low + share * (high - low),
        )
    except Throttled:
        assert len(slept) < failures
    else:
        assert len(slept) == failures
    assert sum(slept) <= budget
    assert len(throttles) == min(failures, len(slept) + 1)
    assert all(pause <= patience.CAP_SECONDS for pause in slept)
