"""Who may call what, and what a call may look like, for every route."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.api.routes import LARGEST_BODY_BYTES, ROUTES, Route
from functions.api.operations import VIEWS
from tests.api import ORIGIN, Answer, ApiWorld

WITH_BODY = [route for route in ROUTES if route.body is not None]
BODIES: dict[str, dict[str, Any]] = {
    "create_project": {"name": "open", "labels": ["Acme"]},
    "change_project": {"labels": ["Acme"]},
    "start_model": {"minutes": 5},
    "begin_upload": {"project": "cup", "purpose": "analyze", "name": "a.mp4", "bytes": 1},
    "begin_training": {"project": "cup", "batch": "b"},
    "begin_analyses": {"project": "cup", "uploads": ["AAAA"]},
    "add_mark": {"kind": "wrong", "appearance": "a0"},
    "quote_files": {
        "project": "cup",
        "files": [{"name": "a.jpg", "kind": "image", "width": 640, "height": 480}],
    },
    "add_member": {"email": "vera@example.com", "role": "viewer"},
}
"""A good body for each route that takes one."""
PATH = {
    "project": "cup",
    "model": "cup.v1",
    "upload": "AAAA",
    "job": "a" * 32,
    "mark": "a" * 26,
    "member": "dmVyYQ",
}


def path_of(route: Route) -> dict[str, str]:
    return {name: value for name, value in PATH.items() if f"{{{name}}}" in route.path}


def call(world: ApiWorld, route: Route, *, by: str = "editor", body: Any = None, **more: Any) -> Answer:
    given_body = BODIES.get(route.name) if body is None else body
    path = path_of(route) | more.pop("path", {})
    return world.call(route.method, route.path, given_body, by=by, **more, **path)


@pytest.fixture
def world() -> ApiWorld:
    return ApiWorld()


def is_problem(answer: Answer) -> bool:
    return set(answer.body) == {"code", "message", "request_id"} and answer.body["request_id"] == "request-1"


def test_every_route_has_its_view_and_every_view_its_route() -> None:
    assert set(VIEWS) == {route.name for route in ROUTES}
    assert set(BODIES) == {route.name for route in WITH_BODY}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_viewer_may_look_and_nothing_else(route: Route, world: ApiWorld) -> None:
    answer = call(world, route, by="viewer")
    refused = answer.status == 403 and answer.code == "NotPermitted"
    assert refused == (route.group == "editor")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
@pytest.mark.parametrize("by", ["editor", "a-program-of-the-account"])
def test_an_editor_and_whom_iam_lets_through_may_call_every_route(
    route: Route, by: str, world: ApiWorld
) -> None:
    assert call(world, route, by=by).status != 403


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_person_in_no_group_may_call_nothing(route: Route, world: ApiWorld, monkeypatch: Any) -> None:
    stranger = {"userArn": "arn:aws:sts::1:assumed-role/other/s", "cognitoIdentityId": "eu-west-1:who"}
    monkeypatch.setattr("tests.api.identity", lambda _: stranger)
    answer = call(world, route)
    assert answer.status == 403
    assert is_problem(answer)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_answer_is_json_kept_by_nobody_for_the_portals_origin(route: Route, world: ApiWorld) -> None:
    answer = call(world, route)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert (answer.text == "") == (answer.status == 204)
    assert answer.status < 400 or is_problem(answer)


@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: route.name)
@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "[]", '"text"', "1", "{}x", '{"a": NaN}', '"\\ud800"', "\ufeff{}"],
)
def test_a_body_that_is_none_is_refused(route: Route, body: str, world: ApiWorld) -> None:
    answer = call(world, route, body=body)
    assert answer.status == 400
    assert answer.code == "InvalidInput"


@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: route.name)
def test_an_unknown_field_is_refused_by_its_name(route: Route, world: ApiWorld) -> None:
    answer = call(world, route, body=BODIES[route.name] | {"surprise": 1})
    assert answer.status == 400
    assert "surprise" in answer.body["message"]


@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: route.name)
def test_a_field_of_another_type_is_refused_by_its_name(route: Route, world: ApiWorld) -> None:
    for name, value in BODIES[route.name].items():
        for wrong in ({"a": 1}, str(value) if not isinstance(value, str) else 7, True):
            answer = call(world, route, body=BODIES[route.name] | {name: wrong})
            assert answer.status == 400, (name, wrong)
            assert answer.code == "InvalidInput"


@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: route.name)
def test_a_text_longer_than_any_is_refused(route: Route, world: ApiWorld) -> None:
    for name, value in BODIES[route.name].items():
        if isinstance(value, str):
            answer = call(world, route, body=BODIES[route.name] | {name: "a" * 5000})
            assert answer.status == 400, name


@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: route.name)
def test_a_body_of_ten_megabytes_is_not_read(route: Route, world: ApiWorld) -> None:
    answer = call(world, route, body="[" * 10_000_000)
    assert answer.status == 413
    assert answer.code == "RequestTooLarge"
    assert call(world, route, body=" " * LARGEST_BODY_BYTES).status == 400


@pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: route.name)
def test_a_body_of_another_content_type_is_refused_in_the_one_form(route: Route, world: ApiWorld) -> None:
    answer = call(world, route, content_type="text/plain")
    assert answer.status == 415
    assert is_problem(answer)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_query_that_a_route_does_not_know_is_refused(route: Route, world: ApiWorld) -> None:
    answer = call(world, route, query={"surprise": "1"})
    assert answer.status == 400
    assert "surprise" in answer.body["message"]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"}, {"limit": "101"}, {"limit": "1.5"}, {"limit": "ten"}, {"limit": ""},
        {"limit": ["1", "2"]}, {"kind": "other"}, {"kind": ["analysis", "training"]}, {"state": "DONE"},
        {"state": ["RUNNING"] * 7}, {"state": ""}, {"since": "5"}, {"since": "2026-11-22"},
        {"since": "2026-11-22T12:00:00"}, {"until": "later"},
        {"since": "0001-01-01T00:00:00+14:00"}, {"until": "9999-12-31T23:59:59-10:00"},
        {"project": "../cup"}, {"project": "CUP"},
        {"project": "a" * 64}, {"project": ""}, {"after": ""}, {"after": "a" * 3000}, {"after": "AAAA"},
        {"after": "../x"}, {"Limit": "1"},
    ],
)  # fmt: skip
def test_a_query_of_another_form_is_refused_by_its_name(
    query: dict[str, str | list[str]], world: ApiWorld
) -> None:
    answer = world.call("GET", "/jobs", query=query)
    assert (answer.status, answer.code) == (400, "InvalidInput")
    (name,) = query
    assert name in answer.body["message"] or "token" in answer.body["message"]


def test_a_time_that_ends_before_it_begins_is_refused(world: ApiWorld) -> None:
    query = {"since": "2026-11-22T12:00:00Z", "until": "2026-11-22T12:00:00Z"}
    answer = world.call("GET", "/jobs", query=query)
    assert (answer.status, answer.code) == (400, "InvalidInput")
    assert "since is not before until" in answer.body["message"]


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if "{" in route.path], ids=lambda route: route.name
)
@pytest.mark.parametrize(
    "trick", ["..", "../cup", "cup/../league", "%2e%2e", "cup\0", "CUP", "a" * 9000, "é"]
)
def test_a_path_that_names_nothing_is_refused_or_not_found(route: Route, trick: str, world: ApiWorld) -> None:
    for name in path_of(route):
        answer = call(world, route, path={name: trick})
        assert answer.status in (400, 404), (name, answer.text)
        assert is_problem(answer)


@given(route=st.sampled_from(WITH_BODY), body=st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_no_body_whatever_is_our_own_fault(route: Route, body: Any) -> None:
    answer = call(ApiWorld(), route, body=json.dumps(body))
    assert answer.status < 500, answer.text


@given(route=st.sampled_from(WITH_BODY), change=st.data())
def test_no_value_of_a_field_is_our_own_fault(route: Route, change: st.DataObject) -> None:
    good = BODIES[route.name]
    name = change.draw(st.sampled_from(sorted(good)))
    value = change.draw(
        st.text(max_size=30) | st.integers() | st.floats() | st.lists(st.text(max_size=5), max_size=3)
    )
    answer = call(ApiWorld(), route, body=json.dumps(good | {name: value}))
    assert answer.status < 500, answer.text


def test_an_unforeseen_error_tells_a_caller_nothing_but_the_requests_id(world: ApiWorld) -> None:
    def break_down(_name: str) -> None:
        raise RuntimeError("a secret")

    world.projects.get = break_down  # type: ignore[method-assign, assignment]
    answer = world.call("GET", "/projects/{project}", project="cup")
    assert answer.status == 500
    assert answer.code == "InternalError"
    assert "secret" not in answer.text
