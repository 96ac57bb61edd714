from pathlib import Path

import boto3
import pytest

from brandlens.adapters.transfer import Transfer
from brandlens.errors import NotFound, ObjectNotFound
from brandlens.jobs import Source


def _bucket(session: boto3.Session, *, versioned: bool) -> None:
    s3 = session.client("s3")
    s3.create_bucket(Bucket="media", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    if versioned:
        s3.put_bucket_versioning(Bucket="media", VersioningConfiguration={"Status": "Enabled"})


def test_an_upload_names_the_version_it_made_and_tells_every_byte(
    session: boto3.Session, tmp_path: Path
) -> None:
    _bucket(session, versioned=True)
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x" * 9_000_000)  # more than one part
    told: list[int] = []
    key = "inbox/cup/analyze/a b+%2B 🎬.mp4"
    source = Transfer("media", session).upload(file, key, sent=told.append)
    head = session.client("s3").head_object(Bucket="media", Key=key)
    assert source == Source(bucket="media", key=key, version=head["VersionId"])
    assert sum(told) == 9_000_000


def test_without_versioning_the_etag_in_its_quotes_stands_for_the_version(
    session: boto3.Session, tmp_path: Path
) -> None:
    _bucket(session, versioned=False)
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x")
    version = Transfer("media", session).upload(file, "k", sent=lambda _: None).version
    assert version == session.client("s3").head_object(Bucket="media", Key="k")["ETag"]


def test_a_download_makes_its_folders(session: boto3.Session, tmp_path: Path) -> None:
    _bucket(session, versioned=True)
    session.client("s3").put_object(Bucket="media", Key="k", Body=b"x")
    Transfer("media", session).download("k", tmp_path / "a" / "b" / "k")
    assert (tmp_path / "a" / "b" / "k").read_bytes() == b"x"


def test_an_object_that_is_gone_is_named(session: boto3.Session, tmp_path: Path) -> None:
    _bucket(session, versioned=True)
    with pytest.raises(ObjectNotFound, match="s3://media/gone could not be downloaded"):
        Transfer("media", session).download("gone", tmp_path / "gone")


def test_a_bucket_that_is_not_there_is_named(session: boto3.Session, tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"x")
    with pytest.raises(NotFound, match="could not be uploaded to s3://media/k"):
        Transfer("media", session).upload(file, "k", sent=lambda _: None)
