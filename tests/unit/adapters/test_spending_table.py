"""What jobs spend and may yet spend: one contract for the table and its fake."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandlens.adapters.spending_table import SpendingTable
from brandlens.cost.budget import Account, Reservation
from brandlens.cost.ports import Booking, SpendingLedger
from tests.jobs import NOW
from tests.spending import FakeSpending, cost
from tests.unit.adapters.tables import schema

ACCOUNT = Account(project="cup", month="2026-11")
LATER = NOW + timedelta(hours=14)


def make_table(session: boto3.Session) -> None:
    """Make the table as `infra/components/tables.py` does."""
    keys = ["account", "sk"]
    session.client("dynamodb").create_table(
        TableName="spending",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=schema(keys),  # type: ignore[arg-type]
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in (*keys, "month")],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by_month",
                "KeySchema": schema(["month", "account"]),  # type: ignore[typeddict-item]
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )


@pytest.fixture(params=["table", "fake"])
def ledger(request: pytest.FixtureRequest, session: boto3.Session) -> SpendingLedger:
    if request.param == "fake":
        return FakeSpending()
    make_table(session)
    return SpendingTable("spending", session)


def reserve(
    ledger: SpendingLedger, job: str, usd: float, *, limit: float | None = 10, account: Account = ACCOUNT
) -> Booking:
    return ledger.reserve(
        account,
        job,
        Reservation(extraction=cost(usd), begun=cost(usd)),
        limit=None if limit is None else Decimal(str(limit)),
        until=LATER,
    )


def test_reservations_and_spendings_add_up_to_the_total(ledger: SpendingLedger) -> None:
    assert ledger.total(ACCOUNT) == 0
    assert reserve(ledger, "a", 2.5) == "reserved"
    assert reserve(ledger, "b", 1.25) == "reserved"
    assert ledger.settle(ACCOUNT, "a", cost(0.1))
    assert ledger.total(ACCOUNT) == Decimal("1.35")


def test_what_leaves_no_room_is_not_reserved_and_changes_nothing(ledger: SpendingLedger) -> None:
    assert reserve(ledger, "a", 9) == "reserved"
    assert reserve(ledger, "b", 1.000001) == "over"
    assert reserve(ledger, "c", 11) == "over"
    assert ledger.total(ACCOUNT) == 9
    assert ledger.reservation(ACCOUNT, "b") is None
    assert reserve(ledger, "b", 1) == "reserved"


def test_without_a_limit_everything_is_reserved(ledger: SpendingLedger) -> None:
    assert reserve(ledger, "a", 1e6, limit=None) == "reserved"
    assert ledger.total(ACCOUNT) == 1_000_000


def test_a_later_reservation_takes_the_place_of_an_earlier_one(ledger: SpendingLedger) -> None:
    reserve(ledger, "a", 2)
    assert reserve(ledger, "a", 9) == "reserved"
    assert ledger.total(ACCOUNT) == 9
    assert reserve(ledger, "a", 11) == "over"
    assert ledger.reservation(ACCOUNT, "a") == Reservation(extraction=cost(9), begun=cost(9))
    assert reserve(ledger, "a", 1) == "reserved"
    assert ledger.total(ACCOUNT) == 1


def test_a_smaller_reservation_is_taken_though_the_limit_was_lowered(ledger: SpendingLedger) -> None:
    reserve(ledger, "a", 9)
    assert reserve(ledger, "a", 8, limit=5) == "reserved"


def test_what_a_job_spent_counts_once_and_for_good(ledger: SpendingLedger) -> None:
    reserve(ledger, "a", 2)
    assert ledger.settle(ACCOUNT, "a", cost(1))
    assert not ledger.settle(ACCOUNT, "a", cost(5))
    assert reserve(ledger, "a", 3) == "settled"
    assert ledger.total(ACCOUNT) == 1
    assert ledger.reservation(ACCOUNT, "a") is None
    spending = ledger.spending(ACCOUNT, "a")
    assert spending is not None
    assert spending.cost == cost(1)


def test_a_job_that_reserved_nothing_is_settled_too_even_above_the_limit(ledger: SpendingLedger) -> None:
    assert ledger.settle(ACCOUNT, "a", cost(12))
    assert ledger.total(ACCOUNT) == 12
    assert reserve(ledger, "b", 0.01) == "over"


def test_accounts_have_nothing_to_do_with_each_other(ledger: SpendingLedger) -> None:
    others = [Account(project="cup", month="2026-12"), Account(project="cup-2", month="2026-11")]
    reserve(ledger, "a", 10)
    for other in others:
        assert ledger.total(other) == 0
        assert reserve(ledger, "a", 10, account=other) == "reserved"
        assert ledger.spendings(other) == []
        assert ledger.spending(other, "a") is None


def test_a_months_projects_are_those_that_anything_was_booked_for(ledger: SpendingLedger) -> None:
    assert ledger.projects(ACCOUNT.month) == []
    reserve(ledger, "a", 1, account=Account(project="cup-2", month=ACCOUNT.month))
    ledger.settle(ACCOUNT, "b", cost(1))
    ledger.settle(ACCOUNT, "c", cost(1))
    reserve(ledger, "d", 1, account=Account(project="league", month="2026-12"))
    assert ledger.projects(ACCOUNT.month) == ["cup", "cup-2"]
    assert ledger.projects("2026-12") == ["league"]


def test_spendings_are_listed_by_job_and_reservations_are_none(ledger: SpendingLedger) -> None:
    for number, job in enumerate("cab"):
        ledger.settle(ACCOUNT, job, cost(number))
    reserve(ledger, "d", 1)
    assert [(one.job_id, one.usd) for one in ledger.spendings(ACCOUNT)] == [("a", 1), ("b", 2), ("c", 0)]


def test_a_reservation_is_overdue_once_its_job_cannot_be_running(ledger: SpendingLedger) -> None:
    reserve(ledger, "a", 1)
    reserve(ledger, "b", 1)
    ledger.settle(ACCOUNT, "b", cost(1))
    assert ledger.overdue(ACCOUNT, now=LATER - timedelta(seconds=1)) == {}
    assert ledger.overdue(ACCOUNT, now=LATER) == {"a": Reservation(extraction=cost(1), begun=cost(1))}


class Interrupted(SpendingTable):
    """Another caller books between this one's look and its booking, once."""

    def __init__(self, session: boto3.Session, meanwhile: Callable[[], object]) -> None:
        super().__init__("spending", session)
        self._meanwhile = [meanwhile]

    def _book(self, *actions: Any) -> Sequence[str] | None:
        if self._meanwhile:
            self._meanwhile.pop()()
        return super()._book(*actions)


