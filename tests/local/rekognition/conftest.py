"""The service as it is run, beside the emulator, each in a process of its own."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.local import beside_emulator
from tests.local.beside_emulator import KEY, REGION, served
from tests.local.rekognition.teaching import BUCKET

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client

ENGINE = "tests.local.rekognition.colour_engine:ColourEngine"


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with beside_emulator.emulator(tmp_path_factory.mktemp("emulator")) as url:
        yield url


@pytest.fixture(scope="session")
def s3(emulator: str) -> "S3Client":
    client: S3Client = beside_emulator.client("s3", emulator)
    client.create_bucket(Bucket=BUCKET)
    return client


@dataclass(frozen=True)
class Service:
    url: str
    process: subprocess.Popen[bytes]

    def client(self, key: str = KEY, region: str = REGION) -> "RekognitionClient":
        made: RekognitionClient = beside_emulator.client("rekognition", self.url, key=key, region=region)
        return made


Serve = Callable[..., AbstractContextManager[Service]]


@pytest.fixture(scope="session")
def serve(emulator: str, s3: "S3Client") -> Serve:
    """Run the service on a folder; options are those of its command line."""

    @contextmanager
    def run(state: Path, **options: float) -> Iterator[Service]:
        settings = {"start-seconds": 0.3, "training-seconds": 0.5, "calls-per-second-per-unit": 1000.0}
        settings |= {name.replace("_", "-"): value for name, value in options.items()}
        arguments = ["local.services.rekognition", "--state", str(state), "--s3-endpoint", emulator]
        arguments += ["--engine", ENGINE, *(f"--{name}={value}" for name, value in settings.items())]
        with served(arguments) as (url, process):
            yield Service(url, process)

    return run


@pytest.fixture(scope="session")
def service(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serve(tmp_path_factory.mktemp("rekognition")) as running:
        yield running


@pytest.fixture(scope="session")
def client(service: Service) -> "RekognitionClient":
    return service.client()
