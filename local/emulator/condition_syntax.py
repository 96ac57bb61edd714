"""Conditions: MiniStack checks the syntax of a query's condition anew for every item of the partition, most
of a query's time."""

from functools import lru_cache

from ministack.services import dynamodb

REMEMBERED = 1000
"""Conditions. The values that they compare with are not in them."""


def build() -> None:
    dynamodb._condition_syntax_error = lru_cache(REMEMBERED)(dynamodb._condition_syntax_error)
