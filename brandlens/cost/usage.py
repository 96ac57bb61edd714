"""What was used -> what it costs."""

from collections.abc import Iterable

from pydantic import Field

from brandlens.cost.prices import PriceList
from brandlens.jobs import Value
from brandlens.results import Cost, CostItem

_PARTED = "; "


class Usage(Value):
    """What a piece of work used, each in the unit it is priced by."""

    inference_hours: float = Field(default=0.0, ge=0)
    """Hours a Rekognition Custom Labels model ran for the job, times its inference units."""
    training_hours: float = Field(default=0.0, ge=0)
    """Hours that Rekognition Custom Labels bills for a training."""
    embedded_training_hours: float = Field(default=0.0, ge=0)
    """Hours that SageMaker bills for a training of the embedded detector."""
    lambda_gb_seconds: float = Field(default=0.0, ge=0)
    lambda_requests: int = Field(default=0, ge=0)
    state_transitions: int = Field(default=0, ge=0)
    """Of Standard workflows."""
    express_requests: int = Field(default=0, ge=0)
    express_gb_seconds: float = Field(default=0.0, ge=0)
    s3_writes: int = Field(default=0, ge=0)
    """PUT, COPY, POST and LIST requests."""
    s3_reads: int = Field(default=0, ge=0)
    """GET requests."""


def cost_of(usage: Usage, prices: PriceList) -> Cost:
    """Price what was used; what was not used has no item. Amounts are not rounded."""
    items = tuple(prices.prices[field].item(float(quantity)) for field, quantity in usage if quantity)
    return Cost(estimated_usd=sum(item.usd for item in items), items=items, basis=prices.basis)


def added_up(costs: Iterable[Cost]) -> Cost:
    """Add costs up, item by item in the order in which items first come; bases are named once each.

    A basis may be of several parts, separated by semicolons.
    """
    costs = list(costs)
    items: dict[str, CostItem] = {}
    for item in (item for cost in costs for item in cost.items):
        before = items.get(item.name)
        if before is not None:
            both = {"quantity": before.quantity + item.quantity, "usd": before.usd + item.usd}
            item = item.model_copy(update=both)
        items[item.name] = item
    bases = dict.fromkeys(part for cost in costs if cost.basis for part in cost.basis.split(_PARTED))
    return Cost(
        estimated_usd=sum(cost.estimated_usd for cost in costs),
        items=tuple(items.values()),
        basis=_PARTED.join(bases) or None,
    )
