"""The service as it is run, beside the emulator, each in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config

from tests.local.rekognition.teaching import BUCKET

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_s3 import S3Client

ENGINE = "tests.local.rekognition.colour_engine:ColourEngine"
KEY, SECRET = "AKIAIOSFODNN7LOCALROOT", "local-root-secret"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(
    arguments: list[str], environment: dict[str, str], health: str
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, *arguments], env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(health, timeout=5):
                    break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, f"{arguments} ended with {process.returncode}"
                assert time.monotonic() < deadline, f"{arguments} is not up"
                time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _free_port()
    state = tmp_path_factory.mktemp("emulator")
    url = f"http://127.0.0.1:{port}"
    environment = {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "STATE_DIR": str(state / "state"),
        "S3_DATA_DIR": str(state / "s3"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
    with _running(["-m", "ministack"], environment, f"{url}/_ministack/ready"):
        yield url


@pytest.fixture(scope="session")
def s3(emulator: str) -> "S3Client":
    client = boto3.client(
        "s3",
        endpoint_url=emulator,
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    )
    client.create_bucket(Bucket=BUCKET)
    return client


@dataclass(frozen=True)
class Service:
    url: str
    process: subprocess.Popen[bytes]

    def client(self, key: str = KEY, region: str = "us-east-1") -> "RekognitionClient":
        return boto3.client(
            "rekognition",
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=key,
            aws_secret_access_key=SECRET,
            config=Config(retries={"total_max_attempts": 1}),
        )


Serve = Callable[..., AbstractContextManager[Service]]


@pytest.fixture(scope="session")
def serve(emulator: str, s3: "S3Client") -> Serve:
    """Run the service on a folder; options are those of its command line."""

    @contextmanager
    def run(state: Path, **options: float) -> Iterator[Service]:
        settings = {"start-seconds": 0.3, "training-seconds": 0.5, "calls-per-second-per-unit": 1000.0}
        settings |= {name.replace("_", "-"): value for name, value in options.items()}
        port = _free_port()
        arguments = ["-m", "local.services.rekognition", "--port", str(port), "--state", str(state)]
        arguments += [
            "--s3-endpoint",
            emulator,
            "--engine",
            "tests.local.rekognition.colour_engine:ColourEngine",
        ]
        arguments += [f"--{name}={value}" for name, value in settings.items()]
        environment = {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        url = f"http://127.0.0.1:{port}"
        with _running(arguments, environment, f"{url}/health") as process:
            yield Service(url, process)

    return run


@pytest.fixture(scope="session")
def service(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serve(tmp_path_factory.mktemp("rekognition")) as running:
        yield running


@pytest.fixture(scope="session")
def client(service: Service) -> "RekognitionClient":
    return service.client()
