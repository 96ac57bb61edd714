"""What each route does, over fakes."""

from datetime import timedelta
from typing import Any

import pytest

from brandlens.cost.budget import account_of
from brandlens.jobs import JobState, Model
from brandlens.training.scores import ModelScores
from brandlens.training.versions import ModelVersion, TrainedVersion
from tests.api import JPEG, ApiWorld
from tests.jobs import MODEL, NOW, job
from tests.spending import cost

SCORES = ModelScores(f1=0.9, train_pictures=10, test_pictures=2, labels=())


@pytest.fixture
def world() -> ApiWorld:
    return ApiWorld()


def version(model: Model = MODEL, **changes: Any) -> ModelVersion:
    return ModelVersion(
        model=model, project="cup", job_id="j", created_at=NOW, finished_at=NOW, scores=SCORES
    ).model_copy(update=changes)


def test_a_project_is_made_changed_and_deleted(world: ApiWorld) -> None:
    new = {"name": "open", "labels": [" Acme "], "label_type": "concept", "detector": "embedded"}
    assert world.call("POST", "/projects", new).status == 400  # blanks around a label
    made = world.call("POST", "/projects", new | {"labels": ["Acme"]})
    assert (made.status, made.body["active_model"]) == (201, None)
    assert world.call("POST", "/projects", new | {"labels": ["Acme"]}).code == "AlreadyExists"
    changed = world.call("PATCH", "/projects/{project}", {"min_f1": 0.5}, project="open")
    assert (changed.body["labels"], changed.body["min_f1"]) == (["Acme"], 0.5)
    twice = world.call("PATCH", "/projects/{project}", {"labels": ["A", "A"]}, project="open")
    assert twice.status == 400
    assert world.call("DELETE", "/projects/{project}", project="open").status == 204
    assert world.call("GET", "/projects/{project}", project="open").code == "UnknownProject"


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("RUNNING", "Stop it first."),
        ("STARTING", "Stop it once it runs."),
        ("TRAINING_IN_PROGRESS", "Wait until it is"),
    ],
)
def test_a_project_whose_model_is_at_work_is_not_deleted(status: str, remedy: str, world: ApiWorld) -> None:
    at_work = TrainedVersion(arn=MODEL.arn, name="v1", status=status, message="")
    world.served.of["brandlens-dev-cup"] = [at_work.model_copy(update={"status": "STOPPED"}), at_work]
    refused = world.call("DELETE", "/projects/{project}", project="cup")
    assert (refused.status, refused.code) == (409, "Conflict")
    assert "its model version v1" in refused.body["message"]
    assert remedy in refused.body["message"]
    assert world.projects.get("cup")
    world.served.of["brandlens-dev-cup"] = [at_work.model_copy(update={"status": "STOPPING"})]
    assert world.call("DELETE", "/projects/{project}", project="cup").status == 204


def test_a_project_with_a_job_that_has_not_ended_is_not_deleted(world: ApiWorld) -> None:
    made = job()
    world.jobs.receive(made, "training")
    refused = world.call("DELETE", "/projects/{project}", project="cup")
    assert (refused.status, refused.code) == (409, "Conflict")
    assert f"its training {made.job_id} is RECEIVED" in refused.body["message"]
    assert "Cancel its jobs" in refused.body["message"]
    assert world.call("DELETE", "/projects/{project}", project="league").status == 204
    world.jobs.finish(made.job_id, JobState.CANCELED, now=NOW)
    assert world.call("DELETE", "/projects/{project}", project="cup").status == 204


def test_a_model_whose_project_was_deleted_can_still_be_stopped(world: ApiWorld) -> None:
    world.versions.end(version())
    world.models.status_of[MODEL.arn] = "RUNNING"
    world.projects.delete("cup")
    stopped = world.call("POST", "/models/{model}/stop", model="cup.v1")
    assert (stopped.status, stopped.body["status"]) == (202, "STOPPING")
    for act, body in (("start", {"minutes": 5}), ("activate", None)):
        refused = world.call("POST", f"/models/{{model}}/{act}", body, model="cup.v1")
        assert refused.code == "UnknownProject"


