"""Requests that cannot be meant, through API Gateway's place in the local cloud: refused in the one form."""

import pytest
import requests
from botocore.credentials import Credentials

from local.cloud import LocalCloud
from tests.portal import ApiCaller, developer

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

TEN_MEGABYTES = 10_000_000


@pytest.fixture
def caller(cloud: LocalCloud) -> ApiCaller:
    return developer(cloud)


def refused(answer: requests.Response) -> str:
    """The code of a refusal, which has the one form."""
    assert 400 <= answer.status_code < 500, answer.text
    told: dict[str, str] = answer.json()
    assert set(told) == {"code", "message", "request_id"}
    assert answer.headers["Content-Type"] == "application/json"
    return told["code"]


@pytest.mark.parametrize(
    "path",
    [
        "/projects/..%2f..%2fteam%2fmembers",
        "/projects/%2e%2e",
        "/projects/cup%00",
        "/projects/cup%2fmodels",
        "/projects/CUP",
        "/projects/%C3%A9",
        "/projects/%ff",
        f"/projects/{'a' * 2000}",
        "/projects//models",
        "/jobs/..%5c..%5cprojects",
        "/jobs/%27%20OR%201%3D1",
        "/nothing",
    ],
)
def test_a_path_that_names_nothing_leads_nowhere(caller: ApiCaller, path: str) -> None:
    refused(caller.call("GET", path))


def test_a_body_of_ten_megabytes_is_refused(caller: ApiCaller) -> None:
    answer = caller.call("POST", "/projects", {"name": "a" * TEN_MEGABYTES, "labels": ["Acme"]})
    assert answer.status_code == 413
    assert refused(answer) == "RequestTooLarge"


def test_a_body_of_another_kind_is_refused(cloud: LocalCloud, caller: ApiCaller) -> None:
    answer = requests.post(
        f"{cloud.outputs['api_url']}/projects",
        data="name=cup",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        auth=caller.auth,
        timeout=30,
    )
    assert answer.status_code == 415
    refused(answer)


def test_a_method_that_a_path_does_not_have_is_refused(caller: ApiCaller) -> None:
    for method, path in (("PUT", "/projects"), ("PATCH", "/jobs"), ("POST", "/spending")):
        refused(caller.call(method, path, {}))


@pytest.mark.parametrize(
    "credentials",
    [Credentials("AKIAIOSFODNN7EXAMPLE", "nobody's"), None],
    ids=["an unknown key", "another secret"],
)
def test_a_signature_that_is_not_the_callers_is_refused(
    caller: ApiCaller, credentials: Credentials | None
) -> None:
    forged = credentials or Credentials(caller.credentials.access_key, "not the secret")
    answer = ApiCaller(caller.cloud, forged).call("GET", "/projects")
    assert answer.status_code == 403
    refused(answer)


def test_a_query_signed_otherwise_than_sent_is_refused(cloud: LocalCloud, caller: ApiCaller) -> None:
    request = requests.Request("GET", f"{cloud.outputs['api_url']}/jobs", params={"limit": 1})
    prepared = caller.auth(request.prepare())
    prepared.url = str(prepared.url).replace("limit=1", "limit=100")
    with requests.Session() as session:
        answer = session.send(prepared, timeout=30)
    assert answer.status_code == 403
    refused(answer)
