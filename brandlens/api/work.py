"""What begins work: analyses of uploaded files, and the training on a batch of them."""

from typing import Annotated

from pydantic import Field

from brandlens.api.fields import BatchName, Body, FileName, MarkId, ProjectName, UploadId
from brandlens.jobs import JobError, Value

MOST_AT_ONCE = 100


class NewAnalyses(Body):
    """Files whose parts have all come; each is one analysis, with the project's active model."""

    project: ProjectName
    uploads: Annotated[tuple[UploadId, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class BegunAnalysis(Value):
    """`job_id` is null where the file could not be taken, which `error` explains; others are not held up."""

    upload: str
    key: str
    job_id: str | None
    error: JobError | None


class BegunAnalyses(Value):
    """One for each upload, in the order asked for, the same when asked for again. A job is in `GET /jobs`
    within seconds. Where not one upload could be taken, the first one's error is the answer.
    """

    analyses: tuple[BegunAnalysis, ...]


class NewTraining(Body):
    """A training on the files of a batch that the caller uploaded.

    `annotations` is the name of one of them; without it people are asked to label. `marks` are corrections of
    results, whose pictures are put into the batch for people to label.
    """

    project: ProjectName
    batch: BatchName
    annotations: FileName | None = None
    marks: Annotated[tuple[MarkId, ...], Field(max_length=50)] = ()


class BegunTraining(Value):
    """The same batch asked for again is the same job; it takes no other marks then."""

    job_id: str
    pictures_of_marks: int
