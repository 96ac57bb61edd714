"""The same request of the API, made many times at once in the local cloud: one effect, and no failure."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import requests

from brandlens.jobs import Job, JobState, Model
from local.cloud import LocalCloud
from tests.api import with_appearances
from tests.e2e.system import System
from tests.jobs import job
from tests.portal import ApiCaller, member
from tests.results import analysis_of

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

AT_ONCE = 6


@pytest.fixture(scope="module")
def system(cloud: LocalCloud) -> System:
    return System(cloud)


@pytest.fixture(scope="module")
def editor(cloud: LocalCloud) -> ApiCaller:
    return member(cloud, "otto@example.com", "editor")


@pytest.fixture(scope="module")
def project(editor: ApiCaller) -> Iterator[str]:
    new = {"name": "at-once-cup", "labels": ["Acme"], "detector": "embedded"}
    assert editor.call("POST", "/projects", new).status_code == 201
    yield "at-once-cup"
    # Whoever analyzes after us must not be offered its model, which never was.
    assert editor.call("DELETE", "/projects/at-once-cup").status_code == 204


@pytest.fixture(scope="module")
def finished(system: System, project: str) -> Iterator[Job]:
    """An analysis with one appearance, of which no workflow knows."""
    made = job(f"inbox/{project}/analyze/final.mp4", project=project)
    system.jobs.receive(made, "analysis")
    folder = f"{project}/{made.job_id}/"
    bucket = system.outputs.results_bucket
    system.jobs.finish(
        made.job_id, JobState.SUCCEEDED, now=datetime.now(UTC), result=f"s3://{bucket}/{folder}"
    )
    body = with_appearances(analysis_of(made), 1).model_dump_json().encode()
    system.results.write(f"{folder}analysis.json", body, content_type="application/json")
    yield made
    system.aws("dynamodb").delete_item(
        TableName=system.outputs.jobs_table, Key={"job_id": {"S": made.job_id}}
    )


def at_once(call: Callable[[], requests.Response]) -> list[requests.Response]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda _: call(), range(AT_ONCE)))


def test_an_upload_is_analyzed_once(system: System, editor: ApiCaller, project: str) -> None:
    model = Model(detector="embedded", arn="s3://gone", version="v1", min_confidence=50)
    system.projects.set_active_model(project, model)
    new = {"project": project, "purpose": "analyze", "name": "a.jpg", "bytes": 10}
    upload = editor.call("POST", "/uploads", new).json()
    (part,) = upload["parts"]["parts"]
    assert requests.put(part["url"], data=b"no picture", timeout=10).status_code == 200

    asked = {"project": project, "uploads": [upload["id"]]}
    answers = at_once(lambda: editor.call("POST", "/analyses", asked))

    assert {answer.status_code for answer in answers} == {202}
    (job_id,) = {answer.json()["analyses"][0]["job_id"] for answer in answers}
    assert system.ended(job_id).state is JobState.REJECTED
    listed = editor.call("GET", "/jobs", query={"project": project}).json()["jobs"]
    assert [each["job_id"] for each in listed if each["name"] == "a.jpg"] == [job_id]


def test_a_mark_is_kept_once_and_taken_back_once(editor: ApiCaller, finished: Job) -> None:
    path = f"/jobs/{finished.job_id}/marks"
    said = at_once(lambda: editor.call("POST", path, {"kind": "wrong", "appearance": "a0"}))
    assert {answer.status_code for answer in said} == {201}
    (kept,) = {json.dumps(answer.json(), sort_keys=True) for answer in said}
    (mark,) = editor.call("GET", path).json()["marks"]
    assert mark == json.loads(kept)

    taken = at_once(lambda: editor.call("DELETE", f"{path}/{mark['id']}"))
    assert {answer.status_code for answer in taken} <= {204, 404}
    assert 204 in {answer.status_code for answer in taken}
    assert editor.call("GET", path).json()["marks"] == []


def test_a_project_is_deleted_once_and_its_changes_all_count(editor: ApiCaller) -> None:
    assert editor.call("POST", "/projects", {"name": "brief", "labels": ["Acme"]}).status_code == 201
    changed = at_once(lambda: editor.call("PATCH", "/projects/brief", {"min_f1": 0.5}))
    assert {answer.status_code for answer in changed} == {200}
    assert {answer.json()["min_f1"] for answer in changed} == {0.5}
    gone = at_once(lambda: editor.call("DELETE", "/projects/brief"))
    assert {answer.status_code for answer in gone} <= {204, 404}
    assert 204 in {answer.status_code for answer in gone}
    assert editor.call("GET", "/projects/brief").status_code == 404


def test_a_job_that_has_ended_is_canceled_by_nobody(editor: ApiCaller, finished: Job) -> None:
    answers = at_once(lambda: editor.call("DELETE", f"/jobs/{finished.job_id}"))
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(409, "Conflict")] * AT_ONCE


def test_an_upload_is_given_up_once(editor: ApiCaller, project: str) -> None:
    new = {"project": project, "purpose": "analyze", "name": "b.jpg", "bytes": 10}
    upload = editor.call("POST", "/uploads", new).json()
    answers = at_once(lambda: editor.call("DELETE", f"/uploads/{upload['id']}"))
    assert {answer.status_code for answer in answers} <= {204, 404}
    assert editor.call("GET", f"/uploads/{upload['id']}/parts").status_code == 404
