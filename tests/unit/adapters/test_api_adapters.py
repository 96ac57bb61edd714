"""The API's own adapters: one contract for each and its fake."""

from datetime import timedelta

import boto3
import pytest

from brandlens.adapters.marks_table import MarksTable
from brandlens.adapters.multipart import MultipartUploads
from brandlens.adapters.notices import Topic
from brandlens.adapters.user_pool import UserPool
from brandlens.api.marks import Mark, MarkedBox, MissedBrand, WrongAppearance
from brandlens.api.ports import MarkStore, People, Uploads
from brandlens.errors import AlreadyExists, NotFound
from tests.fakes.api import FakeMarks, FakePeople, FakeUploads
from tests.fakes.objects import FakeObjectStore
from tests.jobs import NOW

KEY = "inbox/cup/analyze/me/Spiel 1+1 é.mp4"
LEAST = 5 * 1024**2
"""S3 takes no smaller part but the last."""


class Uploading:
    """An `Uploads` with what a browser does besides."""

    def __init__(self, uploads: Uploads, session: boto3.Session | None) -> None:
        self.uploads, self._session = uploads, session

    def put(self, upload_id: str, number: int, body: bytes) -> None:
        if isinstance(self.uploads, FakeUploads):
            self.uploads.put(KEY, upload_id, number, body)
        else:
            assert self._session is not None
            self._session.client("s3").upload_part(
                Bucket="media", Key=KEY, UploadId=upload_id, PartNumber=number, Body=body
            )


