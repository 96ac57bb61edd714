"""list_batch, and what probe_media and extract_frames do for one file of a batch."""

from fractions import Fraction
from pathlib import Path

import pytest

from brandlens.errors import (
    EmptyObject,
    InvalidInput,
    NoFrames,
    NoVideoStream,
    ObjectNotFound,
    Permanent,
    ServiceUnavailable,
    UnsupportedMedia,
)
from brandlens.jobs import JobError, result_prefix
from brandlens.media.sampling import Segment
from brandlens.training.files import PART_FAILURE, PART_PLAN
from brandlens.workfiles import read_sampled
from tests.fakes import FakeObjectStore
from tests.functions.batches import PREFIX, Batch, encoded, photograph
from tests.media_samples import sample


@pytest.fixture
def batch() -> Batch:
    return Batch()


def test_listing_writes_every_file_with_its_version_and_begins_the_step(batch: Batch) -> None:
    for name in ("b.png", "a.mp4", "sub/a.mp4", "job.json"):
        batch.drop(name, name.encode())
    items = batch.list(batch.request())
    assert [item.source.key for item in items] == [PREFIX + n for n in ("a.mp4", "b.png", "sub/a.mp4")]
    assert [item.source.version for item in items] == [
        f'"{n.encode().hex()}"' for n in ("a.mp4", "b.png", "sub/a.mp4")
    ]
    record = batch.cloud.jobs.records[batch.job.job_id]
    assert (record.step, record.done, record.total) == ("prepare", 0, 3)


def test_a_part_is_worked_on_below_its_job_and_counts_as_one(batch: Batch) -> None:
    batch.drop("a.mp4", sample("b_frames"))
    (item,) = batch.list(batch.request())
    batch.prepare_media([item])
    part = batch.part(item)
    assert result_prefix(part) == f"cup/{batch.job.job_id}/parts/000000/"
    assert [frame.seconds for frame in read_sampled(batch.cloud.work, result_prefix(part))] == [
        pytest.approx(second, abs=0.05) for second in range(6)
    ]
    record = batch.cloud.jobs.records[batch.job.job_id]
    assert (record.step, record.done, record.total) == ("prepare", 1, 1)


def test_a_long_video_gives_its_frames_spread_over_its_whole_length(batch: Batch) -> None:
    batch.cloud.most_training_frames = 4
    batch.drop("a.mp4", sample("b_frames"))
    (item,) = batch.list(batch.request())
    probed = batch.cloud.probe(batch.part(item))
    assert probed.plan.rate == Fraction(2, 3)
    batch.prepare_media([item])
    seconds = [frame.seconds for frame in read_sampled(batch.cloud.work, result_prefix(batch.part(item)))]
    assert seconds == [pytest.approx(second, abs=0.05) for second in (0, 1.5, 3, 4.5)]


def test_a_part_that_was_looked_at_is_not_looked_at_or_counted_again(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    (item,) = batch.list(batch.request())
    first = batch.cloud.probe(batch.part(item))
    batch.cloud.media.delete_prefix("")
    assert batch.cloud.probe(batch.part(item)) == first
    assert batch.cloud.jobs.records[batch.job.job_id].done == 1


@pytest.mark.parametrize(
    ("content", "leaf"),
    [
        (b"", EmptyObject),
        (b"just text\n", UnsupportedMedia),
        (sample("sound_only"), NoVideoStream),
        (sample("no_frame_decodes"), NoFrames),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_counts(
    batch: Batch, content: bytes | Path, leaf: type[Permanent]
) -> None:
    batch.drop("a", content)
    (item,) = batch.list(batch.request())
    part = batch.part(item)
    with pytest.raises(leaf) as refused:
        batch.cloud.extract_all(part)
    kept = batch.cloud.work.read(result_prefix(part) + PART_FAILURE)
    expected = JobError(code=leaf.__name__, message=str(refused.value), retryable=False)
    assert JobError.model_validate_json(kept) == expected
    assert batch.cloud.jobs.records[batch.job.job_id].done == 1


def test_a_file_that_was_replaced_after_listing_is_told_as_gone(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    (item,) = batch.list(batch.request())
    batch.cloud.media.delete_prefix(PREFIX)
    with pytest.raises(ObjectNotFound):
        batch.cloud.probe(batch.part(item))
    assert PREFIX + "a.png" in batch.cloud.work.read(result_prefix(batch.part(item)) + PART_FAILURE).decode()


class FailingMedia(FakeObjectStore):
    def read(
        self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None
    ) -> bytes:
        raise ServiceUnavailable(f"{key!r} could not be read", "the service failed")


def test_a_trouble_that_may_pass_is_no_reason_to_leave_a_file_out(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    (item,) = batch.list(batch.request())
    batch.cloud.media = FailingMedia()  # type: ignore[assignment]
    with pytest.raises(ServiceUnavailable):
        batch.cloud.probe(batch.part(item))
    assert not list(batch.cloud.work.keys(result_prefix(batch.part(item))))
    assert batch.cloud.jobs.records[batch.job.job_id].done == 0


def test_a_still_of_a_part_is_its_only_frame(batch: Batch) -> None:
    batch.drop("a.jpg", encoded(photograph(1), "JPEG"))
    (item,) = batch.list(batch.request())
    probed = batch.cloud.extract_all(batch.part(item))
    assert probed.segments == (Segment(number=0, first_slot=0),)
    names = [
        key.rpartition("parts/000000/")[2] for key in batch.cloud.work.keys(result_prefix(batch.part(item)))
    ]
    assert names == ["frames/00000000.jpg", PART_PLAN, "segments/0000.jsonl"]


def test_an_analysis_is_told_what_kind_of_file_it_is_about(batch: Batch) -> None:
    with pytest.raises(InvalidInput, match="nothing says what kind of file it is"):
        batch.cloud.probe(batch.job, None)  # type: ignore[arg-type]
