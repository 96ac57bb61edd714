"""The whole program of `infra/`, realised."""

import pytest

from local import cloud as local_cloud
from local.cloud import LocalCloud
from local.realised import Realised
from tests.cloud import client

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


def test_everything_the_program_describes_stands(cloud: LocalCloud) -> None:
    s3, tables, states = client(cloud, "s3"), client(cloud, "dynamodb"), client(cloud, "stepfunctions")
    for name in ("media_bucket", "results_bucket", "work_bucket"):
        s3.head_bucket(Bucket=cloud.outputs[name])
    for name in ("projects_table", "jobs_table", "tasks_table", "models_table"):
        assert tables.describe_table(TableName=cloud.outputs[name])["Table"]["TableStatus"] == "ACTIVE"
    machine = states.describe_state_machine(stateMachineArn=cloud.outputs["analysis_state_machine_arn"])
    assert "${" not in machine["definition"]
    assert client(cloud, "events").describe_event_bus(Name=cloud.outputs["event_bus"])


def test_a_second_run_of_the_program_finds_nothing_to_do(cloud: LocalCloud) -> None:
    told: list[tuple[str, float]] = []
    again = local_cloud.up(lambda step, done, _total: told.append((step, done)), home=cloud.home)
    assert again == cloud
    assert [step for step, _done in told].count("Deploying") == 1
    assert told[-1] == ("Deploying", len(Realised(cloud.home)))
