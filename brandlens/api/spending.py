"""Spending: what a month's jobs have cost."""

from brandlens.api.fields import Month, Query
from brandlens.jobs import Value
from brandlens.results import Cost


class SpendingQuery(Query):
    """A calendar month (UTC); without it the one that is going on."""

    month: Month | None = None


class ProjectSpending(Value):
    """`spent` is of the jobs that have ended; `booked_usd` is what is set aside for others besides."""

    project: str
    jobs: int
    spent: Cost
    booked_usd: float


class MonthSpending(Value):
    """What the jobs received in a month have cost, by project, and all together.

    A project that was deleted since is there as well if it has cost anything.
    """

    month: str
    projects: tuple[ProjectSpending, ...]
    total: Cost
    booked_usd: float
    budget_per_month: float | None
