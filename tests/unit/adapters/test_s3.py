"""Object stores: one contract for the bucket and its fake, and what only the bucket does."""

from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brandlens.adapters.multipart import MultipartUploads
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.errors import AccessRefused, NotFound, ObjectNotFound
from brandlens.ports import ObjectStore
from tests.fakes.objects import FakeObjectStore

ODD_KEYS = [
    "inbox/cup/analyze/a b.mp4",
    "inbox/cup/analyze/1+1%2B2 = 100%.mp4",
    "inbox/cup/analyze/Käse 🧀/final.MP4",
    "inbox/cup/analyze/" + "ü" * 490,
]


@pytest.fixture(params=["bucket", "fake"])
def store(request: pytest.FixtureRequest, session: boto3.Session) -> ObjectStore:
    if request.param == "fake":
        return FakeObjectStore()
    return bucket(session)


def bucket(session: boto3.Session, *, versioned: bool = False) -> S3ObjectStore:
    client = session.client("s3")
    client.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    if versioned:
        client.put_bucket_versioning(Bucket="bucket", VersioningConfiguration={"Status": "Enabled"})
    return S3ObjectStore("bucket", session)


@pytest.mark.parametrize("key", ODD_KEYS)
def test_what_is_written_under_an_odd_key_is_read_and_listed_under_it(store: ObjectStore, key: str) -> None:
    store.write(key, b"film", content_type="video/mp4")
    assert store.read(key) == b"film"
    assert list(store.keys("inbox/")) == [key]


def test_every_object_below_a_prefix_has_a_version_that_it_is_read_by(store: ObjectStore) -> None:
    for key in ("p/ä", "p/b+%", "p/B", "q/a"):
        store.write(key, key.encode(), content_type="image/jpeg")
    versions = store.versions("p/")
    assert list(versions) == ["p/B", "p/b+%", "p/ä"]
    assert [store.read(key, version=version) for key, version in versions.items()] == [
        key.encode() for key in versions
    ]
    assert store.versions("r/") == {}


def test_a_range_ends_with_the_object(store: ObjectStore) -> None:
    store.write("a", b"0123456789", content_type="text/plain")
    assert store.read("a", start=2, length=3) == b"234"
    assert store.read("a", start=8, length=100) == b"89"
    assert store.read("a", start=10, length=5) == b""
    assert store.read("a", length=0) == b""


def test_an_empty_object_reads_as_nothing(store: ObjectStore) -> None:
    store.write("a", b"", content_type="text/plain")
    assert store.read("a", length=512) == b""
    assert store.size("a") == 0


def test_an_object_that_is_gone_is_not_found(store: ObjectStore) -> None:
    with pytest.raises(ObjectNotFound, match="gone"):
        store.read("gone")
    with pytest.raises(ObjectNotFound, match="gone"):
        store.size("gone")


def test_the_first_to_create_an_object_wins(store: ObjectStore) -> None:
    assert store.create("a", b"first", content_type="text/plain")
    assert not store.create("a", b"second", content_type="text/plain")
    assert store.read("a") == b"first"


def test_keys_come_in_the_order_of_their_bytes(store: ObjectStore) -> None:
    for key in ("p/ä", "p/b", "p/B", "q/a", "p/10", "p/9"):
        store.write(key, b"", content_type="text/plain")
    assert list(store.keys("p/")) == ["p/10", "p/9", "p/B", "p/b", "p/ä"]


def test_deleting_a_prefix_leaves_its_neighbours(store: ObjectStore) -> None:
    for key in ("cup/job/a", "cup/job/b/c", "cup/job2/a"):
        store.write(key, b"", content_type="text/plain")
    store.delete_prefix("cup/job/")
    assert list(store.keys("")) == ["cup/job2/a"]


def test_more_keys_than_a_page_are_listed_and_deleted(session: boto3.Session) -> None:
    store = bucket(session)
    for number in range(1005):
        store.write(f"p/{number:04d}", b"", content_type="text/plain")
    assert len(list(store.keys("p/"))) == 1005
    store.delete_prefix("p/")
    assert list(store.keys("p/")) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=64), start=st.integers(0, 70), length=st.integers(0, 70))
