"""Spending: what a month's jobs have cost."""

from brandlens.api.spending import MonthSpending, ProjectSpending, SpendingQuery
from brandlens.cost import added_up
from brandlens.cost.budget import month_of
from brandlens.cost.monthly import monthly
from functions.api.call import Call
from functions.api.deps import Deps


def show_spending(call: Call, deps: Deps) -> MonthSpending:
    query: SpendingQuery = call.query
    month = query.month or month_of(call.now)
    found = monthly(deps.spending, (project.name for project in deps.projects.list()), month)
    limit = deps.settings.budget_per_month
    return MonthSpending(
        month=month,
        projects=tuple(
            ProjectSpending(
                project=each.project, jobs=each.jobs, spent=each.spent, booked_usd=float(each.booked)
            )
            for each in found
        ),
        total=added_up(each.spent for each in found),
        booked_usd=float(sum(each.booked for each in found)),
        budget_per_month=None if limit is None else float(limit),
    )
