"""Dropped files, probed and extracted by the functions themselves, FFmpeg and all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from PIL import Image

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.jobs import Job, MediaFormat, result_prefix
from brandlens.media.sampling import Segment
from brandlens.results import SampledFrame
from brandlens.settings import ProbeMediaSettings
from functions.extract_frames import handler as extract_frames
from functions.probe_media import handler as probe_media
from tests.fakes.jobs import FakeJobs
from tests.fakes.objects import FakeObjectStore
from tests.jobs import NOW, job


class FileStore(FakeObjectStore):
    """Objects that are files, which FFmpeg opens by path instead of by URL."""

    def __init__(self) -> None:
        super().__init__("media")
        self.files: dict[str, Path] = {}

    def presigned_url(self, key: str, *, seconds: int, version: str | None = None) -> str:
        return str(self.files[key])


@dataclass
class Cloud:
    media: FileStore = field(default_factory=FileStore)
    work: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("work"))
    results: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("results"))
    jobs: FakeJobs = field(default_factory=FakeJobs)
    tool: FfmpegTool = field(default_factory=lambda: FfmpegTool(threads=1))
    segment_seconds: Fraction = Fraction(300)
    novelty_threshold: float = 6.0
    most_training_frames: int = 1200

    def drop_file(self, path: Path) -> Job:
        dropped = job(f"inbox/cup/analyze/{path.name}")
        self.media.files[dropped.source.key] = path
        self.jobs.receive(dropped, "analysis")
        return dropped

    def drop_bytes(self, content: bytes) -> Job:
        dropped = job("inbox/cup/analyze/picture")
        self.media.write(dropped.source.key, content, content_type="")
        self.jobs.receive(dropped, "analysis")
        return dropped

    @property
    def probing(self) -> probe_media.Deps:
        settings = ProbeMediaSettings(
            media_bucket="media",
            work_bucket="work",
            jobs_table="jobs",
            sample_rate_hz=2,
            training_sample_rate_hz=1,
            max_training_frames_per_video=self.most_training_frames,
            novelty_threshold=self.novelty_threshold,
            segment_seconds=float(self.segment_seconds),
        )
        return probe_media.Deps(self.media, self.work, self.jobs, self.tool, settings)

    def probe(self, of: Job, media_format: MediaFormat = "mov") -> probe_media.Probed:
        event = probe_media.ProbeMedia(job=of, media_format=media_format)
        probed = probe_media.handle(event, self.probing, now=NOW, timeout_s=60)
        return probe_media.Probed.model_validate_json(probed.model_dump_json())  # as states pass it on

    def extract(self, of: Job, probed: probe_media.Probed, segment: Segment) -> list[SampledFrame]:
        deps = extract_frames.Deps(self.media, self.work, self.jobs, self.tool)
        event = extract_frames.ExtractSegment(job=of, plan=probed.plan, segment=segment)
        return list(extract_frames.handle(event, deps, now=lambda: NOW, timeout_s=60))

    def extract_all(self, of: Job, media_format: MediaFormat = "mov") -> probe_media.Probed:
        probed = self.probe(of, media_format)
        for segment in probed.segments:
            self.extract(of, probed, segment)
        return probed

    def kept(self, of: Job) -> list[str]:
        return list(self.work.keys(result_prefix(of) + "frames/"))


def png(draw: Callable[[Image.Image], Image.Image] = lambda image: image) -> bytes:
    buffer = BytesIO()
    draw(Image.effect_noise((200, 100), 60).convert("RGB")).save(buffer, "PNG")
    return buffer.getvalue()
