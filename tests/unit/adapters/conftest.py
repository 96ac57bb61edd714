"""An AWS account in memory for the adapters."""

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

REGION = "eu-west-1"


@pytest.fixture(scope="session")
def _shared() -> boto3.Session:
    """Made once: reading the SDK's service models takes longer than most tests."""
    return boto3.Session("key", "secret", region_name=REGION)


@pytest.fixture
def session(_shared: boto3.Session) -> Iterator[boto3.Session]:
    """A session whose calls stay in this process, in an account that is empty."""
    with mock_aws():
        yield _shared
