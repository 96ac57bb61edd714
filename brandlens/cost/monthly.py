"""What the jobs of a month have cost, by project."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from brandlens.cost.budget import Account
from brandlens.cost.ports import SpendingLedger
from brandlens.cost.usage import added_up
from brandlens.results import Cost


@dataclass(frozen=True)
class ProjectMonth:
    """What a project's `jobs` jobs of one month have `spent`, and what is set aside for others."""

    project: str
    jobs: int
    spent: Cost
    booked: Decimal


def monthly(ledger: SpendingLedger, projects: Iterable[str], month: str) -> Sequence[ProjectMonth]:
    """Return what each project's jobs that were received in `month` (2026-11, say) cost, by project.

    These are `projects` and all that have cost anything, for what is deleted has been paid for nonetheless.
    """
    names = sorted({*projects, *ledger.projects(month)})
    return [_of(ledger, Account(project=name, month=month)) for name in names]


def _of(ledger: SpendingLedger, account: Account) -> ProjectMonth:
    # The total first: a job that ends in between counts as spent, and at most as booked besides.
    total = ledger.total(account)
    spendings = ledger.spendings(account)
    spent = sum((each.usd for each in spendings), Decimal(0))
    return ProjectMonth(
        project=account.project,
        jobs=len(spendings),
        spent=added_up(each.cost for each in spendings),
        booked=max(total - spent, Decimal(0)),
    )
