"""A `SpendingLedger` in memory, and costs that tests speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from threading import Lock

from brandlens.cost.budget import Account, Reservation, Spending
from brandlens.cost.ports import Booking
from brandlens.results import Cost, CostItem


def cost(usd: float) -> Cost:
    item = CostItem(name="work", quantity=usd, unit="dollars", usd=usd)
    return Cost(estimated_usd=usd, items=(item,), basis="what tests charge")


@dataclass
class FakeSpending:
    reserved: dict[tuple[Account, str], tuple[Reservation, datetime]] = field(default_factory=dict)
    spent: dict[tuple[Account, str], Spending] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def reserve(
        self,
        account: Account,
        job_id: str,
        reservation: Reservation,
        *,
        limit: Decimal | None,
        until: datetime,
    ) -> Booking:
        with self._lock:
            if (account, job_id) in self.spent:
                return "settled"
            before = self.reserved.get((account, job_id))
            more = reservation.usd - (before[0].usd if before else 0)
            if limit is not None and more > 0 and self.total(account) + more > limit:
                return "over"
            self.reserved[account, job_id] = reservation, until
            return "reserved"

    def settle(self, account: Account, job_id: str, cost: Cost) -> bool:
        with self._lock:
            if (account, job_id) in self.spent:
                return False
            self.reserved.pop((account, job_id), None)
            self.spent[account, job_id] = Spending(job_id=job_id, cost=cost)
            return True

    def total(self, account: Account) -> Decimal:
        amounts = [one.usd for (each, _), (one, _) in self.reserved.items() if each == account]
        return sum(amounts + [one.usd for one in self.spendings(account)], Decimal(0))

    def projects(self, month: str) -> Sequence[str]:
        booked = {account for account, _ in (*self.reserved, *self.spent)}
        return sorted(account.project for account in booked if account.month == month)

    def reservation(self, account: Account, job_id: str) -> Reservation | None:
        found = self.reserved.get((account, job_id))
        return found and found[0]

    def overdue(self, account: Account, *, now: datetime) -> Mapping[str, Reservation]:
        return {
            job_id: reservation
            for (each, job_id), (reservation, until) in self.reserved.items()
            if each == account and until <= now
        }

    def spending(self, account: Account, job_id: str) -> Spending | None:
        return self.spent.get((account, job_id))

    def spendings(self, account: Account) -> Sequence[Spending]:
        return [self.spent[key] for key in sorted(self.spent, key=lambda key: key[1]) if key[0] == account]
