"""Quotes: what analyses will cost at most, before anything is uploaded."""

from typing import Annotated, Literal

from pydantic import Field

from brandlens.api.fields import Body, FileName, ProjectName
from brandlens.cost.quote import Quote
from brandlens.jobs import Value
from brandlens.results import Cost

Pixels = Annotated[int, Field(ge=1, le=100_000)]


class QuotedMedia(Body):
    """A file as its headers tell: width and height in pixels, and for a video how long it is."""

    name: FileName
    kind: Literal["image", "video"]
    width: Pixels
    height: Pixels
    duration_seconds: float | None = Field(default=None, gt=0, le=604_800)
    frame_rate: float | None = Field(default=None, gt=0, le=1000)


class NewQuote(Body):
    project: ProjectName
    files: Annotated[tuple[QuotedMedia, ...], Field(min_length=1, max_length=1000)]


class QuotedFile(Value):
    name: str
    quote: Quote


class BudgetRoom(Value):
    """USD that one job, and the project in this month, may cost, null where there is no limit.

    `booked_this_month` is what is spent of it, or set aside.
    """

    per_job: float | None
    per_month: float | None
    booked_this_month: float


class QuoteAnswer(Value):
    """`assumed` tells a person what the quote rests on, in sentences."""

    files: tuple[QuotedFile, ...]
    total: Cost
    assumed: tuple[str, ...]
    budget: BudgetRoom
