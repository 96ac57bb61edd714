"""list_batch, and what probe_media and extract_frames do for one file of a batch."""

from fractions import Fraction
from pathlib import Path

import pytest

from brandlens.errors import ServiceUnavailable
from brandlens.jobs import JobError, result_prefix
from brandlens.training.files import PART_FAILURE, PART_PLAN
from brandlens.workfiles import frame_file, read_sampled
from tests.functions.batches import PREFIX, Batch, encoded, photograph
from tests.functions.media_cloud import FileStore
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
    (video,) = batch.look_at(items := batch.list(batch.request()))
    assert video.plan.rate == Fraction(2, 3)
    batch.prepare_media(items)
    seconds = [frame.seconds for frame in read_sampled(batch.cloud.work, result_prefix(video.job))]
    assert seconds == [pytest.approx(second, abs=0.05) for second in (0, 1.5, 3, 4.5)]


def test_files_that_were_looked_at_are_not_looked_at_or_counted_again(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    batch.drop("b.mp4", sample("b_frames"))
    batch.drop("c.mp4", sample("sound_only"))
    items = batch.list(batch.request())
    videos = batch.look_at(items)
    batch.cloud.media.delete_prefix("")
    assert batch.look_at(items) == videos
    assert [video.job for video in videos] == [batch.part(items[1])]
    assert batch.cloud.jobs.records[batch.job.job_id].done == 3


@pytest.mark.parametrize(
    ("content", "leaf"),
    [
        (b"", "EmptyObject"),
        (b"just text\n", "UnsupportedMedia"),
        (sample("sound_only"), "NoVideoStream"),
        (sample("no_frame_decodes"), "NoFrames"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_counts_and_leaves_the_others_alone(
    batch: Batch, content: bytes | Path, leaf: str
) -> None:
    batch.drop("a", content)
    batch.drop("b.png", encoded(photograph(1)))
    items = batch.list(batch.request())
    batch.prepare_media(items)
    kept = batch.cloud.work.read(result_prefix(batch.part(items[0])) + PART_FAILURE)
    error = JobError.model_validate_json(kept)
    assert (error.code, error.retryable) == (leaf, False)
    assert read_sampled(batch.cloud.work, result_prefix(batch.part(items[1])))
    assert batch.cloud.jobs.records[batch.job.job_id].done == 2


def test_a_file_that_is_gone_after_listing_is_told_by_name(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    (item,) = batch.list(batch.request())
    batch.cloud.media.delete_prefix(PREFIX)
    assert not batch.look_at([item])
    failure = batch.cloud.work.read(result_prefix(batch.part(item)) + PART_FAILURE)
    error = JobError.model_validate_json(failure)
    assert error.code == "ObjectNotFound"
    assert PREFIX + "a.png" in error.message


class FailingMedia(FileStore):
    def read(
        self, key: str, *, start: int = 0, length: int | None = None, version: str | None = None
    ) -> bytes:
        raise ServiceUnavailable(f"{key!r} could not be read", "the service failed")


def test_a_trouble_that_may_pass_is_no_reason_to_leave_a_file_out(batch: Batch) -> None:
    batch.drop("a.png", encoded(photograph(1)))
    (item,) = batch.list(batch.request())
    batch.cloud.media = FailingMedia()
    with pytest.raises(ServiceUnavailable):
        batch.look_at([item])
    assert not list(batch.cloud.work.keys(result_prefix(batch.part(item))))
    assert batch.cloud.jobs.records[batch.job.job_id].done == 0


def test_a_still_of_a_part_is_its_only_frame_and_its_plan_the_last_file(batch: Batch) -> None:
    batch.drop("a.jpg", encoded(photograph(1), "JPEG"))
    items = batch.list(batch.request())
    assert batch.look_at(items) == []
    written = [key for key in batch.cloud.work.written if "/parts/" in key]
    names = [key.rpartition("parts/000000/")[2] for key in written]
    assert names == ["frames/00000000.jpg", "segments/0000.jsonl", PART_PLAN]


def test_of_videos_that_come_with_labels_nothing_is_left_to_do(batch: Batch) -> None:
    batch.drop("a.mp4", sample("b_frames"))
    items = batch.list(batch.request())
    assert batch.look_at(items, annotated=True) == []
    assert batch.cloud.jobs.records[batch.job.job_id].done == 1


def test_a_still_and_its_warnings_are_what_an_analysis_makes_of_it(batch: Batch) -> None:
    batch.drop("a.jpg", encoded(photograph(1), "JPEG"))
    (item,) = batch.list(batch.request())
    batch.look_at([item])
    other = Batch()
    dropped = other.cloud.drop_bytes(encoded(photograph(1), "JPEG"))
    other.cloud.extract_all(dropped, "jpeg")
    frame = frame_file(0)
    assert batch.cloud.work.read(result_prefix(batch.part(item)) + frame) == other.cloud.work.read(
        result_prefix(dropped) + frame
    )
