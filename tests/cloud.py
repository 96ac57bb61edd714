"""A private local cloud for tests: its own home, its own ports, gone when the session ends.

Under pytest-xdist each worker that asks for it has one of its own; `xdist_group("cloud")` on a test keeps
those that share it in one worker.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from local.cloud import LocalCloud, reset, up
from local.home import Home

TRAINING_SECONDS = "45"
"""Enough to tell two large, flat logos apart, though other tests run beside it."""


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """Deploy the whole program of `infra/` into a fresh local cloud, whose trainings are short."""
    home = private_home(tmp_path_factory.mktemp("cloud"))
    with pytest.MonkeyPatch.context() as patch:
        # Until the end: who brings the cloud up again means the same settings.
        patch.setenv("BRANDLENS_TRAINING_SECONDS", TRAINING_SECONDS)
        patch.setenv("BRANDLENS_TRAIL", str(trail_of(home)))
        started = up(home=home)
        yield started
        reset(home=home)


def private_home(folder: Path) -> Home:
    """Return a home that shares nothing with the developer's own."""
    return Home(folder / "local")


def trail_of(home: Home) -> Path:
    """Return the file of what roles did in that cloud, as `local/emulator/trail.py` writes it."""
    return home.path.with_name("trail.jsonl")


def client(cloud: LocalCloud, service: str) -> Any:
    """Return a client that calls `cloud` as its developer."""
    return _client(cloud.endpoint, cloud.access_key_id, cloud.secret_access_key, cloud.region, service)


@cache
def _client(endpoint: str, key: str, secret: str, region: str, service: str) -> Any:
    session: Any = boto3.Session(key, secret, region_name=region)
    return session.client(service, endpoint_url=endpoint, config=Config(retries={"total_max_attempts": 1}))
