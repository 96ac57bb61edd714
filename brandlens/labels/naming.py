"""Finds the picture that annotations mean: they were often made elsewhere, in other folders."""

from collections import defaultdict
from collections.abc import Collection, Iterable


def found_as(name: str, names: Collection[str]) -> str | None:
    """Return that of `names` which `name` ends in, the longest such path, or None.

    For `s3://bucket/a/b.jpg` that is `bucket/a/b.jpg`, `a/b.jpg` or `b.jpg`.
    """
    tail = name.removeprefix("s3://")
    while tail:
        if tail in names:
            return tail
        tail = tail.partition("/")[2]
    return None


class Endings:
    """Names asked for by how they end, which is the other way round."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._by_last[name.rpartition("/")[2]].append(name)

    def nearest(self, path: str) -> list[str]:
        """Return `path` itself where it is a name, otherwise every name that ends in the most of it."""
        alike = self._by_last.get(path.rpartition("/")[2], [])
        if path in alike:
            return [path]
        tail = path
        while tail:
            if found := [name for name in alike if f"/{name}".endswith(f"/{tail}")]:
                return found
            tail = tail.partition("/")[2]
        return []
