"""What probing needs from outside."""

from dataclasses import dataclass

from brandlens.adapters.ffmpeg import FfmpegTool
from brandlens.ports import JobStore, ObjectStore
from brandlens.settings import ProbeMediaSettings


@dataclass(frozen=True)
class Deps:
    media: ObjectStore
    work: ObjectStore
    jobs: JobStore
    tool: FfmpegTool
    settings: ProbeMediaSettings
