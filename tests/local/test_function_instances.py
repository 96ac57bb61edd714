import threading
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest
from ministack.services import lambda_svc

from local.emulator import function_instances


class _Instances:
    """MiniStack's account of what runs, which is all that the bridge stands before."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.most = 0
        self._lock = threading.Lock()

    def acquire(self, _function: Any, config: Any) -> tuple[str | None, str | None]:
        if config["name"] == "refused":
            return None, "account"
        with self._lock:
            self.running.append(config["name"])
            self.most = max(self.most, self.running.count("busy"))
        return config["name"], None

    def release(self, key: str | None) -> None:
        with self._lock:
            self.running.remove(str(key))


@pytest.fixture
def instances(monkeypatch: pytest.MonkeyPatch) -> _Instances:
    instances = _Instances()
    monkeypatch.setattr(lambda_svc, "_inflight_key", lambda config: config["name"])
    monkeypatch.setattr(lambda_svc, "_acquire_execution_slot", instances.acquire)
    monkeypatch.setattr(lambda_svc, "_release_execution_slot", instances.release)
    function_instances.build()
    return instances


def _call(name: str) -> None:
    slot, _ = lambda_svc._acquire_execution_slot({}, {"name": name})
    threading.Event().wait(0.01)
    lambda_svc._release_execution_slot(slot)


def test_calls_past_the_limit_wait_and_all_are_served(instances: _Instances) -> None:
    with ThreadPoolExecutor(40) as callers:
        _, waiting = wait([callers.submit(_call, "busy") for _ in range(40)], timeout=20)
    assert not waiting
    assert instances.most == function_instances.LIMIT
    assert instances.running == []


def test_one_functions_burst_does_not_hold_up_another(instances: _Instances) -> None:
    for _ in range(function_instances.LIMIT):
        lambda_svc._acquire_execution_slot({}, {"name": "busy"})
    assert lambda_svc._acquire_execution_slot({}, {"name": "other"}) == ("other", None)


def test_a_call_that_the_emulator_refuses_takes_no_place(instances: _Instances) -> None:
    for _ in range(function_instances.LIMIT + 1):
        assert lambda_svc._acquire_execution_slot({}, {"name": "refused"}) == (None, "account")
