"""Result documents that tests speak of."""

from brandlens.jobs import Job
from brandlens.results import Analysis, AnalysisJob, Cost, Files, Media, Sampling
from tests.jobs import MODEL, NOW


def analysis_of(job: Job) -> Analysis:
    """The smallest analysis of a video: nothing was found."""
    return Analysis(
        job=AnalysisJob(
            id=job.job_id, project=job.project, source=job.source, started_at=NOW, finished_at=NOW
        ),
        model=MODEL,
        media=Media(
            kind="video", width=1280, height=720, duration_seconds=10.0, frame_rate=25.0, codec="h264"
        ),
        sampling=Sampling(rate_hz=2.0, frames_sampled=20, frames_detected=20, frames_carried=0),
        brands=(),
        appearances=(),
        files=Files(),
        cost=Cost(estimated_usd=0.0, items=(), basis="nothing was used"),
        warnings=(),
    )
