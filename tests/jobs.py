"""Jobs and models that tests speak of."""

from datetime import UTC, datetime

from brandlens.jobs import Job, Model, Source, job_id_for

NOW = datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)

MODEL = Model(
    detector="rekognition",
    arn="arn:aws:rekognition:eu-west-1:123456789012:project/brandlens-dev-cup/version/v1/1",
    version="v1",
    min_confidence=50,
)


def job(key: str = "inbox/cup/analyze/final.mp4", *, project: str = "cup", version: str = "1") -> Job:
    source = Source(bucket="media", key=key, version=version)
    return Job(job_id=job_id_for(source), project=project, source=source, started_at=NOW)
