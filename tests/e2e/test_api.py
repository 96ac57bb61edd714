"""The API in the local cloud: signed, let through by IAM, answered by the function under its own role."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
import requests
import schemathesis
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from brandlens.api.openapi import document
from brandlens.api.routes import ROUTES
from local.cloud import LocalCloud
from tests.portal import ApiCaller, developer, id_token, invited, member, new_password, signed_in

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.fixture(scope="module")
def editor(cloud: LocalCloud) -> ApiCaller:
    return member(cloud, "ed@example.com", "editor")


@pytest.fixture(scope="module")
def viewer(cloud: LocalCloud) -> ApiCaller:
    return member(cloud, "vera@example.com", "viewer")


@pytest.fixture(scope="module")
def project(editor: ApiCaller) -> str:
    made = editor.call("POST", "/projects", {"name": "api-cup", "labels": ["Acme"], "detector": "embedded"})
    assert made.status_code == 201, made.text
    return "api-cup"


def test_a_first_sign_in_asks_for_a_password_of_ones_own(cloud: LocalCloud) -> None:
    invited(cloud, "nina@example.com", "viewer")
    new_password(cloud, "nina@example.com")
    assert signed_in(cloud, "nina@example.com").call("GET", "/projects").status_code == 200


def test_a_wrong_password_and_an_unknown_person_are_refused_alike(cloud: LocalCloud, viewer: Any) -> None:
    told = []
    for email in ("vera@example.com", "nobody@example.com"):
        with pytest.raises(ClientError) as refused:
            id_token(cloud, email, "Wrong-password-1")
        told.append(refused.value.response["Error"]["Code"])
    assert told == ["NotAuthorizedException"] * 2


def test_who_is_removed_calls_nothing_more(cloud: LocalCloud, editor: ApiCaller) -> None:
    member(cloud, "gone@example.com", "viewer")
    people = editor.call("GET", "/team/members").json()["members"]
    (gone,) = [person for person in people if person["email"] == "gone@example.com"]
    assert gone["invited"] is False
    assert editor.call("DELETE", f"/team/members/{gone['id']}").status_code == 204
    with pytest.raises(ClientError):
        signed_in(cloud, "gone@example.com")


def test_an_unsigned_call_is_refused_in_the_one_form(cloud: LocalCloud) -> None:
    for route in ROUTES:
        url = cloud.outputs["api_url"] + route.path.replace("{", "").replace("}", "")
        answer = requests.request(route.method, url, timeout=10)
        assert answer.status_code == 403
        assert set(answer.json()) == {"code", "message", "request_id"}


def test_iam_itself_keeps_a_viewer_from_an_editors_methods(viewer: ApiCaller) -> None:
    path = {"job": "a" * 32, "mark": "a" * 26, "project": "api-cup", "model": "api-cup.v1"}
    for route in ROUTES:
        resource = route.path.format_map(path | {"upload": "AAAA", "member": "dmVyYQ"})
        answer = viewer.call(route.method, resource, {} if route.body else None)
        if route.group == "editor":
            assert answer.status_code == 403, route.name
            assert set(answer.json()) == {"code", "message", "request_id"}
            assert answer.json()["code"] == "ACCESS_DENIED", "the function was asked"
            assert "Access-Control-Allow-Origin" in answer.headers, "the portal cannot read it"
        else:
            assert answer.status_code != 403, answer.text


def test_a_person_of_the_portal_reaches_the_api_and_nothing_else(
    cloud: LocalCloud, editor: ApiCaller
) -> None:
    keys = editor.credentials
    session = boto3.Session(keys.access_key, keys.secret_key, keys.token, region_name=cloud.region)
    s3: Any = session.client("s3", endpoint_url=cloud.endpoint)
    dynamodb: Any = session.client("dynamodb", endpoint_url=cloud.endpoint)
    for act in (
        lambda: s3.list_objects_v2(Bucket=cloud.outputs["media_bucket"]),
        lambda: s3.put_object(Bucket=cloud.outputs["media_bucket"], Key="inbox/a/analyze/b", Body=b""),
        lambda: s3.get_object(Bucket=cloud.outputs["results_bucket"], Key="a/b/analysis.json"),
        lambda: dynamodb.scan(TableName=cloud.outputs["jobs_table"]),
    ):
        with pytest.raises(ClientError) as refused:
            act()
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403)


def test_the_same_request_at_once_makes_one_project(editor: ApiCaller) -> None:
    new = {"name": "at-once", "labels": ["Acme"]}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: editor.call("POST", "/projects", new), range(8)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] + [409] * 7


def test_a_file_uploaded_in_parts_begins_one_analysis_however_often_it_is_asked_for(
    editor: ApiCaller, project: str
) -> None:
    body = b"\xff\xd8" + bytes(9 * 1024**2)
    new = {"project": project, "purpose": "train", "batch": "b1", "name": "a/ü 1+1.jpg", "bytes": len(body)}
    upload = editor.call("POST", "/uploads", new).json()
    sent = 0
    for part in upload["parts"]["parts"]:
        piece = body[sent : sent + part["bytes"]]
        assert requests.put(part["url"], data=piece, timeout=30).status_code == 200
        sent += len(piece)
        if part["number"] == 1:
            early = editor.call("POST", f"/uploads/{upload['id']}/complete")
            assert (early.status_code, early.json()["code"]) == (409, "Conflict")
            left = editor.call("GET", f"/uploads/{upload['id']}/parts").json()["parts"]
            assert [bool(each["url"]) for each in left] == [False, True]
    assert sent == len(body)
    done = editor.call("POST", f"/uploads/{upload['id']}/complete")
    assert done.status_code == 200, done.text

    training = {"project": project, "batch": "b1"}
    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(lambda _: editor.call("POST", "/training", training), range(4)))
    assert {answer.status_code for answer in begun} == {202}
    assert len({answer.json()["job_id"] for answer in begun}) == 1


def test_nobody_goes_on_with_another_callers_upload(
    cloud: LocalCloud, editor: ApiCaller, project: str
) -> None:
    new = {"project": project, "purpose": "train", "batch": "b2", "name": "a.jpg", "bytes": 10}
    upload = editor.call("POST", "/uploads", new).json()
    other = member(cloud, "eve@example.com", "editor")
    for method, path in (("GET", "/parts"), ("POST", "/complete"), ("DELETE", "")):
        answer = other.call(method, f"/uploads/{upload['id']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    assert editor.call("DELETE", f"/uploads/{upload['id']}").status_code == 204


def test_one_origin_is_told_that_its_pages_may_call_whichever_asks(
    cloud: LocalCloud, viewer: ApiCaller
) -> None:
    answer = requests.options(
        cloud.outputs["api_url"] + "/projects",
        headers={"Origin": "https://evil.example.com", "Access-Control-Request-Method": "GET"},
        timeout=10,
    )
    allowed = answer.headers["Access-Control-Allow-Origin"]
    assert allowed.startswith("http://")
    assert "evil" not in allowed
    assert viewer.call("GET", "/projects").headers["Access-Control-Allow-Origin"] == allowed


# Signing is left to `auth`: that it is asked for is tried above.
api = schemathesis.openapi.from_dict({**document(), "security": []})


@api.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_the_document_says(case: Any, cloud: LocalCloud) -> None:
    case.call_and_validate(
        base_url=cloud.outputs["api_url"],
        auth=developer(cloud).auth,
        checks=(
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
            negative_data_rejection,
        ),
    )