def test_models_are_listed_with_scores_and_which_is_used(world: ApiWorld) -> None:
    world.versions.end(version())
    (model,) = world.call("GET", "/projects/{project}/models", project="cup").body["models"]
    assert (model["id"], model["detector"], model["version"]["active"]) == ("cup.v1", "rekognition", True)
    assert model["version"]["scores"]["f1"] == 0.9


def test_a_model_runs_while_it_is_held_and_says_what_that_costs(world: ApiWorld) -> None:
    world.versions.end(version())
    world.models.status_of[MODEL.arn] = "STOPPED"
    started = world.call("POST", "/models/{model}/start", {"minutes": 5}, model="cup.v1")
    assert (started.status, started.body["status"], started.body["needed_by"]) == (202, "STARTING", 1)
    early = world.call("POST", "/models/{model}/stop", model="cup.v1")
    assert (early.status, early.code) == (409, "ModelNotReady")
    world.models.status_of[MODEL.arn] = "RUNNING"
    running = world.call("GET", "/models", query={"state": "running"}).body
    assert running["usd_per_hour"] == 4.0
    assert running["models"][0]["ours"] is True
    stopped = world.call("POST", "/models/{model}/stop", model="cup.v1")
    assert (stopped.body["status"], stopped.body["needed_by"]) == ("STOPPING", 0)


def test_a_model_that_a_job_needs_is_not_stopped(world: ApiWorld) -> None:
    world.versions.end(version())
    world.models.status_of[MODEL.arn] = "RUNNING"
    world.leases.acquire(MODEL, job(), now=NOW, expires_at=NOW + timedelta(days=9999))
    assert world.call("POST", "/models/{model}/stop", model="cup.v1").body["needed_by"] == 1
    assert world.models.status_of[MODEL.arn] == "RUNNING"


def test_only_a_trained_version_is_activated(world: ApiWorld) -> None:
    other = MODEL.model_copy(update={"version": "v2", "arn": f"{MODEL.arn}2"})
    world.versions.end(version(other))
    world.versions.end(version(MODEL, scores=None, reason="too few pictures"))
    active = world.call("POST", "/models/{model}/activate", model="cup.v2")
    assert active.body["active_model"]["version"] == "v2"
    refused = world.call("POST", "/models/{model}/activate", model="cup.v1")
    assert (refused.status, "too few pictures" in refused.body["message"]) == (409, True)
    assert world.call("POST", "/models/{model}/activate", model="cup.v3").status == 404


def test_jobs_are_filtered_and_paged_by_a_token_for_the_same_filters(world: ApiWorld) -> None:
    for number in range(5):
        world.jobs.receive(job(f"inbox/cup/analyze/{number}.mp4"), "analysis")
    first = world.call("GET", "/jobs", query={"project": "cup", "limit": "3"}).body
    more = {"project": "cup", "limit": "3", "after": first["next"]}
    second = world.call("GET", "/jobs", query=more).body
    assert len({each["job_id"] for each in first["jobs"] + second["jobs"]}) == 5
    assert second["next"] is None
    forged = world.call("GET", "/jobs", query=more | {"project": "league"})
    assert (forged.status, "token" in forged.body["message"]) == (400, True)
    states = world.call("GET", "/jobs", query={"state": ["RUNNING", "SUCCEEDED"]}).body
    assert states == {"jobs": [], "next": None}


def test_what_is_another_projects_is_not_this_ones(world: ApiWorld) -> None:
    made = world.finished()
    mark = world.call("POST", "/jobs/{job}/marks", {"kind": "wrong", "appearance": "a0"}, job=made.job_id)
    stolen = {"project": "league", "batch": "b", "marks": [mark.body["id"]]}
    world.versions.end(version())

    assert world.call("POST", "/training", stolen).status == 404
    for act in ("start", "stop", "activate"):
        body = {"minutes": 5} if act == "start" else None
        assert world.call("POST", f"/models/{{model}}/{act}", body, model="league.v1").status == 404
    assert world.call("GET", "/jobs", query={"project": "league"}).body["jobs"] == []
    assert world.call("GET", "/projects/{project}/exposures", project="league").body["jobs"] == []
    assert world.call("GET", "/projects/{project}/marks", project="league").body["marks"] == []


