"""Where torch works: on a GPU or the CPU, and on threads and from a random state that are the process's."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


def best_device() -> torch.device:
    """Return the GPU if there is one, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@contextmanager
def torch_on(threads: int, *, seed: int) -> Iterator[None]:
    """Have torch work on `threads` threads from a seed, and put both back: others may use it too."""
    before = torch.get_num_threads()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.set_num_threads(threads)
        try:
            yield
        finally:
            torch.set_num_threads(before)
