"""What a project may spend: reserved before it is spent, settled once it is known.

A reservation is what a job may cost at most; it stands in the month in which the job was received until the
job ends, and what the job spent takes its place. So of jobs that run side by side none can be begun that, all
together, might cost more than the month's budget.
"""

from datetime import UTC, datetime
from decimal import ROUND_UP, Decimal

from pydantic import Field

from brandlens.errors import OverBudget
from brandlens.jobs import Job, JobRecord, Value
from brandlens.results import Cost, CostItem

_CENT = Decimal("0.01")
_MICRO = Decimal("0.000001")


class Budget(Value):
    """USD that one job, and all of a project's jobs of one month, may cost; None sets no limit."""

    per_job: Decimal | None = Field(default=None, gt=0)
    per_month: Decimal | None = Field(default=None, gt=0)


class Account(Value):
    """What a project spends in one calendar month (UTC), `month` being such as 2026-11."""

    project: str
    month: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")


class Reservation(Value):
    """What a job may cost, in the order in which it gets there.

    `extraction` is what comes before detection. The others are of a job that goes on to it: the whole job if
    the detector gets no further than its first frame, and, once they are counted, if it looks at every frame.
    """

    extraction: Cost
    begun: Cost
    whole: Cost | None = None

    @property
    def usd(self) -> Decimal:
        return money((self.whole or self.begun).estimated_usd)


class Spending(Value):
    """What one job spent."""

    job_id: str
    cost: Cost

    @property
    def usd(self) -> Decimal:
        return money(self.cost.estimated_usd)


def account_of(job: Job | JobRecord) -> Account:
    """Return the account that a job is booked in, the same whenever it is asked for."""
    received = job.started_at if isinstance(job, Job) else job.created_at
    return Account(project=job.project, month=month_of(received))


def month_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m")


def money(usd: float) -> Decimal:
    """Return an amount in whole millionths of a dollar, rounded up: sums of these are exact."""
    return Decimal(repr(usd)).quantize(_MICRO, rounding=ROUND_UP)


def require_within_job_budget(job: Job, reservation: Reservation, budget: Budget) -> None:
    """Raise `OverBudget` when the job may cost more than one job's budget."""
    if budget.per_job is not None and reservation.usd > budget.per_job:
        # One look is the least that an analysis takes, and all that a picture gets: no rate changes it.
        fewer_help = money(reservation.begun.estimated_usd) <= budget.per_job
        raise OverBudget(
            f"{job.source.key!r} is not analyzed",
            f"it may cost {dollars(reservation.usd)} and the budget of one job is {dollars(budget.per_job)}",
            "Raise budget_per_job, or lower sample_rate_hz" if fewer_help else "Raise budget_per_job",
        )


def over_month_budget(job: Job, reservation: Reservation, limit: Decimal, booked: Decimal) -> OverBudget:
    """Return the refusal of a job for which a month's budget leaves no room."""
    account = account_of(job)
    return OverBudget(
        f"{job.source.key!r} is not analyzed",
        f"it may cost {dollars(reservation.usd)}, and of the {dollars(limit)} that project "
        f"{account.project!r} may spend in {account.month}, {dollars(booked)} are spent or reserved",
        "Raise budget_per_month" + (", or wait for the next month" if reservation.usd <= limit else ""),
    )


def spent_when_ended(reservation: Reservation, record: JobRecord | None) -> Cost:
    """Estimate what a job spent that ended without a result: no less than it did, as far as its record tells.

    The progress of its detection tells how much of that was paid for.
    """
    if record is None:
        return _estimated(reservation.whole or reservation.begun)
    if reservation.whole is None or record.step in _BEFORE_DETECTION:
        return _estimated(reservation.extraction)
    if record.step == "start model":
        return _estimated(reservation.begun)
    if record.step == "detect" and record.total:
        return _estimated(_between(reservation.begun, reservation.whole, (record.done or 0) / record.total))
    return _estimated(reservation.whole)


_BEFORE_DETECTION = (None, "probe", "extract")


def _between(least: Cost, most: Cost, share: float) -> Cost:
    """Return the cost that lies `share` of the way from one to another, item by item."""
    low = {item.name: item for item in least.items}
    items = tuple(_item_between(low.get(item.name), item, min(share, 1.0)) for item in most.items)
    return most.model_copy(update={"items": items, "estimated_usd": sum(item.usd for item in items)})


def _item_between(least: CostItem | None, most: CostItem, share: float) -> CostItem:
    quantity, usd = (0.0, 0.0) if least is None else (least.quantity, least.usd)
    return most.model_copy(
        update={
            "quantity": quantity + share * (most.quantity - quantity),
            "usd": usd + share * (most.usd - usd),
        }
    )


def _estimated(cost: Cost) -> Cost:
    return cost.model_copy(update={"basis": f"{cost.basis}; at most, for the job did not come to its end"})


def dollars(amount: Decimal) -> str:
    """Write an amount for a person: in cents, or as exactly as it is where it is less than one."""
    shown = amount.quantize(_CENT, rounding=ROUND_UP) if amount >= _CENT or not amount else amount.normalize()
    return f"{shown:f} USD"