def test_a_job_is_shown_with_its_cost_and_canceled_while_it_runs(world: ApiWorld) -> None:
    made = job()
    world.jobs.receive(made, "analysis")
    early = world.call("DELETE", "/jobs/{job}", job=made.job_id)
    assert early.code == "Conflict"
    world.jobs.started(made.job_id, world.workflow.start(made.job_id, {}))
    assert world.call("DELETE", "/jobs/{job}", job=made.job_id).status == 202
    assert not world.workflow.executions
    world.jobs.finish(made.job_id, JobState.CANCELED, now=NOW)
    world.spending.settle(account_of(made), made.job_id, cost(1.5))
    shown = world.call("GET", "/jobs/{job}", job=made.job_id).body
    assert (shown["job"]["name"], shown["cost"]["estimated_usd"]) == ("final.mp4", 1.5)
    assert world.call("DELETE", "/jobs/{job}", job=made.job_id).code == "Conflict"


def test_results_and_their_proof_pictures_are_given_as_urls(world: ApiWorld) -> None:
    made = world.finished(appearances=501)
    urls = world.call("GET", "/jobs/{job}/results", job=made.job_id).body
    assert f"{made.job_id}/analysis.json?signature" in urls["analysis"]
    assert made.source.key in urls["media"]
    first = world.call("GET", "/jobs/{job}/results/frames", job=made.job_id).body
    rest = world.call(
        "GET", "/jobs/{job}/results/frames", job=made.job_id, query={"after": first["next"]}
    ).body
    assert (len(first["frames"]), len(rest["frames"]), rest["next"]) == (500, 1, None)
    (found,) = world.call("GET", "/projects/{project}/exposures", project="cup").body["jobs"]
    assert found["job_id"] == made.job_id


def test_a_job_without_results_says_why(world: ApiWorld) -> None:
    made = job()
    world.jobs.receive(made, "analysis")
    answer = world.call("GET", "/jobs/{job}/results", job=made.job_id)
    assert (answer.status, "RECEIVED" in answer.body["message"]) == (404, True)


def test_marks_are_kept_once_offered_and_taken_by_a_batch(world: ApiWorld) -> None:
    made = world.finished()
    world.team.invite("ed@example.com")
    world.team.people["ed@example.com"] = world.team.people["ed@example.com"].model_copy(
        update={"id": "editor-sub"}
    )
    wrong = {"kind": "wrong", "appearance": "a0"}
    missed = {"kind": "missed", "label": "Globex", "start_seconds": 3.0, "end_seconds": 4.0}
    path = "/jobs/{job}/marks"
    first, again = (world.call("POST", path, wrong, job=made.job_id) for _ in range(2))
    other = world.call("POST", path, missed, job=made.job_id)
    assert (first.status, first.body, first.body["by"]) == (201, again.body, "ed@example.com")
    marks = world.call("GET", "/projects/{project}/marks", project="cup").body["marks"]
    assert {each["id"] for each in marks} == {first.body["id"], other.body["id"]}

    begun = world.call(
        "POST", "/training", {"project": "cup", "batch": "m", "marks": [each["id"] for each in marks]}
    )
    assert (begun.status, begun.body["pictures_of_marks"]) == (202, 2)
    folder = "inbox/cup/train/eu-west-1-editor.m/marks/"
    assert [world.media.objects[key] for key in world.media.keys(folder)] == [JPEG, JPEG]
    assert [(seconds, rate) for _, seconds, rate in world.frames_asked] == [(3.5, 2)]
    assert world.call("GET", "/projects/{project}/marks", project="cup").body["marks"] == []
    kept = world.call("GET", path, job=made.job_id).body["marks"]
    assert {each["trained_by"] for each in kept} == {begun.body["job_id"]}
    taken = world.call("DELETE", "/jobs/{job}/marks/{mark}", job=made.job_id, mark=first.body["id"])
    assert taken.code == "Conflict"


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ({"kind": "wrong", "appearance": "a7"}, 404),
        ({"kind": "missed", "label": "Nobody", "start_seconds": 1.0, "end_seconds": 2.0}, 400),
        ({"kind": "missed", "label": "Acme"}, 400),
        ({"kind": "missed", "label": "Acme", "start_seconds": 2.0, "end_seconds": 1.0}, 400),
        ({"kind": "missed", "label": "Acme", "start_seconds": 2.0, "end_seconds": 99.0}, 400),
    ],
)
def test_a_mark_of_what_is_not_there_is_refused(mark: dict[str, Any], status: int, world: ApiWorld) -> None:
    made = world.finished()
    assert world.call("POST", "/jobs/{job}/marks", mark, job=made.job_id).status == status


