"""Requests of the API that are made again, or come late, in the local cloud: what was done stays as it is."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from brandlens.cost.budget import Account, month_of
from brandlens.jobs import JobState, Model
from local.cloud import LocalCloud
from tests.e2e.system import System
from tests.jobs import job
from tests.portal import ApiCaller, member
from tests.spending import cost

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

PROJECT = "asked-again"


@pytest.fixture(scope="module")
def system(cloud: LocalCloud) -> System:
    return System(cloud)


@pytest.fixture(scope="module")
def editor(cloud: LocalCloud, system: System) -> ApiCaller:
    editor = member(cloud, "ada@example.com", "editor")
    new = {"name": PROJECT, "labels": ["Acme"], "detector": "embedded"}
    assert editor.call("POST", "/projects", new).status_code == 201
    gone = Model(detector="embedded", arn="s3://gone", version="v1", min_confidence=50)
    system.projects.set_active_model(PROJECT, gone)
    return editor


def uploaded(editor: ApiCaller, body: bytes, *, name: str = "a.jpg") -> str:
    """Upload a file whole, and return the upload's id."""
    new = {"project": PROJECT, "purpose": "analyze", "name": name, "bytes": len(body)}
    upload = editor.call("POST", "/uploads", new).json()
    (part,) = upload["parts"]["parts"]
    assert requests.put(part["url"], data=body, timeout=10).status_code == 200
    return str(upload["id"])


def analyzed(editor: ApiCaller, upload: str) -> Any:
    answer = editor.call("POST", "/analyses", {"project": PROJECT, "uploads": [upload]})
    assert answer.status_code == 202, answer.text
    return answer.json()


def test_an_answer_that_was_lost_names_the_same_job_though_another_file_came(
    system: System, editor: ApiCaller
) -> None:
    uploads = [uploaded(editor, b"one"), uploaded(editor, b"another")]
    first = [analyzed(editor, upload) for upload in uploads]
    assert [analyzed(editor, upload) for upload in uploads] == first
    ids = {answer["analyses"][0]["job_id"] for answer in first}
    assert len(ids) == 2
    for job_id in ids:
        system.ended(job_id)
    listed = editor.call("GET", "/jobs", query={"project": PROJECT}).json()["jobs"]
    assert {each["job_id"] for each in listed if each["name"] == "a.jpg"} == ids


def test_an_upload_that_was_given_up_begins_nothing(system: System, editor: ApiCaller) -> None:
    older = analyzed(editor, uploaded(editor, b"older", name="b.jpg"))["analyses"][0]["job_id"]
    given_up = uploaded(editor, b"newer", name="b.jpg")
    assert editor.call("DELETE", f"/uploads/{given_up}").status_code == 204
    refused = editor.call("POST", "/analyses", {"project": PROJECT, "uploads": [given_up]})
    assert (refused.status_code, refused.json()["code"]) == (404, "NotFound")
    assert "it was given up" in refused.json()["message"]
    system.ended(older)
    listed = editor.call("GET", "/jobs", query={"project": PROJECT}).json()["jobs"]
    assert [each["job_id"] for each in listed if each["name"] == "b.jpg"] == [older]


def test_a_project_is_deleted_once_nothing_of_it_is_at_work_and_its_cost_counts_on(
    system: System, editor: ApiCaller
) -> None:
    assert editor.call("POST", "/projects", {"name": "brief-cup", "labels": ["Acme"]}).status_code == 201
    at_work = job("inbox/brief-cup/analyze/a.mp4", project="brief-cup")
    system.jobs.receive(at_work, "analysis")
    refused = editor.call("DELETE", "/projects/brief-cup")
    assert (refused.status_code, refused.json()["code"]) == (409, "Conflict")
    assert at_work.job_id in refused.json()["message"]
    ran = system.cli("project", "delete", "brief-cup", "--yes")
    assert ran.returncode != 0
    assert "Cancel its jobs" in ran.stderr

    now = datetime.now(UTC)
    system.jobs.finish(at_work.job_id, JobState.CANCELED, now=now)
    account = Account(project="brief-cup", month=month_of(now))
    system.spending.settle(account, at_work.job_id, cost(2.5))
    assert editor.call("DELETE", "/projects/brief-cup").status_code == 204
    told = editor.call("GET", "/spending").json()["projects"]
    assert [each["spent"]["estimated_usd"] for each in told if each["project"] == "brief-cup"] == [2.5]
    system.aws("dynamodb").delete_item(
        TableName=system.outputs.jobs_table, Key={"job_id": {"S": at_work.job_id}}
    )
