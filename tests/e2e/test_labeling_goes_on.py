"""Restarts of the local cloud while people label: what they drew stays, the training waits for the rest."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from brandlens.jobs import JobState, job_id_for
from local import cloud as local_cloud
from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System, eventually
from tests.e2e.test_down_and_up import down, kill
from tests.local.sagemaker.requests import Labeling, box

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

PROJECT = "patient"
PICTURES = 4
DRAWN = box(0, 10, 20, 120, 120)


@pytest.fixture(scope="module")
def system(cloud: LocalCloud) -> System:
    system = System(cloud)
    created = system.cli("project", "create", PROJECT, "--labels", ",".join(brands.LABELS))
    assert created.returncode == 0, created.stderr
    return system


@pytest.fixture(scope="module")
def labeling(cloud: LocalCloud, system: System) -> Labeling:
    sagemaker: Any = boto3.client(
        "sagemaker",
        endpoint_url=cloud.sagemaker_endpoint,
        region_name=cloud.region,
        aws_access_key_id=cloud.access_key_id,
        aws_secret_access_key=cloud.secret_access_key,
    )
    return Labeling(cloud.sagemaker_endpoint, sagemaker, system.aws("s3"))


@pytest.fixture(params=[down, kill])
def restarted(request: pytest.FixtureRequest, system: System, labeling: Labeling) -> Iterator[str]:
    """Have a picture labeled, end the cloud, bring it up; yield the training's job id."""
    end: Callable[[LocalCloud], None] = request.param
    cloud: LocalCloud = request.getfixturevalue("cloud")
    folder = f"inbox/{PROJECT}/train/{end.__name__}/"
    for number in range(PICTURES):
        shown = brands.picture(number, [(brands.LABELS[number % 2], (60 + 30 * number, 40, 120, 120))])
        system.put(f"{folder}{number}.jpg", brands.encoded(shown, "JPEG", quality=90))
    asked = {"labels": brands.LABELS, "type": "object"}
    job_id = job_id_for(system.put(f"{folder}job.json", json.dumps(asked).encode()))
    eventually(lambda: asked_for(system, job_id, 1), lambda: f"nobody is asked: {system.jobs.get(job_id)}")
    labeling.when(name(job_id), lambda told: told["LabelingJobStatus"] == "InProgress")
    assert labeling.answer(name(job_id), 0, boxes=[DRAWN])[0] == 200
    end(cloud)
    assert local_cloud.up(home=cloud.home) == cloud
    eventually(lambda: asked_for(system, job_id, 2), lambda: "the training does not wait again")
    yield job_id
    labeling.sagemaker.stop_labeling_job(LabelingJobName=name(job_id))
    record = system.ended(job_id)
    assert record.state is JobState.FAILED
    assert record.error is not None
    assert record.error.code == "LabelingFailed"
    assert kinds(system, job_id).count("Labeling Failed") == 1
    assert system.aws("dynamodb").scan(TableName="brandlens-local-tasks")["Items"] == []
    assert system.dead_letters() == []


def name(job_id: str) -> str:
    return f"brandlens-local-{job_id[:20]}-image"


def kinds(system: System, job_id: str) -> list[str]:
    return [event["detail-type"] for event in system.events(job_id)]


def asked_for(system: System, job_id: str, times: int) -> bool | None:
    return kinds(system, job_id).count("Labeling Requested") == times or None


def test_labeling_goes_on_with_every_box_that_was_drawn(
    system: System, labeling: Labeling, restarted: str
) -> None:
    assert labeling.describe(name(restarted))["LabelingJobStatus"] == "InProgress"
    shown = system.cli("jobs", "show", restarted)
    assert f"People have labeled 1 of {PICTURES} items, at http://" in shown.stderr
    status, page = labeling.ask("GET", labeling.page_of(name(restarted)))
    assert status == 200
    assert [picture["answer"]["boxes"] for picture in page["pictures"]][:2] == [[DRAWN], []]
