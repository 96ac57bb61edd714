"""Quotes of files before they are uploaded."""

from brandlens.api.quotes import BudgetRoom, NewQuote, QuoteAnswer
from brandlens.api.quoting import quote_described
from brandlens.cost import added_up, published_prices
from brandlens.cost.budget import Account, month_of
from brandlens.cost.looker import looker_of
from brandlens.cost.quote import assumed
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views.lookups import known_project


def quote_files(call: Call, deps: Deps) -> QuoteAnswer:
    new: NewQuote = call.body
    project = known_project(new.project, deps)
    looker, terms = looker_of(project, deps.house.leases), deps.settings.quote_terms
    quoted = quote_described(new.files, looker, terms, published_prices())
    booked = deps.spending.total(Account(project=project.name, month=month_of(call.now)))
    settings = deps.settings
    return QuoteAnswer(
        files=tuple(quoted),
        total=added_up(each.quote.cost for each in quoted),
        assumed=assumed(looker, terms),
        budget=BudgetRoom(
            per_job=None if settings.budget_per_job is None else float(settings.budget_per_job),
            per_month=None if settings.budget_per_month is None else float(settings.budget_per_month),
            booked_this_month=float(booked),
        ),
    )
