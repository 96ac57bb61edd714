"""What a training cost: people's labels, and the hours of the service that trained."""

from brandlens.cost import Usage, cost_of, published_prices
from brandlens.jobs import DetectorName
from brandlens.results import Cost


def training_cost(labeling: Cost | None, billable_seconds: int, detector: DetectorName) -> Cost:
    """Add what the service bills to what labeling cost, null where the labels came with the batch.

    `billable_seconds` are 0 where the version was trained, and paid for, by an earlier job.
    """
    hours = billable_seconds / 3600
    used = Usage(training_hours=hours) if detector == "rekognition" else Usage(embedded_training_hours=hours)
    service = cost_of(used, published_prices())
    if labeling is None:
        return service
    return Cost(
        estimated_usd=labeling.estimated_usd + service.estimated_usd,
        items=(*labeling.items, *service.items),
        basis=f"{labeling.basis} and {service.basis}",
    )