def missed(**changes: Any) -> dict[str, Any]:
    return {"kind": "missed", "label": "Acme", "start_seconds": 1.0, "end_seconds": 2.0} | changes


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"box": {"left": 0.75, "top": 0.0, "width": 0.5, "height": 0.5}}, "leaves the picture"),
        ({"box": {"left": 0.0, "top": 0.5, "width": 0.5, "height": 0.500003}}, "leaves the picture"),
        ({"box": {"left": 0.5, "top": 0.5, "width": 0.0, "height": 0.5}}, "has no area"),
        ({"start_seconds": 10.0, "end_seconds": 10.0}, "the video ends after 10 seconds"),
        ({"end_seconds": 10.00001}, "the video ends after 10 seconds"),
        ({"end_seconds": 1.0}, "it does not end after it begins"),
        ({"end_seconds": 0.5}, "it does not end after it begins"),
    ],
)
def test_a_mark_of_what_lies_outside_is_refused_in_words(
    changes: dict[str, Any], why: str, world: ApiWorld
) -> None:
    made = world.finished()
    answer = world.call("POST", "/jobs/{job}/marks", missed(**changes), job=made.job_id)
    assert (answer.status, answer.code) == (400, "InvalidInput")
    assert why in answer.body["message"]


def test_a_mark_may_reach_to_the_very_end_and_edge(world: ApiWorld) -> None:
    made = world.finished(duration_seconds=10.0333337)
    box = {"left": 1 / 3, "top": 0.0, "width": 2 / 3, "height": 1.0}
    for mark in (missed(end_seconds=10.0333337), missed(box=box)):
        assert world.call("POST", "/jobs/{job}/marks", mark, job=made.job_id).status == 201


def test_marking_again_replaces_the_note_and_is_one_mark(world: ApiWorld) -> None:
    made = world.finished()
    path = "/jobs/{job}/marks"
    for mark in ({"kind": "wrong", "appearance": "a0"}, missed(start_seconds=0.0), missed()):
        first, again = (
            world.call("POST", path, mark | note, job=made.job_id) for note in ({}, {"note": "x"})
        )
        assert (first.status, again.status, again.body["id"]) == (201, 201, first.body["id"])
        assert again.body["created_at"] == first.body["created_at"]
    kept = world.call("GET", path, job=made.job_id).body["marks"]
    assert [each["mark"]["note"] for each in kept] == ["x", "x", "x"]


def test_nought_is_nought_whatever_its_sign(world: ApiWorld) -> None:
    made = world.finished()
    ids = {
        world.call("POST", "/jobs/{job}/marks", missed(start_seconds=zero), job=made.job_id).body["id"]
        for zero in (0.0, -0.0)
    }
    assert len(ids) == 1


def test_a_mark_is_kept_to_the_millionth(world: ApiWorld) -> None:
    made = world.finished()
    box = {"left": 5e-324, "top": 0.1234567, "width": 0.5, "height": 0.5}
    missed = {"kind": "missed", "label": "Globex", "start_seconds": 1e-300, "end_seconds": 4.0, "box": box}
    kept = world.call("POST", "/jobs/{job}/marks", missed, job=made.job_id).body["mark"]
    assert (kept["start_seconds"], kept["box"]["left"], kept["box"]["top"]) == (0, 0, 0.123457)


