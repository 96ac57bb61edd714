"""Reads many small files: where they lie in S3, each takes a while to come."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

_THREADS = 16


def contents(files: Mapping[str, bytes], names: Iterable[str]) -> Iterator[bytes]:
    """Yield the content of each of the named files, in order; several are read at a time."""
    with ThreadPoolExecutor(_THREADS) as pool:
        yield from pool.map(files.__getitem__, names)
