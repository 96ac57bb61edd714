"""The children of a local cloud and how each is run."""

import os
import sys

from local.home import PACKAGES, Home
from local.processes import Child
from local.program import infra
from local.settings import ACCOUNT, LOOPBACK, REGION, Settings

EMULATOR = "emulator"
REKOGNITION = "rekognition"
SAGEMAKER = "sagemaker"
PORTAL = "portal"
NAMES = (EMULATOR, REKOGNITION, SAGEMAKER, PORTAL)
"""In the order they start and stop: the emulator first, as its functions would fail without the others."""

WAIT_SCALE = "0.1"
"""Step Functions' waits and retry intervals, as a part of those on AWS: nothing real is waited for here."""

ASYNC_RETRY_SECONDS = "10"
"""Before an event is offered to its function again, and twice that before the last time; AWS waits 60 s.
A claim of a function that was cut off must have run out by then, or the event is given up on for nothing."""


def emulator(home: Home, settings: Settings) -> Child:
    """Return the emulator of AWS, with `AUTH`: requests are signed, policies enforced."""
    data = home.data(EMULATOR)
    return Child(
        name=EMULATOR,
        # Another module than this builds upon it: benchmarks make its workflows fail.
        arguments=[sys.executable, "-m", os.environ.get("BRANDLENS_EMULATOR", "local.emulator")],
        environment=_inherited()
        | {
            "GATEWAY_PORT": str(settings.emulator_port),
            "BIND_HOST": LOOPBACK,
            "MINISTACK_HOST": LOOPBACK,
            "MINISTACK_REGION": REGION,
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "AUTH": "true",
            "AWS_ACCESS_KEY_ID": settings.root_key_id,
            "AWS_SECRET_ACCESS_KEY": settings.root_secret,
            "AWS_ENDPOINT_URL": settings.endpoint,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(data / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(data / "s3"),
            "SFN_WAIT_SCALE": WAIT_SCALE,
            "LAMBDA_ASYNC_RETRY_BASE_SECONDS": ASYNC_RETRY_SECONDS,
            # Listeners that nothing here uses.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "BRANDLENS_EVENT_FILE": str(home.events),
            "BRANDLENS_PENDING_FOLDER": str(home.pending),
            "BRANDLENS_JOURNAL_FOLDER": str(data / "journal"),
        },
        port=settings.emulator_port,
        health="/_ministack/ready",
    )


def rekognition(home: Home, settings: Settings) -> Child:
    """Return a service that the emulator lacks: Rekognition Custom Labels."""
    return Child(
        name=REKOGNITION,
        arguments=[
            sys.executable,
            "-m",
            "local.services.rekognition",
            "--port",
            str(settings.rekognition_port),
            "--state",
            str(home.data(REKOGNITION)),
            "--s3-endpoint",
            settings.endpoint,
        ],
        environment=_of_a_service(settings),
        port=settings.rekognition_port,
        health="/health",
    )


def sagemaker(home: Home, settings: Settings) -> Child:
    """Return a service that the emulator lacks: SageMaker's labeling jobs, and the page to label on."""
    return Child(
        name=SAGEMAKER,
        arguments=[
            sys.executable,
            "-m",
            "local.services.sagemaker",
            "--port",
            str(settings.sagemaker_port),
            "--state",
            str(home.data(SAGEMAKER)),
            "--packages",
            str(PACKAGES),
            "--aws-endpoint",
            settings.endpoint,
            "--event-source",
            infra().configuration["brandlens:labeling_event_source"],
        ],
        environment=_of_a_service(settings),
        port=settings.sagemaker_port,
        health="/health",
    )


def portal(settings: Settings) -> Child:
    """Return what CloudFront does, which the emulator does not: it serves the portal."""
    return Child(
        name=PORTAL,
        arguments=[
            sys.executable,
            "-m",
            "local.services.portal",
            "--port",
            str(settings.portal_port),
            "--aws-endpoint",
            settings.endpoint,
        ],
        environment=_of_a_service(settings),
        port=settings.portal_port,
        health="/health",
    )


def function_environment(settings: Settings) -> dict[str, str]:
    """Return what tells a function's SDK where the services are; the standard variables of every AWS SDK."""
    return {
        "AWS_ENDPOINT_URL": settings.endpoint,
        "AWS_ENDPOINT_URL_REKOGNITION": settings.rekognition_endpoint,
        "AWS_ENDPOINT_URL_SAGEMAKER": settings.sagemaker_endpoint,
        # One machine: a thread per core and function would have them fight each other.
        "OMP_NUM_THREADS": "1",
    }


def _of_a_service(settings: Settings) -> dict[str, str]:
    return _inherited() | {
        "AWS_ACCESS_KEY_ID": settings.root_key_id,
        "AWS_SECRET_ACCESS_KEY": settings.root_secret,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


def _inherited() -> dict[str, str]:
    """Return this process's environment without what would point a child at some other AWS account."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "LOCALSTACK_"))}
