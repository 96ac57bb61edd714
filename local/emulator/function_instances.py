"""How many instances of one function run at once: MiniStack starts as many as there are calls, as AWS does.

A machine of a few cores only gets slower by it, since each instance's start costs half a second of a core.
Calls past the limit wait here for a warm instance. No function calls another, so none waits for its caller.
"""

import os
import threading
from collections import defaultdict
from typing import Any

from ministack.services import lambda_svc

LIMIT = 2 * (os.cpu_count() or 1)


def build() -> None:
    acquire, release = lambda_svc._acquire_execution_slot, lambda_svc._release_execution_slot
    gates: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(LIMIT))
    lock = threading.Lock()

    def gate(key: str) -> threading.Semaphore:
        with lock:
            return gates[key]

    def acquire_execution_slot(function: Any, config: Any) -> tuple[str | None, str | None]:
        key = lambda_svc._inflight_key(config)
        gate(key).acquire()
        slot, limit = acquire(function, config)
        if slot is None:
            gate(key).release()
        return slot, limit

    def release_execution_slot(key: str | None) -> None:
        release(key)
        if key is not None:
            gate(key).release()

    lambda_svc._acquire_execution_slot = acquire_execution_slot
    lambda_svc._release_execution_slot = release_execution_slot
