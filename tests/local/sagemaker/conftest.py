"""The labeling service as it is run, beside the emulator, each in a process of its own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from local.home import PACKAGES
from tests.local import beside_emulator
from tests.local.sagemaker.requests import BUCKET, Labeling

EVENT_SOURCE = "brandlens.labeling"

Serve = Callable[[Path], AbstractContextManager[Labeling]]


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with beside_emulator.emulator(tmp_path_factory.mktemp("emulator")) as url:
        yield url


@pytest.fixture(scope="session")
def s3(emulator: str) -> Any:
    client = beside_emulator.client("s3", emulator)
    client.create_bucket(Bucket=BUCKET)
    return client


@pytest.fixture(scope="session")
def serve(emulator: str, s3: Any) -> Serve:
    """Run the service on a folder, with what its jobs need in S3."""

    @contextmanager
    def run(state: Path) -> Iterator[Labeling]:
        arguments = ["local.services.sagemaker", "--state", str(state), "--packages", str(PACKAGES)]
        arguments += ["--aws-endpoint", emulator, "--event-source", EVENT_SOURCE, "--start-seconds", "0"]
        with beside_emulator.served(arguments) as (url, _):
            labeling = Labeling(url, beside_emulator.client("sagemaker", url), s3)
            labeling.prepare()
            yield labeling

    return run


@pytest.fixture(scope="session")
def labeling(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Labeling]:
    with serve(tmp_path_factory.mktemp("sagemaker")) as running:
        yield running
