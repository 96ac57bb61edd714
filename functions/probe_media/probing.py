"""What a file's headers say, and the plan that is made of it."""

from fractions import Fraction

from brandlens.analysis_plan import AnalysisPlan, Probed
from brandlens.jobs import Source
from brandlens.media.probe import VideoProbe
from brandlens.media.sampling import Segment, plan_segments
from brandlens.media.still import probe_still
from functions.probe_media.deps import Deps


def video_headers(source: Source, deps: Deps, timeout_s: float) -> VideoProbe:
    url = deps.media.presigned_url(source.key, seconds=round(timeout_s) + 60, version=source.version)
    return deps.tool.probe(url, timeout_s=timeout_s)


def video_plan(video: VideoProbe, rate: Fraction, deps: Deps) -> Probed:
    """Plan to take `rate` frames a second."""
    settings = deps.settings
    return Probed(
        plan=AnalysisPlan(
            media=video.media, video=video, rate=rate, novelty_threshold=settings.novelty_threshold
        ),
        segments=plan_segments(video.duration, rate, Fraction(str(settings.segment_seconds))),
    )


def still_plan(data: bytes, deps: Deps) -> Probed:
    plan = AnalysisPlan(
        media=probe_still(data), video=None, rate=None, novelty_threshold=deps.settings.novelty_threshold
    )
    return Probed(plan=plan, segments=(Segment(number=0, first_slot=0),))
