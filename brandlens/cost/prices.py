"""Published prices, kept in one dated file with their sources."""

import json
from functools import cache
from importlib import resources

from brandlens.jobs import Value
from brandlens.results import CostItem


class Price(Value):
    """USD for `per` of `unit`, as `source` published it."""

    name: str
    usd: float
    per: float
    unit: str
    source: str

    def item(self, quantity: float) -> CostItem:
        """Price so much of the unit; the amount is not rounded."""
        return CostItem(name=self.name, quantity=quantity, unit=self.unit, usd=quantity * self.usd / self.per)


class PriceList(Value):
    """Published prices of one region, without free tiers, volume discounts or taxes; `recorded` is a date."""

    region: str
    recorded: str
    prices: dict[str, Price]
    """By the `Usage` field that each prices; besides those `labeled_objects`, `stored_gb_months` and
    `accelerated_gb`, which analyses and trainings do not measure."""

    @property
    def basis(self) -> str:
        """Whose prices these are, as a phrase."""
        return f"AWS's published prices for {self.region}, recorded {self.recorded}"


@cache
def published_prices() -> PriceList:
    """Return the price list that comes with brandlens."""
    return PriceList.model_validate(
        json.loads(resources.files("brandlens.cost").joinpath("prices.json").read_bytes())
    )