def test_a_ranged_read_is_a_slice(session: boto3.Session, body: bytes, start: int, length: int) -> None:
    client = session.client("s3")
    client.create_bucket(Bucket="slices", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    store = S3ObjectStore("slices", session)
    store.write("a", body, content_type="text/plain")
    assert store.read("a", start=start, length=length) == body[start : start + length]
    store.delete_prefix("")
    client.delete_bucket(Bucket="slices")


def test_a_version_is_read_after_a_newer_one_took_its_place(session: boto3.Session) -> None:
    store = bucket(session, versioned=True)
    client = session.client("s3")
    first = client.put_object(Bucket="bucket", Key="a", Body=b"first")["VersionId"]
    client.put_object(Bucket="bucket", Key="a", Body=b"second!")
    assert store.read("a", version=first) == b"first"
    assert store.size("a", version=first) == 5


def test_what_was_listed_is_read_whatever_took_its_place(session: boto3.Session) -> None:
    store = bucket(session, versioned=True)
    client = session.client("s3")
    for key in ("replaced", "deleted"):
        store.write(key, b"older", content_type="video/mp4")
        store.write(key, b"listed", content_type="video/mp4")
    store.write("gone", b"", content_type="video/mp4")
    client.delete_object(Bucket="bucket", Key="gone")
    versions = store.versions("")
    assert versions.keys() == {"replaced", "deleted"}
    store.write("replaced", b"newer", content_type="video/mp4")
    client.delete_object(Bucket="bucket", Key="deleted")
    for key, version in versions.items():
        assert store.read(key, version=version) == b"listed"
        query = parse_qs(urlsplit(store.presigned_url(key, seconds=60, version=version)).query)
        assert query["versionId"] == [version]


def test_a_bucket_that_keeps_no_versions_tells_etags_by_which_a_replaced_object_is_gone(
    session: boto3.Session,
) -> None:
    store = bucket(session)
    store.write("a", b"first", content_type="video/mp4")
    versions = store.versions("")
    store.write("a", b"second", content_type="video/mp4")
    with pytest.raises(ObjectNotFound, match="other content"):
        store.read("a", version=versions["a"])


def test_without_versions_an_object_replaced_by_other_content_is_gone(session: boto3.Session) -> None:
    store = bucket(session)
    client = session.client("s3")
    etag = client.put_object(Bucket="bucket", Key="a", Body=b"first")["ETag"]
    assert store.read("a", version=etag) == b"first"
    client.put_object(Bucket="bucket", Key="a", Body=b"second")
    with pytest.raises(ObjectNotFound, match="other content"):
        store.read("a", version=etag)


def test_a_bucket_that_is_not_there_is_told_apart_from_a_missing_object(session: boto3.Session) -> None:
    with pytest.raises(NotFound, match="NoSuchBucket"):
        S3ObjectStore("nowhere", session).read("a")


def test_a_presigned_url_is_signed_with_version_4_and_pins_the_version(session: boto3.Session) -> None:
    url = bucket(session).presigned_url("inbox/cup/analyze/a b+%.mp4", seconds=60, version="v7")
    query = parse_qs(urlsplit(url).query)
    assert urlsplit(url).path.endswith("/inbox/cup/analyze/a%20b%2B%25.mp4")
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert query["X-Amz-Expires"] == ["60"]
    assert query["versionId"] == ["v7"]


@pytest.mark.parametrize(
    ("region", "host"),
    [("eu-west-1", "bucket.s3.eu-west-1.amazonaws.com"), ("us-east-1", "bucket.s3.amazonaws.com")],
)
def test_a_presigned_url_leads_to_the_host_of_the_buckets_own_region(region: str, host: str) -> None:
    session = boto3.Session("key", "secret", region_name=region)
    assert urlsplit(S3ObjectStore("bucket", session).presigned_url("a", seconds=60)).netloc == host
    assert urlsplit(MultipartUploads("bucket", session).part_url("a", "u", 1, seconds=60)).netloc == host


def test_a_presigned_url_of_an_unversioned_object_names_no_version(session: boto3.Session) -> None:
    url = bucket(session).presigned_url("a", seconds=60, version='"etag"')
    assert "versionId" not in parse_qs(urlsplit(url).query)


def test_without_credentials_the_remedy_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(AccessRefused, match="Set AWS credentials"):
        S3ObjectStore("bucket", boto3.Session(region_name="eu-west-1")).read("a")
