"""Borrows torch: its threads and random state are the process's, and others may use it too."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def torch_on(threads: int, *, seed: int) -> Iterator[None]:
    """Have torch work on `threads` threads from a seed, and put both back as they were."""
    before = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.set_num_threads(threads)
        try:
            yield
        finally:
            torch.set_num_threads(before)
