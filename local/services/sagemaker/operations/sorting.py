"""The order and the filter by name that every List operation has."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar


class Named(Protocol):
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


def in_order(
    items: Iterable[T], params: Mapping[str, Any], keys: Mapping[str, Callable[[T], Any]], *, default: str
) -> list[T]:
    """Return the items whose name contains `NameContains`, by `SortBy` and `SortOrder`, ascending if unsaid.

    `keys` gives what each `SortBy` compares, `default` the one to sort by where the request does not say.
    """
    part = params.get("NameContains", "").lower()
    found = [item for item in items if part in item.name.lower()]
    descending = params.get("SortOrder") == "Descending"
    return sorted(found, key=keys[params.get("SortBy", default)], reverse=descending)
