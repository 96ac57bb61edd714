"""What asking people to label is given: a team, a role, and a way back."""

import json
from typing import Any

import pytest

from tests.infra.recording import ACCOUNT, REGION, Program, evaluate, rights

JOBS = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:labeling-job/brandlens-dev-"
MEDIA = f"arn:aws:s3:::brandlens-dev-media-{ACCOUNT}"


@pytest.fixture(scope="module")
def with_team() -> Program:
    return evaluate(
        work_team="our-team", labeling_event_source="brandlens.labeling", labeling_task_seconds="900"
    )


def pattern(program: Program) -> dict[str, Any]:
    rule = program.one("aws:cloudwatch/eventRule:EventRule", "labeling-ended")
    read: dict[str, Any] = json.loads(rule.inputs["eventPattern"])
    return read


def test_the_end_of_a_labeling_job_of_ours_reaches_the_callback(dev: Program) -> None:
    assert pattern(dev) == {
        "source": ["aws.sagemaker"],
        "detail-type": ["SageMaker Ground Truth Labeling Job State Change"],
        "resources": [{"prefix": JOBS}],
        "detail": {"LabelingJobStatus": ["Completed", "Failed", "Stopped"]},
    }
    target = dev.one("aws:cloudwatch/eventTarget:EventTarget", "labeling-ended").inputs
    assert target["arn"].endswith(":function:brandlens-dev-labeling-callback")
    assert target["deadLetterConfig"]


def test_another_source_of_the_event_is_a_setting(with_team: Program) -> None:
    assert pattern(with_team)["source"] == ["brandlens.labeling"]


def test_without_a_team_of_the_accounts_own_a_workforce_and_a_team_are_made(dev: Program) -> None:
    team = dev.one("aws:sagemaker/workteam:Workteam", "labelers").inputs
    pool = dev.one("aws:cognito/userPool:UserPool", "labelers").inputs

    assert team["workteamName"] == team["workforceName"] == "brandlens-dev-labelers"
    invitations = pool["adminCreateUserConfig"]
    assert invitations["allowAdminCreateUserOnly"] is True
    for field in ("emailMessage", "smsMessage"):  # Cognito refuses one that lacks either
        message = invitations["inviteMessageTemplate"][field]
        assert "{username}" in message
        assert "{####}" in message


def test_a_labelers_invitation_is_worded_by_a_function_that_looks_up_the_page_and_nothing_else(
    dev: Program,
) -> None:
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:brandlens-dev-write-invitation"
    pool, team = (dev.one("aws:cognito/userPool:UserPool", name).inputs for name in ("labelers", "team"))
    assert pool["lambdaConfig"] == {"customMessage": arn}
    assert "lambdaConfig" not in team
    permission = dev.one("aws:lambda/permission:Permission", "labelers").inputs
    assert permission["function"] == "brandlens-dev-write-invitation"
    assert permission["principal"] == "cognito-idp.amazonaws.com"
    assert permission["sourceArn"].startswith(f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/")
    allowed = rights(dev, "write_invitation")
    every = {action for action in rights(dev, "api") if action.startswith(("logs:", "xray:"))}
    assert allowed.keys() - every == {"sagemaker:DescribeWorkteam", "sqs:SendMessage"}
    assert allowed["sagemaker:DescribeWorkteam"] == {
        f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:workteam/private-crowd/*"
    }


def test_where_a_team_is_there_nobody_writes_invitations(with_team: Program) -> None:
    made = {function.name for function in with_team.of("aws:lambda/function:Function")}
    assert "api" in made
    assert "write_invitation" not in made


def test_a_team_that_is_there_is_asked_and_no_other_is_made(with_team: Program) -> None:
    function = with_team.one("aws:lambda/function:Function", "request_labeling")
    asked = function.inputs["environment"]["variables"]["WORK_TEAM_ARN"]

    assert asked == f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:workteam/private-crowd/our-team"
    made = {resource.kind.split("/")[0] for resource in with_team.resources}
    assert "aws:sagemaker" not in made
    assert {pool.name for pool in with_team.of("aws:cognito/userPool:UserPool")} == {"team"}


def test_ground_truth_reads_the_training_pictures_and_writes_answers_only(dev: Program) -> None:
    allowed = rights(dev, "labeling")

    assert allowed["s3:GetObject"] == {f"{MEDIA}/*/training/*"}
    assert allowed["s3:PutObject"] == {f"{MEDIA}/*/training/*/labeling/*"}
    trusted = json.loads(dev.one("aws:iam/role:Role", "labeling").inputs["assumeRolePolicy"])["Statement"][0]
    assert trusted["Principal"] == {"Service": ["sagemaker.amazonaws.com"]}
    assert trusted["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


@pytest.mark.parametrize(("seconds", "session"), [("900", 3600), ("28800", 28_800)])
def test_pictures_show_for_as_long_as_a_worker_may_take(seconds: str, session: int) -> None:
    role = evaluate(labeling_task_seconds=seconds).one("aws:iam/role:Role", "labeling")

    assert role.inputs["maxSessionDuration"] == session


def test_the_workers_page_may_show_the_buckets_pictures(dev: Program) -> None:
    cors = dev.one("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "labeling").inputs

    assert cors["bucket"] == f"brandlens-dev-media-{ACCOUNT}"
    assert [rule["allowedMethods"] for rule in cors["corsRules"]] == [["GET"]]


def test_functions_touch_only_labeling_jobs_of_their_stack(dev: Program) -> None:
    for function, action in [
        ("request_labeling", "CreateLabelingJob"),
        ("request_labeling", "StopLabelingJob"),
        ("labeling_callback", "DescribeLabelingJob"),
        ("record_failure", "StopLabelingJob"),
    ]:
        assert rights(dev, function)[f"sagemaker:{action}"] == {f"{JOBS}*"}
    assert rights(dev, "request_labeling")["iam:PassRole"] == {
        f"arn:aws:iam::{ACCOUNT}:role/brandlens-dev-labeling"
    }