@pytest.fixture(params=["s3", "fake"])
def uploading(request: pytest.FixtureRequest, session: boto3.Session) -> Uploading:
    if request.param == "fake":
        return Uploading(FakeUploads(FakeObjectStore("media")), None)
    session.client("s3").create_bucket(
        Bucket="media", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    session.client("s3").put_bucket_versioning(Bucket="media", VersioningConfiguration={"Status": "Enabled"})
    return Uploading(MultipartUploads("media", session), session)


def test_an_object_appears_when_its_parts_are_put_together_and_not_before(uploading: Uploading) -> None:
    uploads = uploading.uploads
    upload_id = uploads.begin(KEY, name="one")
    assert uploads.parts(KEY, upload_id) == {}
    uploading.put(upload_id, 2, b"end")
    uploading.put(upload_id, 1, b"x" * LEAST)
    assert uploads.parts(KEY, upload_id) == {1: LEAST, 2: 3}
    assert uploads.current(KEY) is None

    made = uploads.complete(KEY, upload_id)

    assert made == uploads.current(KEY)
    assert (made.bucket, made.key) == ("media", KEY)
    with pytest.raises(NotFound):
        uploads.parts(KEY, upload_id)


def test_an_upload_that_was_given_up_is_not_known(uploading: Uploading) -> None:
    upload_id = uploading.uploads.begin(KEY, name="one")
    uploading.uploads.abort(KEY, upload_id)
    for act in (uploading.uploads.parts, uploading.uploads.abort, uploading.uploads.complete):
        with pytest.raises(NotFound):
            act(KEY, upload_id)
    assert uploading.uploads.current(KEY) is None


def test_what_an_upload_has_made_is_told_by_its_name_whatever_lies_there_now(uploading: Uploading) -> None:
    made = {}
    for name in ("one", "two"):
        upload_id = uploading.uploads.begin(KEY, name=name)
        uploading.put(upload_id, 1, name.encode())
        made[name] = uploading.uploads.complete(KEY, upload_id)
    uploading.uploads.abort(KEY, uploading.uploads.begin(KEY, name="given up"))
    assert made["one"] != made["two"]
    assert {name: uploading.uploads.made(KEY, name=name) for name in made} == made
    assert uploading.uploads.made(KEY, name="given up") is None
    assert uploading.uploads.made(KEY[:-1], name="one") is None


def test_what_an_upload_has_made_is_told_where_no_versions_are_kept(session: boto3.Session) -> None:
    session.client("s3").create_bucket(
        Bucket="media", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    uploading = Uploading(MultipartUploads("media", session), session)
    upload_id = uploading.uploads.begin(KEY, name="one")
    uploading.put(upload_id, 1, b"body")
    made = uploading.uploads.complete(KEY, upload_id)
    assert made.version.startswith('"')
    assert uploading.uploads.made(KEY, name="one") == made


def test_a_parts_url_names_its_part_and_ends(session: boto3.Session) -> None:
    url = MultipartUploads("media", session).part_url(KEY, "id", 7, seconds=60)
    assert "partNumber=7" in url
    assert "X-Amz-Expires=60" in url


@pytest.fixture(params=["table", "fake"])
def marks(request: pytest.FixtureRequest, session: boto3.Session) -> MarkStore:
    if request.param == "fake":
        return FakeMarks()
    session.client("dynamodb").create_table(
        TableName="marks",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[
            {"AttributeName": "project", "KeyType": "HASH"},
            {"AttributeName": "mark_id", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "project", "AttributeType": "S"},
            {"AttributeName": "mark_id", "AttributeType": "S"},
        ],
    )
    return MarksTable("marks", session)


def mark(mark_id: str = "a" * 26, *, seconds: int = 0, **changes: object) -> Mark:
    missed = MissedBrand(
        kind="missed",
        label="Acme",
        start_seconds=1.0,
        end_seconds=2.5,
        box=MarkedBox(left=0.0, top=0.25, width=0.5, height=1.0),
        note="small",
    )
    given = {"id": mark_id, "job_id": "j", "project": "cup", "by": "ed@example.com", "mark": missed}
    return Mark.model_validate(
        given | {"created_at": NOW + timedelta(seconds=seconds), "trained_by": None} | changes
    )


def test_a_mark_is_kept_once_as_it_was_said_last(marks: MarkStore) -> None:
    first = marks.add(mark())
    assert first == mark()
    said = first.mark.model_copy(update={"note": "very small"})
    again = marks.add(mark(by="vera@example.com", mark=said, seconds=5))
    assert again == first.model_copy(update={"by": "vera@example.com", "mark": said})
    assert marks.of_project("cup") == [again]
    assert marks.get("cup", first.id) == again
    assert marks.get("league", first.id) is None


def test_marks_of_a_project_come_the_oldest_first(marks: MarkStore) -> None:
    wrong = WrongAppearance(kind="wrong", appearance="a1")
    marks.add(mark("b" * 26, seconds=2))
    marks.add(mark("c" * 26, seconds=1, mark=wrong))
    marks.add(mark("d" * 26, project="league"))
    assert [each.id[0] for each in marks.of_project("cup")] == ["c", "b"]


def test_a_mark_that_a_batch_has_taken_stays(marks: MarkStore) -> None:
    kept = marks.add(mark())
    marks.taken("cup", kept.id, by="job-1")
    marks.taken("cup", kept.id, by="job-2")
    found = marks.get("cup", kept.id)
    assert found is not None
    assert found.trained_by == "job-1"
    assert marks.add(mark()) == found
    assert not marks.remove("cup", kept.id)
    assert marks.get("cup", kept.id)


def test_a_mark_on_offer_can_be_taken_back_even_twice(marks: MarkStore) -> None:
    kept = marks.add(mark())
    assert marks.remove("cup", kept.id)
    assert marks.remove("cup", kept.id)
    marks.taken("cup", kept.id, by="job-1")
    assert marks.of_project("cup") == []


@pytest.fixture(params=["pool", "fake"])
def people(request: pytest.FixtureRequest, session: boto3.Session) -> People:
    if request.param == "fake":
        return FakePeople()
    client = session.client("cognito-idp")
    pool = client.create_user_pool(PoolName="team", UsernameAttributes=["email"])["UserPool"]["Id"]
    for group in ("viewer", "editor"):
        client.create_group(UserPoolId=pool, GroupName=group)
    return UserPool(pool, {"viewer": "viewer", "editor": "editor"}, session)


def test_who_is_invited_is_in_no_group_until_put_there_and_then_in_one(people: People) -> None:
    person = people.invite("vera@example.com")
    assert (person.email, person.group, person.invited) == ("vera@example.com", None, True)
    people.put_in(person, "viewer")
    people.put_in(person, "editor")
    (found,) = people.list()
    assert found == people.find("vera@example.com")
    assert found.group == "editor"
    assert people.email_of(person.id) == "vera@example.com"


def test_nobody_is_invited_twice(people: People) -> None:
    people.invite("vera@example.com")
    with pytest.raises(AlreadyExists):
        people.invite("vera@example.com")


def test_who_is_removed_is_gone_and_may_be_removed_again(people: People) -> None:
    person = people.invite("vera@example.com")
    people.remove(person)
    people.remove(person)
    assert people.find("vera@example.com") is None
    assert people.list() == []


def test_an_unsubscribed_address_is_told_nothing_more(session: boto3.Session) -> None:
    client = session.client("sns")
    arn = client.create_topic(Name="notices")["TopicArn"]
    topic = Topic(arn, session)
    topic.subscribe("ed@example.com")
    topic.subscribe("vera@example.com")
    topic.unsubscribe("ed@example.com")
    topic.unsubscribe("nobody@example.com")
    left = client.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    assert [each["Endpoint"] for each in left] == ["vera@example.com"]
