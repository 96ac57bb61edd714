from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.cost.budget import (
    Account,
    Budget,
    Reservation,
    account_of,
    dollars,
    money,
    month_of,
    require_within_job_budget,
    spent_when_ended,
)
from brandlens.errors import OverBudget
from brandlens.jobs import JobRecord, JobState
from brandlens.results import Cost, CostItem
from tests.jobs import NOW, job
from tests.spending import cost

JOB = job()


def of(*items: tuple[str, float]) -> Cost:
    priced = tuple(CostItem(name=name, quantity=usd * 2, unit="halves", usd=usd) for name, usd in items)
    return Cost(estimated_usd=sum(item.usd for item in priced), items=priced, basis="a list")


RESERVATION = Reservation(
    extraction=of(("decoding", 1)),
    begun=of(("decoding", 1), ("model", 2)),
    whole=of(("decoding", 1), ("model", 6), ("calls", 4)),
)


def record(step: str | None, done: int | None = None, total: int | None = None) -> JobRecord:
    return JobRecord(
        job_id=JOB.job_id,
        project=JOB.project,
        kind="analysis",
        state=JobState.FAILED,
        source=JOB.source,
        created_at=JOB.started_at,
        updated_at=NOW,
        step=step,
        done=done,
        total=total,
    )


def test_a_job_and_its_record_are_booked_in_one_account() -> None:
    assert account_of(JOB) == account_of(record("detect")) == Account(project="cup", month="2026-11")


def test_a_month_is_one_of_universal_time() -> None:
    west = timezone(timedelta(hours=-5))
    assert month_of(datetime(2026, 12, 31, 20, 0, tzinfo=west)) == "2027-01"
    assert month_of(datetime(2027, 1, 1, tzinfo=UTC)) == "2027-01"


@given(st.floats(0, 1e6))
def test_amounts_are_rounded_up_by_a_millionth_at_most(usd: float) -> None:
    assert 0 <= money(usd) - Decimal(repr(usd)) <= Decimal("0.000001")


@pytest.mark.parametrize("limit", ["11", "11.000001", None])
def test_a_job_within_its_budget_passes(limit: str | None) -> None:
    require_within_job_budget(JOB, RESERVATION, Budget(per_job=limit and Decimal(limit)))


def test_a_job_a_millionth_over_its_budget_is_refused() -> None:
    with pytest.raises(OverBudget, match=r"may cost 11\.00 USD and the budget of one job is 11\.00 USD"):
        require_within_job_budget(JOB, RESERVATION, Budget(per_job=Decimal("10.999999")))


@pytest.mark.parametrize(
    ("begun", "remedy"),
    [
        (11, "Raise budget_per_job"),
        (6, "Raise budget_per_job"),
        (3, "Raise budget_per_job, or lower sample_rate_hz"),
    ],
)
def test_fewer_frames_are_advised_only_where_one_is_within_the_budget(begun: int, remedy: str) -> None:
    reservation = Reservation(extraction=cost(1), begun=cost(begun), whole=cost(11))
    with pytest.raises(OverBudget) as refused:
        require_within_job_budget(JOB, reservation, Budget(per_job=Decimal(5)))
    assert refused.value.remedy == remedy


@pytest.mark.parametrize(
    ("ended", "usd"),
    [
        (record(None), 1),
        (record("probe"), 1),
        (record("extract", 90, 100), 1),
        (record("start model"), 3),
        (record("detect", 0, 40), 3),
        (record("detect", 10, 40), 3 + (11 - 3) / 4),
        (record("detect", 40, 40), 11),
        (record("detect", 99, 40), 11),
        (record("detect"), 11),
        (record("summarize"), 11),
        (None, 11),
    ],
)
def test_a_job_that_ended_early_spent_what_its_record_tells(ended: JobRecord | None, usd: float) -> None:
    spent = spent_when_ended(RESERVATION, ended)
    assert spent.estimated_usd == pytest.approx(usd)
    assert sum(item.usd for item in spent.items) == pytest.approx(usd)
    assert all(item.quantity == pytest.approx(item.usd * 2) for item in spent.items)
    assert spent.basis == "a list; at most, for the job did not come to its end"


def test_a_job_whose_frames_were_never_counted_spent_no_more_than_its_extraction() -> None:
    reservation = Reservation(extraction=cost(1), begun=cost(2))
    assert spent_when_ended(reservation, record("detect", 1, 2)).estimated_usd == 1


@given(st.integers(0, 100), st.integers(1, 100), st.sampled_from(["extract", "start model", "detect", "x"]))
def test_no_job_spends_more_than_it_reserved(done: int, total: int, step: str) -> None:
    spent = spent_when_ended(RESERVATION, record(step, done, total))
    assert 1 <= spent.estimated_usd <= 11 + 1e-9


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0.00 USD"),
        ("12.5", "12.50 USD"),
        ("1.891", "1.90 USD"),
        ("0.000213", "0.000213 USD"),
        ("1000", "1000.00 USD"),
    ],
)
def test_amounts_are_shown_in_cents_or_exactly_where_they_are_smaller(amount: str, shown: str) -> None:
    assert dollars(Decimal(amount)) == shown
