"""Services of `local/services` as they are run: beside the emulator, each in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

KEY, SECRET = "AKIAIOSFODNN7LOCALROOT", "local-root-secret"
REGION = "us-east-1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    arguments: list[str], environment: dict[str, str], health: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python until the block ends; enter the block once `health` answers."""
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


@contextmanager
def emulator(state: Path) -> Iterator[str]:
    """Run the emulator on a folder; yield its URL."""
    port = free_port()
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
    with running(["-m", "ministack"], environment, f"{url}/_ministack/ready"):
        yield url


@contextmanager
def served(arguments: list[str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a service, given its module and options without the port; yield its URL and process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    with running(["-m", *arguments, "--port", str(port)], environment, f"{url}/health") as process:
        yield url, process


def client(service: str, url: str, *, key: str = KEY, region: str = REGION) -> Any:
    """Return a client that tries once. Typed Any: a name that is a value has no overload in the stubs."""
    session: Any = boto3.Session(key, SECRET, region_name=region)
    return session.client(service, endpoint_url=url, config=Config(retries={"total_max_attempts": 1}))
