"""probe_media, extract_frames and make_sprites on real files, FFmpeg and all."""

from fractions import Fraction
from io import BytesIO

import pytest
from PIL import Image

from brandlens.errors import (
    CorruptMedia,
    MediaTooLarge,
    NoFrames,
    NoVideoStream,
    ServiceUnavailable,
    TruncatedMedia,
)
from brandlens.jobs import result_prefix
from brandlens.results import SampledFrame
from brandlens.workfiles import frame_file, read_sampled, read_warnings, segment_file
from functions.make_sprites import handler as make_sprites
from tests.fakes.objects import FakeObjectStore
from tests.functions.media_cloud import Cloud, png
from tests.media_samples import sample


class FailingStore(FakeObjectStore):
    """Fails to write every object after the first few."""

    def write(self, key: str, body: bytes, *, content_type: str) -> None:
        if len(self.objects) >= 3:
            raise ServiceUnavailable(f"{key!r} could not be written", "the service failed")
        super().write(key, body, content_type=content_type)


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def test_a_video_is_probed_and_cut_into_segments(cloud: Cloud) -> None:
    cloud.segment_seconds = Fraction(2)
    dropped = cloud.drop_file(sample("b_frames"))
    probed = cloud.probe(dropped)
    assert probed.plan.media.kind == "video"
    assert probed.plan.rate == 2
    assert len(probed.segments) == 3
    record = cloud.jobs.records[dropped.job_id]
    assert (record.step, record.total) == ("extract", 12)


def test_a_picture_is_one_segment_without_a_rate(cloud: Cloud) -> None:
    probed = cloud.probe(cloud.drop_bytes(png()), "png")
    assert (probed.plan.video, probed.plan.rate, len(probed.segments)) == (None, None, 1)
    assert (probed.plan.media.width, probed.plan.media.height) == (200, 100)


@pytest.mark.parametrize(
    ("name", "leaf"),
    [
        ("sound_only", NoVideoStream),
        ("cover_picture_only", NoVideoStream),
        ("broken_off", TruncatedMedia),
        ("huge", MediaTooLarge),
    ],
)
def test_a_file_that_cannot_be_analyzed_is_refused_by_its_headers(
    cloud: Cloud, name: str, leaf: type[Exception]
) -> None:
    with pytest.raises(leaf):
        cloud.probe(cloud.drop_file(sample(name)))


def test_a_picture_that_is_cut_off_is_refused(cloud: Cloud) -> None:
    with pytest.raises(CorruptMedia):
        cloud.extract_all(cloud.drop_bytes(png()[:4000]), "png")
    assert not cloud.work.objects


def test_every_sampled_frame_is_in_a_manifest_and_every_novel_one_kept(cloud: Cloud) -> None:
    dropped = cloud.drop_file(sample("b_frames"))
    cloud.extract_all(dropped)
    sampled = read_sampled(cloud.work, result_prefix(dropped))
    assert [frame.index for frame in sampled] == list(range(12))
    novel = [frame.index for frame in sampled if frame.carried_from is None]
    assert cloud.kept(dropped) == [result_prefix(dropped) + frame_file(index) for index in novel]
    assert cloud.jobs.records[dropped.job_id].done == 12


def test_a_frame_that_shows_nothing_new_is_carried_not_kept(cloud: Cloud) -> None:
    cloud.novelty_threshold = 255
    dropped = cloud.drop_file(sample("b_frames"))
    cloud.extract_all(dropped)
    sampled = read_sampled(cloud.work, result_prefix(dropped))
    assert [frame.carried_from for frame in sampled] == [None] + [0] * 11
    assert len(cloud.kept(dropped)) == 1


@pytest.mark.parametrize("seconds", [1, 2, 3])
def test_the_frames_sampled_do_not_depend_on_the_cut(cloud: Cloud, seconds: int) -> None:
    dropped = cloud.drop_file(sample("b_frames"))
    cloud.extract_all(dropped)
    other = Cloud(segment_seconds=Fraction(seconds))
    other.extract_all(other.drop_file(sample("b_frames")))
    times = [
        [(frame.index, frame.seconds) for frame in read_sampled(store, result_prefix(dropped))]
        for store in (cloud.work, other.work)
    ]
    assert times[0] == times[1]


def test_a_segments_manifest_is_written_after_its_frames(cloud: Cloud) -> None:
    dropped = cloud.drop_file(sample("b_frames"))
    cloud.extract_all(dropped)
    assert cloud.work.written[-1] == result_prefix(dropped) + segment_file(0)


def test_a_segment_with_a_manifest_is_not_decoded_again(cloud: Cloud) -> None:
    dropped = cloud.drop_file(sample("b_frames"))
    probed = cloud.extract_all(dropped)
    before = read_sampled(cloud.work, result_prefix(dropped))
    cloud.media.files.clear()
    assert cloud.extract(dropped, probed, probed.segments[0]) == before
    assert cloud.jobs.records[dropped.job_id].done == 12


def test_a_failed_upload_fails_the_segment_and_takes_its_progress_back(cloud: Cloud) -> None:
    cloud.work = FailingStore()
    cloud.novelty_threshold = 0
    dropped = cloud.drop_file(sample("b_frames"))
    with pytest.raises(ServiceUnavailable):
        cloud.extract_all(dropped)
    assert not list(cloud.work.keys(result_prefix(dropped) + "segments/"))
    assert cloud.jobs.records[dropped.job_id].done == 0


def test_damage_in_the_middle_is_left_as_a_warning(cloud: Cloud) -> None:
    dropped = cloud.drop_file(sample("damaged"))
    cloud.extract_all(dropped)
    (warning,) = read_warnings(cloud.work, result_prefix(dropped))
    assert warning.code == "DecodeErrors"
    assert read_sampled(cloud.work, result_prefix(dropped))


def test_a_video_of_which_no_frame_decodes_has_no_frames(cloud: Cloud) -> None:
    with pytest.raises(NoFrames):
        cloud.extract_all(cloud.drop_file(sample("no_frame_decodes")))


def test_a_picture_becomes_frame_zero(cloud: Cloud) -> None:
    dropped = cloud.drop_bytes(png())
    cloud.extract_all(dropped, "png")
    assert read_sampled(cloud.work, result_prefix(dropped)) == [SampledFrame(index=0, seconds=0)]
    with Image.open(BytesIO(cloud.work.objects[result_prefix(dropped) + frame_file(0)])) as still:
        assert (still.format, still.size) == ("JPEG", (200, 100))


def test_sprites_show_every_sampled_frame_and_their_index_comes_last(cloud: Cloud) -> None:
    dropped = cloud.drop_file(sample("b_frames"))
    probed = cloud.extract_all(dropped)
    event = make_sprites.MakeSprites(job=dropped, plan=probed.plan)
    made = make_sprites.handle(event, make_sprites.Deps(cloud.work, cloud.results))
    assert made == make_sprites.Sprites(sheets=1, tiles=12)
    folder = result_prefix(dropped) + "sprites/"
    assert cloud.results.written == [folder + "sprite-000.jpg", folder + "sprites.vtt"]
    with Image.open(BytesIO(cloud.results.objects[folder + "sprite-000.jpg"])) as sheet:
        assert sheet.size == (1600, 2 * 90)