def test_who_is_overtaken_by_its_own_job_books_on_what_that_left(session: boto3.Session) -> None:
    make_table(session)
    other = SpendingTable("spending", session)
    late = Interrupted(session, lambda: reserve(other, "a", 4))
    assert reserve(late, "a", 6) == "reserved"
    assert late.total(ACCOUNT) == 6
    late = Interrupted(session, lambda: reserve(other, "a", 3))
    assert late.settle(ACCOUNT, "a", cost(1))
    assert late.total(ACCOUNT) == 1
    late = Interrupted(session, lambda: other.settle(ACCOUNT, "b", cost(2)))
    assert reserve(late, "b", 3) == "settled"
    late = Interrupted(session, lambda: other.settle(ACCOUNT, "c", cost(2)))
    assert not late.settle(ACCOUNT, "c", cost(9))
    assert late.total(ACCOUNT) == 5


def test_who_is_overtaken_by_another_job_does_not_exceed_the_limit(session: boto3.Session) -> None:
    make_table(session)
    other = SpendingTable("spending", session)
    late = Interrupted(session, lambda: reserve(other, "b", 7))
    assert reserve(late, "a", 4) == "over"
    assert late.total(ACCOUNT) == 7


JOBS = st.sampled_from(["a", "b", "c"])
USD = st.floats(0, 8, allow_nan=False).map(lambda usd: round(usd, 4))
STEPS = st.lists(st.tuples(st.sampled_from(["reserve", "settle"]), JOBS, USD), max_size=12)


@given(steps=STEPS)
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_jobs_that_spend_no_more_than_they_reserved_never_exceed_the_limit(
    ledger: SpendingLedger, steps: list[tuple[str, str, float]]
) -> None:
    # Each example has accounts of its own: the same ledger is used for all.
    account = Account(project=uuid.uuid4().hex, month="2026-11")
    booked: dict[str, Decimal] = {}
    for what, job, usd in steps:
        if what == "reserve":
            if reserve(ledger, job, usd, account=account) == "reserved":
                booked[job] = Reservation(extraction=cost(usd), begun=cost(usd)).usd
        elif reservation := ledger.reservation(account, job):
            spent = cost(min(usd, float(reservation.usd)))
            assert ledger.settle(account, job, spent)
            assert not ledger.settle(account, job, cost(99))
            settled = ledger.spending(account, job)
            assert settled is not None
            booked[job] = settled.usd
        assert ledger.total(account) == sum(booked.values(), Decimal(0)) <= 10
