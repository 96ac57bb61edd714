"""What an analysis used -> what it costs at published prices."""

import json
from functools import cache
from importlib import resources

from pydantic import Field

from brandlens.jobs import Value
from brandlens.results import Cost, CostItem


class Price(Value):
    """USD for `per` of `unit`, as `source` published it."""

    name: str
    usd: float
    per: float
    unit: str
    source: str


class PriceList(Value):
    """Published prices of one region, without free tiers, volume discounts or taxes; `recorded` is a date."""

    region: str
    recorded: str
    prices: dict[str, Price]
    """By the `Usage` field that each prices."""


class Usage(Value):
    """What one analysis used, each in the unit it is priced by."""

    inference_hours: float = Field(default=0.0, ge=0)
    """Hours a Rekognition Custom Labels model ran for the job, times its inference units."""
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


@cache
def published_prices() -> PriceList:
    """Return the price list that comes with brandlens."""
    return PriceList.model_validate(
        json.loads(resources.files("brandlens").joinpath("prices.json").read_bytes())
    )


def cost_of(usage: Usage, prices: PriceList) -> Cost:
    """Price what was used; what was not used has no item. Amounts are not rounded."""
    items = tuple(
        CostItem(name=price.name, quantity=quantity, unit=price.unit, usd=quantity * price.usd / price.per)
        for field, price in prices.prices.items()
        if (quantity := float(getattr(usage, field)))
    )
    basis = f"AWS's published prices for {prices.region}, recorded {prices.recorded}"
    return Cost(estimated_usd=sum(item.usd for item in items), items=items, basis=basis)
