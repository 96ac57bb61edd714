"""Serves `ReserveExtraction` and `ReserveDetection` of `analysis-video`, and `Reserve` of `analysis-image`:
nothing is paid for before what it may cost is set aside.

Input: {job, model, plan, counted}, `counted` being what extraction counted, absent before it. Output: {usd},
what is reserved: before a video's extraction what that may cost, otherwise what the whole job may. Errors:
`OverBudget` where a budget leaves no room, `JobCanceled` once the job has ended, `InvalidInput`, `Throttled`,
`ServiceUnavailable`, `AccessRefused`.

A reservation whose job died without a word gives way: it is settled once its job cannot be running. A job
that died after it was settled and before it ended, and is begun anew, is paid for already.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from aws_lambda_powertools.utilities.typing import LambdaContext

from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.models_table import ModelsTable
from brandlens.adapters.spending_table import SpendingTable
from brandlens.analysis_plan import AnalysisPlan
from brandlens.cost import published_prices
from brandlens.cost.budget import (
    Account,
    Budget,
    Reservation,
    account_of,
    over_month_budget,
    require_within_job_budget,
    spent_when_ended,
)
from brandlens.cost.looker import looker_with
from brandlens.cost.ports import Booking, SpendingLedger
from brandlens.cost.quote import Counted, Terms, reservation
from brandlens.errors import JobCanceled
from brandlens.jobs import Job, Model, Value
from brandlens.ports import JobStore, LeaseStore
from brandlens.settings import ReserveBudgetSettings
from functions.runtime import entry

LONGEST_JOB = timedelta(hours=14)
"""An hour more than the machine `analysis` may run."""


class ReserveBudget(Value):
    job: Job
    model: Model
    plan: AnalysisPlan
    counted: Counted | None = None


class Reserved(Value):
    usd: float


@dataclass(frozen=True)
class Deps:
    spending: SpendingLedger
    jobs: JobStore
    leases: LeaseStore
    terms: Terms
    budget: Budget


@cache
def _deps() -> Deps:
    settings = ReserveBudgetSettings.read(os.environ)
    return Deps(
        spending=SpendingTable(settings.spending_table),
        jobs=JobsTable(settings.jobs_table),
        leases=ModelsTable(settings.models_table),
        terms=settings.quote_terms,
        budget=settings.budget,
    )


@entry(ReserveBudget)
def lambda_handler(event: ReserveBudget, _: LambdaContext) -> Reserved:
    return handle(event, _deps(), now=datetime.now(UTC))


def handle(event: ReserveBudget, deps: Deps, *, now: datetime) -> Reserved:
    job, looker = event.job, looker_with(event.model, deps.leases)
    wanted = reservation(event.plan, looker, deps.terms, published_prices(), event.counted)
    require_within_job_budget(job, wanted, deps.budget)
    match _book(job, wanted, deps, now):
        case "settled" if _has_ended(job, deps.jobs):
            raise JobCanceled(f"Job {job.job_id} reserves nothing", "it has ended")
        case "over":
            assert deps.budget.per_month is not None, "without a limit nothing is over it"
            raise over_month_budget(job, wanted, deps.budget.per_month, deps.spending.total(account_of(job)))
    return Reserved(usd=float(wanted.usd))


def _has_ended(job: Job, jobs: JobStore) -> bool:
    record = jobs.get(job.job_id)
    return record is None or record.state.is_terminal


def _book(job: Job, wanted: Reservation, deps: Deps, now: datetime) -> Booking:
    account, limit, until = account_of(job), deps.budget.per_month, now + LONGEST_JOB
    booked = deps.spending.reserve(account, job.job_id, wanted, limit=limit, until=until)
    if booked == "over" and _settle_overdue(account, deps, now):
        booked = deps.spending.reserve(account, job.job_id, wanted, limit=limit, until=until)
    return booked


def _settle_overdue(account: Account, deps: Deps, now: datetime) -> bool:
    """Settle what jobs reserved that died without a word; say whether there were any."""
    overdue = deps.spending.overdue(account, now=now)
    for job_id, reserved in overdue.items():
        record = deps.jobs.get(job_id)
        deps.spending.settle(account, job_id, spent_when_ended(reserved, record))
    return bool(overdue)
