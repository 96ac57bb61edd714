"""Jobs: what was dropped and what became of it."""

from datetime import datetime
from typing import Self

from pydantic import Field, model_validator

from brandlens.api.fields import Moment, PageToken, ProjectName, Query
from brandlens.jobs import JobError, JobKind, JobState, Source, Value
from brandlens.results import BrandSummary, Cost


class _Received(Query):
    """When a job was received: at `since` or later, and before `until`."""

    since: Moment | None = None
    until: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since >= self.until:
            raise ValueError("since is not before until")
        return self


class JobsQuery(_Received):
    """Filters, all of which a job has to meet."""

    project: ProjectName | None = None
    kind: JobKind | None = None
    state: tuple[JobState, ...] = Field(default=(), max_length=6)
    limit: int = Field(default=20, ge=1, le=100)
    after: PageToken | None = None


class JobItem(Value):
    """A job. `name` is its file's name as it was dropped; `done` of `total` is the progress of its `step`."""

    job_id: str
    project: str
    kind: JobKind
    state: JobState
    name: str
    source: Source
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None
    step: str | None
    done: int | None
    total: int | None
    error: JobError | None
    has_results: bool


class JobList(Value):
    """Jobs, the newest first. `next` is what to ask `after` for more; a page may be short, or empty, before
    the last one: filters are met while reading."""

    jobs: tuple[JobItem, ...]
    next: str | None


class LabelingProgress(Value):
    """How far the people who label for a job are, and where they do it."""

    done: int
    total: int
    url: str


class JobDetails(Value):
    """`cost` is what the job has cost, null before it ends; `at_most_usd` is what is set aside for it."""

    job: JobItem
    cost: Cost | None
    at_most_usd: float | None
    labeling: LabelingProgress | None


class ExposuresQuery(_Received):
    """Filters of a project's analyses."""

    limit: int = Field(default=20, ge=1, le=50)
    after: PageToken | None = None


class JobExposures(Value):
    """What one analysis found."""

    job_id: str
    name: str
    created_at: datetime
    duration_seconds: float | None
    brands: tuple[BrandSummary, ...]


class ExposuresList(Value):
    """What a project's analyses found, the newest first; paged as `JobList` is."""

    jobs: tuple[JobExposures, ...]
    next: str | None
