"""Where embedded models are kept: under a checksum that S3 and the version's record both hold."""

import base64
import hashlib

import boto3
import pytest

from brandlens.adapters.model_registry import S3ModelRegistry
from brandlens.errors import ModelFailed
from brandlens.training.versions import Artifact

MODEL = b"a model's bytes"


@pytest.fixture
def registry(session: boto3.Session) -> S3ModelRegistry:
    session.client("s3").create_bucket(
        Bucket="results", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    return S3ModelRegistry("results", session)


@pytest.fixture
def kept(registry: S3ModelRegistry) -> Artifact:
    return registry.keep("cup", "0123456789ab", MODEL)


def test_a_model_is_read_back_as_it_was_kept(registry: S3ModelRegistry, kept: Artifact) -> None:
    assert kept.key == "_models/cup/0123456789ab/model.zip"
    assert registry.read(kept) == MODEL
    assert registry.keep("cup", "0123456789ab", MODEL) == kept


def test_s3_holds_the_checksum_of_the_record(
    session: boto3.Session, registry: S3ModelRegistry, kept: Artifact
) -> None:
    told = session.client("s3").head_object(Bucket=kept.bucket, Key=kept.key, ChecksumMode="ENABLED")
    assert base64.b64decode(told["ChecksumSHA256"]).hex() == kept.sha256 == hashlib.sha256(MODEL).hexdigest()


def test_a_model_is_held_until_it_is_deleted(
    session: boto3.Session, registry: S3ModelRegistry, kept: Artifact
) -> None:
    assert registry.holds(kept)
    session.client("s3").delete_object(Bucket=kept.bucket, Key=kept.key)
    assert not registry.holds(kept)
    registry.keep("cup", "0123456789ab", MODEL)
    assert registry.holds(kept)


@pytest.mark.parametrize("checksum", [{}, {"ChecksumAlgorithm": "SHA256"}])
def test_another_object_in_its_place_is_not_held(
    session: boto3.Session, registry: S3ModelRegistry, kept: Artifact, checksum: dict[str, str]
) -> None:
    session.client("s3").put_object(Bucket=kept.bucket, Key=kept.key, Body=b"another model", **checksum)
    assert not registry.holds(kept)


def test_another_object_in_its_place_is_refused(
    session: boto3.Session, registry: S3ModelRegistry, kept: Artifact
) -> None:
    session.client("s3").put_object(Bucket=kept.bucket, Key=kept.key, Body=b"another model")
    with pytest.raises(ModelFailed, match="its SHA-256 is not the one that was recorded"):
        registry.read(kept)


def test_a_model_that_was_deleted_is_refused(
    session: boto3.Session, registry: S3ModelRegistry, kept: Artifact
) -> None:
    session.client("s3").delete_object(Bucket=kept.bucket, Key=kept.key)
    with pytest.raises(ModelFailed, match="it was deleted"):
        registry.read(kept)
