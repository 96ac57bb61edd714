"""What a training cost: people's labels, and the hours of the service that trained."""

from brandlens.cost import Usage, cost_of, published_prices
from brandlens.results import Cost


def training_cost(labeling: Cost | None, billable_seconds: int) -> Cost:
    """Add what the service bills to what labeling cost, null where the labels came with the batch.

    `billable_seconds` are 0 where the version was trained, and paid for, by an earlier job.
    """
    service = cost_of(Usage(training_hours=billable_seconds / 3600), published_prices())
    if labeling is None:
        return service
    return Cost(
        estimated_usd=labeling.estimated_usd + service.estimated_usd,
        items=(*labeling.items, *service.items),
        basis=f"{labeling.basis} and {service.basis}",
    )
