"""Marks: what a person says a result has wrong.

Results stay as they were, so that totals can be shown with the marks and without. A project's marks are
offered as the next training batch until one has taken them.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from brandlens.api.fields import AppearanceId, Body, Label
from brandlens.jobs import Value

MEASURED_DIGITS = 6
# DynamoDB's numbers begin at 1E-130, and nobody marks a millionth; nor is there a zero less than zero.
_Measured = AfterValidator(lambda value: round(value, MEASURED_DIGITS) + 0.0)
Fraction = Annotated[float, Field(ge=0, le=1), _Measured]
Seconds = Annotated[float, Field(ge=0, le=1e9), _Measured]
Note = Annotated[str, Field(max_length=500)]


class MarkedBox(Body):
    """A rectangle in the picture, in fractions of its width and height."""

    left: Fraction
    top: Fraction
    width: Fraction
    height: Fraction


class WrongAppearance(Body):
    """An appearance that is none: the brand was not there."""

    kind: Literal["wrong"]
    appearance: AppearanceId
    note: Note = ""


class MissedBrand(Body):
    """A brand that was there from `start_seconds` to `end_seconds` and was not found; null for an image."""

    kind: Literal["missed"]
    label: Label
    start_seconds: Seconds | None = None
    end_seconds: Seconds | None = None
    box: MarkedBox | None = None
    note: Note = ""


NewMark = Annotated[WrongAppearance | MissedBrand, Field(discriminator="kind")]


class Mark(Value):
    """A mark as it is kept: one of each appearance, and of each brand missed at a time and place.

    Who marks the same again replaces its note, and is who it is `by`; `created_at` is when it was first said.
    `trained_by` is the job of the batch that took it, null while it is on offer.
    """

    id: str
    job_id: str
    project: str
    by: str
    created_at: datetime
    mark: NewMark
    trained_by: str | None


class MarkList(Value):
    """Marks, the oldest first."""

    marks: tuple[Mark, ...]
