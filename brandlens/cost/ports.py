"""Where spending is booked, as a protocol."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

from brandlens.cost.budget import Account, Reservation, Spending
from brandlens.results import Cost

Booking = Literal["reserved", "over", "settled"]
"""What became of a reservation: made, without room in the limit, or too late because the job has ended."""


class SpendingLedger(Protocol):
    """What jobs spent and may yet spend, by account. Safe to write to from many jobs at once.

    An account's total is the sum of its jobs' reservations and spendings at every moment. A job has at most
    one of either.
    """

    def reserve(
        self,
        account: Account,
        job_id: str,
        reservation: Reservation,
        *,
        limit: Decimal | None,
        until: datetime,
    ) -> Booking:
        """Have this be the job's reservation, in the place of an earlier one.

        Nothing changes where the account's total would come to more than `limit`. From `until` on the job
        cannot be running any more. `Throttled` when too many others were booking.
        """
        ...

    def settle(self, account: Account, job_id: str, cost: Cost) -> bool:
        """Put what the job spent in the place of its reservation; False when it was settled before."""
        ...

    def total(self, account: Account) -> Decimal:
        """Everything that is reserved and spent."""
        ...

    def projects(self, month: str) -> Sequence[str]:
        """Return every project that anything was booked for in the month, by name, those deleted since too.

        What was booked a moment ago may be left out.
        """
        ...

    def reservation(self, account: Account, job_id: str) -> Reservation | None: ...
    def overdue(self, account: Account, *, now: datetime) -> Mapping[str, Reservation]:
        """Reservations whose jobs cannot be running any more, by job."""
        ...

    def spending(self, account: Account, job_id: str) -> Spending | None: ...
    def spendings(self, account: Account) -> Sequence[Spending]:
        """What every job that has ended spent, by job id."""
        ...
