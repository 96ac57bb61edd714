"""Tables of quotes and costs."""

import math
from collections.abc import Sequence

from brandlens.cli.console import make_table, out
from brandlens.cli.quoting import QuotedFile
from brandlens.cost.budget import Spending
from brandlens.cost.quote import Looker, Terms, assumed
from brandlens.exposure.wording import dollars, quantity
from brandlens.results import Cost, CostItem

_COUNTED = ("requests", "state transitions")
"""Units that come whole; of a job that ended early they are estimated."""
_FIGURES = ("Frames", "Asked at most", "Model minutes", "Costs at most")


def print_quotes(quotes: Sequence[QuotedFile], total: Cost, looker: Looker, terms: Terms) -> None:
    """One row a file and one for all, then what that is made of and what it rests on."""
    table = make_table("File", *_FIGURES, numeric=_FIGURES)
    for each in quotes:
        one = each.quote
        table.add_row(
            each.file,
            f"{one.frames:,}",
            f"{one.inference_calls:,}",
            f"{one.model_minutes:,.1f}",
            dollars(one.cost.estimated_usd),
        )
    if len(quotes) > 1:
        table.add_row(
            "All",
            f"{sum(each.quote.frames for each in quotes):,}",
            f"{sum(each.quote.inference_calls for each in quotes):,}",
            f"{sum(each.quote.model_minutes for each in quotes):,.1f}",
            dollars(total.estimated_usd),
        )
    out.print(table)
    out.print()
    print_items(total)
    for sentence in assumed(looker, terms):
        out.print(sentence, soft_wrap=True)


def print_costs(spendings: Sequence[Spending]) -> None:
    """One row a job."""
    table = make_table("Job", "Cost", numeric=("Cost",))
    for each in spendings:
        table.add_row(each.job_id, dollars(each.cost.estimated_usd))
    out.print(table)
    out.print()


def print_items(cost: Cost) -> None:
    """One row an item, then the sum and whose prices these are."""
    table = make_table("Item", "Quantity", "Unit", "Cost", numeric=("Quantity", "Cost"))
    for item in cost.items:
        table.add_row(item.name, _amount(item), item.unit, dollars(item.usd))
    table.add_row("All", "", "", dollars(cost.estimated_usd))
    out.print(table)
    if cost.basis:
        out.print(f"By {cost.basis}.", soft_wrap=True)


def _amount(item: CostItem) -> str:
    return f"{math.ceil(item.quantity):,}" if item.unit in _COUNTED else quantity(item.quantity)
