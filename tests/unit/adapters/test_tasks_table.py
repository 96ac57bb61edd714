"""Who waits for people's labels: one contract for the tasks table and its fake."""

from datetime import timedelta

import boto3
import pytest

from brandlens.adapters.tasks_table import TasksTable
from brandlens.labeling.ports import LabelingWaits
from brandlens.labeling.waits import LabelingWait
from tests.jobs import NOW, job
from tests.labeling import JOB_ARN_PREFIX, FakeWaits

WAIT = LabelingWait(
    labeling_job_arn=f"{JOB_ARN_PREFIX}abc-image",
    token="first",
    job=job("inbox/cup/train/first/job.json"),
    kind="image",
    items=3,
    expires_at=(NOW + timedelta(days=11)).replace(microsecond=0),
)
NEWER = WAIT.model_copy(update={"token": "second"})


def make_table(session: boto3.Session) -> None:
    """Make the table as `infra/components/tables.py` does."""
    session.client("dynamodb").create_table(
        TableName="tasks",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "task_id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "task_id", "AttributeType": "S"}],
    )


@pytest.fixture(params=["table", "fake"])
def waits(request: pytest.FixtureRequest, session: boto3.Session) -> LabelingWaits:
    if request.param == "fake":
        return FakeWaits()
    make_table(session)
    return TasksTable("tasks", session)


def test_a_wait_is_remembered_whole(waits: LabelingWaits) -> None:
    waits.put(WAIT)

    assert waits.get(WAIT.labeling_job_arn) == WAIT


def test_nobody_waits_for_a_labeling_job_that_nobody_asked_for(waits: LabelingWaits) -> None:
    assert waits.get(WAIT.labeling_job_arn) is None


def test_the_newest_token_is_the_one_that_counts(waits: LabelingWaits) -> None:
    waits.put(WAIT)
    waits.put(NEWER)

    assert waits.get(WAIT.labeling_job_arn) == NEWER


def test_a_wait_that_is_over_is_forgotten_however_often(waits: LabelingWaits) -> None:
    waits.put(WAIT)

    assert waits.remove(WAIT.labeling_job_arn, "first")
    assert waits.get(WAIT.labeling_job_arn) is None
    assert waits.remove(WAIT.labeling_job_arn, "first")


def test_forgetting_an_older_token_leaves_the_newer_one(waits: LabelingWaits) -> None:
    waits.put(WAIT)
    waits.put(NEWER)

    assert not waits.remove(WAIT.labeling_job_arn, "first")
    assert waits.get(WAIT.labeling_job_arn) == NEWER


def test_dynamodb_is_told_when_a_token_is_of_no_use_any_longer(session: boto3.Session) -> None:
    make_table(session)
    TasksTable("tasks", session).put(WAIT)

    item = session.client("dynamodb").scan(TableName="tasks")["Items"][0]

    assert item["expires_at"] == {"N": str(int(WAIT.expires_at.timestamp()))}
