"""What work costs at published prices: before it is done (a quote, a bound) and after (what really ran).

::

    usage  = Usage(inference_hours=0.25, lambda_requests=40)    what was used, or will be at most
    cost   = cost_of(usage, published_prices())                 the same in USD, item by item

An analysis' usage comes from `brandlens.cost.analysis`, before it begins from `brandlens.cost.quote`; what a
project may spend is kept by `brandlens.cost.budget`.
"""

from brandlens.cost.prices import PriceList, published_prices
from brandlens.cost.usage import Usage, added_up, cost_of

__all__ = ["PriceList", "Usage", "added_up", "cost_of", "published_prices"]