def test_a_mark_is_taken_back_through_its_own_job_only(world: ApiWorld) -> None:
    made, other = world.finished(), world.finished("inbox/cup/analyze/other.mp4")
    mark = world.call("POST", "/jobs/{job}/marks", {"kind": "wrong", "appearance": "a0"}, job=made.job_id)
    path = "/jobs/{job}/marks/{mark}"
    assert world.call("DELETE", path, job=other.job_id, mark=mark.body["id"]).status == 404
    assert world.call("DELETE", path, job=made.job_id, mark=mark.body["id"]).status == 204
    assert world.call("DELETE", path, job=made.job_id, mark=mark.body["id"]).status == 404


def test_files_are_quoted_by_their_headers_before_they_are_uploaded(world: ApiWorld) -> None:
    video = {"name": "a.mp4", "kind": "video", "width": 1280, "height": 720, "duration_seconds": 60.0}
    picture = {"name": "a.jpg", "kind": "image", "width": 640, "height": 480}
    answer = world.call("POST", "/quotes", {"project": "cup", "files": [video, picture]}).body
    assert [each["quote"]["frames"] for each in answer["files"]] == [120, 1]
    quoted = sum(each["quote"]["cost"]["estimated_usd"] for each in answer["files"])
    assert answer["total"]["estimated_usd"] == pytest.approx(quoted)
    untold = world.call("POST", "/quotes", {"project": "cup", "files": [video | {"duration_seconds": None}]})
    assert (untold.status, "length" in untold.body["message"]) == (400, True)


def test_people_are_invited_change_groups_and_are_removed(world: ApiWorld) -> None:
    for role in ("viewer", "editor", "labeler"):
        made = world.call("POST", "/team/members", {"email": "Vera@example.com", "role": role})
        assert made.status == 201
    assert made.body["roles"] == ["editor", "labeler"]
    assert world.notices.subscribed == {"vera@example.com"}
    listed = world.call("GET", "/team/members").body
    assert listed["labeling_url"] == "https://labelers.labeling.example.com"
    (person,) = listed["members"]
    path = "/team/members/{member}"
    assert world.call("DELETE", path, query={"role": "labeler"}, member=person["id"]).status == 204
    assert world.notices.subscribed == set()
    assert world.call("DELETE", path, query={"role": "labeler"}, member=person["id"]).status == 404
    assert world.call("DELETE", path, member=person["id"]).status == 204
    assert world.call("DELETE", path, member=person["id"]).status == 404


def test_nobody_takes_their_own_access_away(world: ApiWorld) -> None:
    made = world.call("POST", "/team/members", {"email": "ed@example.com", "role": "editor"}).body
    world.team.people["ed@example.com"] = world.team.people["ed@example.com"].model_copy(
        update={"id": "editor-sub"}
    )
    assert world.call("DELETE", "/team/members/{member}", member=made["id"]).code == "Conflict"


def test_labelers_of_a_workforce_that_was_there_are_managed_there() -> None:
    world = ApiWorld(managed=False)
    answer = world.call("POST", "/team/members", {"email": "a@example.com", "role": "labeler"})
    assert answer.code == "Conflict"
    assert world.call("GET", "/team/members").body["labelers_managed_here"] is False


def test_a_months_spending_is_told_by_project(world: ApiWorld) -> None:
    made = job()
    world.spending.settle(account_of(made), made.job_id, cost(2.5))
    told = world.call("GET", "/spending", query={"month": "2026-11"}).body
    assert (told["total"]["estimated_usd"], told["booked_usd"]) == (2.5, 0.0)
    assert {each["project"]: each["jobs"] for each in told["projects"]} == {"cup": 1, "league": 0}
    assert world.call("GET", "/spending", query={"month": "2026-13"}).status == 400


def test_what_a_deleted_project_has_cost_counts_on(world: ApiWorld) -> None:
    made = job()
    world.spending.settle(account_of(made), made.job_id, cost(2.5))
    assert world.call("DELETE", "/projects/{project}", project="cup").status == 204
    told = world.call("GET", "/spending", query={"month": "2026-11"}).body
    assert told["total"]["estimated_usd"] == 2.5
    assert {each["project"]: each["jobs"] for each in told["projects"]} == {"cup": 1, "league": 0}
