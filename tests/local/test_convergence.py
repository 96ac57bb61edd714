"""What `up` makes of a program that changes, fails and is run again."""

import json
from collections.abc import Callable, Iterator

import pulumi_aws as aws
import pytest
from botocore.exceptions import ClientError

from brandlens.errors import LocalCloudFailed
from local import cloud as local_cloud
from local.cloud import LocalCloud
from local.home import Home
from tests.cloud import client, private_home
from tests.local import sample

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("sample-cloud")]

Run = Callable[[Callable[[], object]], LocalCloud]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = private_home(tmp_path_factory.mktemp("convergence"))
    yield home
    local_cloud.reset(home=home)


@pytest.fixture
def up(home: Home) -> Run:
    return lambda run: local_cloud.up(home=home, program=sample.program(run))


def told_by(home: Home, run: Callable[[], object]) -> list[str]:
    """Run the program and return the names of the steps that were told."""
    steps: list[str] = []
    local_cloud.up(lambda step, _done, _total: steps.append(step), home=home, program=sample.program(run))
    return steps


def roles_and_queue(action: str = "s3:GetObject", queue: bool = True) -> None:
    role = aws.iam.Role("worker", name="worker", assume_role_policy=sample.trust("lambda.amazonaws.com"))
    aws.iam.RolePolicy(
        "worker", name="rights", role=role.name, policy=sample.policy(action, Resource="arn:aws:s3:::some/*")
    )
    if queue:
        aws.sqs.Queue("letters", name="letters", message_retention_seconds=3600)


def queue_names(cloud: LocalCloud) -> list[str]:
    return [url.rsplit("/", 1)[-1] for url in client(cloud, "sqs").list_queues().get("QueueUrls", [])]


def action_of_worker(cloud: LocalCloud) -> str:
    found = client(cloud, "iam").get_role_policy(RoleName="worker", PolicyName="rights")
    return str(found["PolicyDocument"]["Statement"][0]["Action"])


def test_a_second_run_of_the_same_program_makes_no_call_for_its_resources(up: Run, home: Home) -> None:
    cloud = up(roles_and_queue)
    url = client(cloud, "sqs").get_queue_url(QueueName="letters")["QueueUrl"]
    client(cloud, "sqs").delete_queue(QueueUrl=url)
    again = up(roles_and_queue)
    assert queue_names(again) == []  # nothing looked for it: it was as the program says, by our books
    client(again, "iam").untag_user(UserName="developer", TagKeys=["brandlens-epoch"])
    assert queue_names(up(roles_and_queue)) == ["letters"]


def test_a_changed_policy_is_updated_in_place(up: Run) -> None:
    assert action_of_worker(up(roles_and_queue)) == "s3:GetObject"
    cloud = up(lambda: roles_and_queue(action="s3:PutObject"))
    assert action_of_worker(cloud) == "s3:PutObject"


def test_a_resource_that_the_program_no_longer_has_is_removed(up: Run) -> None:
    assert queue_names(up(roles_and_queue)) == ["letters"]
    assert queue_names(up(lambda: roles_and_queue(queue=False))) == []


def test_a_resource_with_another_name_replaces_the_one_before(up: Run) -> None:
    up(lambda: aws.sqs.Queue("letters", name="before") and None)
    assert queue_names(up(lambda: aws.sqs.Queue("letters", name="after") and None)) == ["after"]


def test_a_resource_without_a_name_keeps_the_one_it_was_given(up: Run) -> None:
    names = queue_names(up(lambda: aws.sqs.Queue("unnamed") and None))
    assert len(names) == 1
    assert names[0].startswith("unnamed-")
    assert queue_names(up(lambda: aws.sqs.Queue("unnamed", delay_seconds=3) and None)) == names


def test_a_program_that_fails_half_way_names_the_resource_and_goes_on_from_there(up: Run) -> None:
    def broken(expression: str) -> None:
        queue = aws.sqs.Queue("letters", name="letters")
        queue.arn.apply(lambda _: aws.cloudwatch.EventRule("rule", name="rule", event_pattern=expression))

    up(lambda: aws.sqs.Queue("old", name="old") and None)
    with pytest.raises(LocalCloudFailed, match=r"resource rule could not be made .*InvalidEventPattern"):
        up(lambda: broken("no pattern"))
    cloud = up(lambda: broken(json.dumps({"source": ["brandlens"]})))
    assert queue_names(cloud) == ["letters"]
    assert client(cloud, "events").describe_rule(Name="rule")["State"] == "ENABLED"


def test_after_a_failure_nothing_is_removed(up: Run) -> None:
    cloud = up(lambda: aws.sqs.Queue("old", name="old") and None)
    with pytest.raises(LocalCloudFailed, match="resource rule"):
        up(lambda: aws.cloudwatch.EventRule("rule", name="rule", event_pattern="no pattern") and None)
    assert queue_names(cloud) == ["old"]


def test_an_unknown_resource_type_is_an_error_that_names_it(up: Run) -> None:
    with pytest.raises(LocalCloudFailed, match="aws:inspector2/enabler:Enabler is not known"):
        up(lambda: aws.inspector2.Enabler("scans", account_ids=["1"], resource_types=["ECR"]) and None)


def test_an_error_of_the_program_itself_is_told(up: Run) -> None:
    def broken() -> None:
        raise KeyError("media_bucket")

    with pytest.raises(LocalCloudFailed, match="the Pulumi program failed: KeyError: 'media_bucket'"):
        up(broken)


def test_only_what_changed_is_told(home: Home, up: Run) -> None:
    up(roles_and_queue)
    unchanged = told_by(home, roles_and_queue)
    changed = told_by(home, lambda: roles_and_queue(action="s3:PutObject"))
    assert unchanged.count("Deploying") == 1
    assert changed.count("Deploying") == 2


def test_the_stacks_outputs_are_what_the_program_exports(up: Run) -> None:
    import pulumi

    def exporting() -> None:
        pulumi.export("queue_url", aws.sqs.Queue("letters", name="letters").url)

    cloud = up(exporting)
    assert cloud.outputs == {"queue_url": client(cloud, "sqs").get_queue_url(QueueName="letters")["QueueUrl"]}
    assert local_cloud.connect(home=cloud.home).outputs == cloud.outputs


def test_unsigned_and_foreign_callers_are_refused(up: Run) -> None:
    from dataclasses import replace

    cloud = up(roles_and_queue)
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        client(replace(cloud, secret_access_key="wrong"), "sqs").list_queues()
    with pytest.raises(ClientError, match=r"UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId"):
        client(replace(cloud, access_key_id="AKIAUNKNOWN000000000"), "sqs").list_queues()
