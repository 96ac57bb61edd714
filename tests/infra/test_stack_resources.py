"""The whole program of one stack: what it makes, how that hangs together, and what it must not make."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.environment import quote_terms
from infra.functions import FUNCTIONS
from infra.machines import MACHINES
from infra.settings import Settings
from tests.infra.recording import (
    ACCOUNT,
    GOOD,
    REGION,
    WITHOUT_PORTAL,
    Program,
    as_pulumi_starts_it,
    evaluate,
    evaluate_with,
    rights,
)

BUCKETS = ("media", "results", "work", "access-logs")
OUTPUTS = {
    "retained": [
        *(f"brandlens-dev-{bucket}-{ACCOUNT}" for bucket in ("media", "results", "access-logs")),
        *(f"brandlens-dev-{table}" for table in ("projects", "jobs", "tasks", "models", "spending", "marks")),
    ],
    "region": REGION,
    "media_bucket": f"brandlens-dev-media-{ACCOUNT}",
    "results_bucket": f"brandlens-dev-results-{ACCOUNT}",
    "work_bucket": f"brandlens-dev-work-{ACCOUNT}",
    "event_bus": "brandlens-dev-results",
    "events_log_group": "/aws/events/brandlens-dev-results",
    "projects_table": "brandlens-dev-projects",
    "jobs_table": "brandlens-dev-jobs",
    "tasks_table": "brandlens-dev-tasks",
    "models_table": "brandlens-dev-models",
    "spending_table": "brandlens-dev-spending",
    "marks_table": "brandlens-dev-marks",
    "analysis_state_machine_arn": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:brandlens-dev-analysis",
    "work_team_arn": f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:workteam/private-crowd/brandlens-dev-labelers",
    "labeler_pool_id": "labelers-id",
    "labeler_group": "brandlens-dev-labelers",
    "labeling_notices_arn": f"arn:aws:sns:{REGION}:{ACCOUNT}:brandlens-dev-labeling-notices",
    "dead_letter_queue_url": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/brandlens-dev-dead-letters",
    "rekognition_project_prefix": "brandlens-dev-",
    "api_url": f"https://api-id.execute-api.{REGION}.amazonaws.com/v1",
    "user_pool_id": "team-id",
    "user_pool_client_id": "portal-id",
    "identity_pool_id": "team-id",
    "quote_terms": quote_terms(Settings.check(GOOD)).model_dump_json(),
}
DEAD_LETTERS = f"arn:aws:sqs:{REGION}:{ACCOUNT}:brandlens-dev-dead-letters"


def _statements(program: Program) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every statement of every policy of access, with where it stands."""
    for resource in program.resources:
        if resource.kind == "aws:ecr/lifecyclePolicy:LifecyclePolicy":
            continue
        for key in ("policy", "policyDocument", "assumeRolePolicy"):
            if key in resource.inputs:
                for statement in json.loads(resource.inputs[key])["Statement"]:
                    yield f"{resource.kind} {resource.name}", statement


def _rights(program: Program, role: str) -> dict[str, set[str]]:
    """Each action the role may take, with its resources."""
    rights: dict[str, set[str]] = {}
    policy = program.one("aws:iam/rolePolicy:RolePolicy", role)
    for statement in json.loads(policy.inputs["policy"])["Statement"]:
        for action in statement["Action"]:
            rights.setdefault(action, set()).update(statement["Resource"])
    return rights


def test_the_outputs_are_what_the_command_line_and_consumers_need(dev: Program) -> None:
    assert dev.outputs == OUTPUTS


def test_pulumi_starts_the_same_program_from_its_folder(dev: Program) -> None:
    started = evaluate_with("dev", WITHOUT_PORTAL, run=as_pulumi_starts_it)

    assert {one.urn: one.inputs for one in started.resources} == {
        one.urn: one.inputs for one in dev.resources
    }


def test_every_resource_of_aws_is_made_by_the_provider_that_tags(dev: Program) -> None:
    (provider,) = dev.of("pulumi:providers:aws")
    tags = json.loads(provider.inputs["defaultTags"])["tags"]

    assert tags == {
        "project": "brandlens", "stack": "dev", "managed-by": "pulumi", "contact": "ops@example.com",
    }  # fmt: skip
    assert provider.inputs["region"] == REGION
    for resource in dev.resources:
        if resource.kind.startswith("aws:"):
            assert resource.provider.startswith(provider.urn), resource.name


def test_every_resource_of_aws_belongs_to_a_component(dev: Program) -> None:
    components = {resource.urn for resource in dev.resources if resource.kind.startswith("brandlens:infra:")}
    for resource in dev.resources:
        if resource.kind.startswith("aws:"):
            assert resource.parent in components, resource.name


def test_two_stacks_share_no_name(dev: Program) -> None:
    def names(program: Program) -> set[str]:
        keys = ("name", "bucket", "policyName")
        return {
            resource.inputs[key]
            for resource in program.resources
            for key in keys
            # They live within a role, a user pool and a registry; rules' targets and the like carry
            # another's name.
            if key in resource.inputs
            and resource.kind
            not in (
                "aws:iam/rolePolicy:RolePolicy",
                "aws:cognito/userGroup:UserGroup",
                "aws:schemas/schema:Schema",
            )
        }

    prod = names(evaluate("prod"))

    assert prod
    assert not names(dev) & prod


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_is_private_encrypted_and_refuses_plaintext(bucket: str, dev: Program) -> None:
    block = dev.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", bucket).inputs
    encryption = dev.one(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", bucket
    ).inputs
    policy, *_ = json.loads(dev.one("aws:s3/bucketPolicy:BucketPolicy", bucket).inputs["policy"])["Statement"]
    name = f"brandlens-dev-{bucket}-{ACCOUNT}"

    assert {block[key] for key in block if key != "bucket"} == {True}
    assert encryption["rules"][0]["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}
    assert policy["Effect"] == "Deny"
    assert policy["Resource"] == [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    assert policy["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert {block["bucket"], encryption["bucket"]} == {name}


def test_rekognition_reads_and_writes_what_trainings_leave_and_nothing_else(dev: Program) -> None:
    allowed = {}
    for bucket in ("media", "results", "work"):
        policy = json.loads(dev.one("aws:s3/bucketPolicy:BucketPolicy", bucket).inputs["policy"])
        allowed[bucket] = [one for one in policy["Statement"] if one["Effect"] == "Allow"]
    media = f"arn:aws:s3:::{OUTPUTS['media_bucket']}"

    assert allowed["results"] == allowed["work"] == []
    assert {tuple(one["Principal"]["Service"]) for one in allowed["media"]} == {
        ("rekognition.amazonaws.com",)
    }
    assert {resource for one in allowed["media"] for resource in one["Resource"]} == {
        media, f"{media}/*/training/*", f"{media}/*/training/*/evaluation/*"
    }  # fmt: skip
    (write,) = [one for one in allowed["media"] if "s3:PutObject" in one["Action"]]
    assert write["Resource"] == [f"{media}/*/training/*/evaluation/*"]
    assert write["Condition"] == {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}


def test_only_the_drop_folder_keeps_versions_and_only_work_and_logs_expire(dev: Program) -> None:
    versioned = {resource.name for resource in dev.of("aws:s3/bucketVersioning:BucketVersioning")}
    lifecycles = dev.of("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    expiring = {one.name for one in lifecycles if any("expiration" in rule for rule in one.inputs["rules"])}

    assert versioned == {"media"}
    assert expiring == {"work", "access-logs"}
    assert {one.name for one in lifecycles} == set(BUCKETS)


def test_the_jobs_table_is_queryable_by_project_kind_and_state_in_order_of_time(dev: Program) -> None:
    jobs = dev.one("aws:dynamodb/table:Table", "jobs").inputs

    assert jobs["hashKey"] == "job_id"
    assert {
        index["name"]: [(key["attributeName"], key["keyType"]) for key in index["keySchemas"]]
        for index in jobs["globalSecondaryIndexes"]
    } == {
        "by_project": [("project", "HASH"), ("created_at", "RANGE")],
        "by_kind": [("kind", "HASH"), ("created_at", "RANGE")],
        "by_state": [("state", "HASH"), ("created_at", "RANGE")],
    }
    assert {index["projectionType"] for index in jobs["globalSecondaryIndexes"]} == {"ALL"}


@pytest.mark.parametrize("function", ["api", "stop_idle_models"])
def test_whoever_tells_what_a_month_has_cost_finds_its_projects_deleted_ones_too(
    function: str, dev: Program
) -> None:
    table = dev.one("aws:dynamodb/table:Table", "spending").inputs
    (index,) = table["globalSecondaryIndexes"]
    keys = [(key["attributeName"], key["keyType"]) for key in index["keySchemas"]]
    assert (index["name"], keys) == ("by_month", [("month", "HASH"), ("account", "RANGE")])
    found = [arn for arn in rights(dev, function)["dynamodb:Query"] if arn.endswith("/index/by_month")]
    assert [arn.rpartition(":")[2] for arn in found] == [f"table/{table['name']}/index/by_month"]


def test_every_table_is_recoverable_encrypted_and_defines_just_its_keys(dev: Program) -> None:
    tables = dev.of("aws:dynamodb/table:Table")
    for table in tables:
        inputs = table.inputs
        keys = {inputs["hashKey"], inputs.get("rangeKey")}
        for index in inputs.get("globalSecondaryIndexes", []):
            keys |= {key["attributeName"] for key in index["keySchemas"]}
        assert {attribute["name"] for attribute in inputs["attributes"]} == keys - {None}
        assert inputs["pointInTimeRecovery"]["enabled"] is True
        assert inputs["serverSideEncryption"]["enabled"] is True
        assert inputs["billingMode"] == "PAY_PER_REQUEST"

    assert {table.name for table in tables} == {
        "projects", "jobs", "tasks", "models", "spending", "marks"
    }  # fmt: skip
    assert {table.name for table in tables if "ttl" in table.inputs} == {"tasks", "models"}


@pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.name)
def test_a_function_has_its_own_role_log_group_and_place_for_failed_events(spec: Any, dev: Program) -> None:
    function = dev.one("aws:lambda/function:Function", spec.name).inputs
    role = dev.one("aws:iam/role:Role", spec.name).inputs
    log_group = dev.one("aws:cloudwatch/logGroup:LogGroup", spec.name).inputs
    failures = dev.one("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", spec.name).inputs
    rights = _rights(dev, spec.name)

    assert function["packageType"] == "Image"
    assert function["imageConfig"] == {"commands": [f"functions.{spec.name}.handler.lambda_handler"]}
    assert function["role"] == f"arn:aws:iam::{ACCOUNT}:role/{role['name']}"
    assert function["tracingConfig"] == {"mode": "Active"}
    assert log_group["name"] == f"/aws/lambda/{function['name']}"
    assert log_group["retentionInDays"] == 30
    assert failures["functionName"] == function["name"]
    assert failures["destinationConfig"]["onFailure"]["destination"] == DEAD_LETTERS
    assert rights["sqs:SendMessage"] == {DEAD_LETTERS}
    assert rights["logs:PutLogEvents"] == {f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{log_group['name']}:*"}


def test_functions_and_policies_are_ready_before_what_uses_them(dev: Program) -> None:
    for spec in FUNCTIONS:
        function = dev.one("aws:lambda/function:Function", spec.name)
        assert dev.one("aws:iam/rolePolicy:RolePolicy", spec.name).urn in function.after
    for machine in MACHINES:
        made = dev.one("aws:sfn/stateMachine:StateMachine", machine)
        assert dev.one("aws:iam/rolePolicy:RolePolicy", machine).urn in made.after
        assert {one.urn for one in dev.of("aws:lambda/function:Function")} <= made.after


def test_dropped_objects_reach_ingest_and_are_not_lost(dev: Program) -> None:
    rule = dev.one("aws:cloudwatch/eventRule:EventRule", "dropped-objects").inputs
    target = dev.one("aws:cloudwatch/eventTarget:EventTarget", "dropped-objects").inputs
    leave = dev.one("aws:lambda/permission:Permission", "dropped-objects").inputs
    notification = dev.one("aws:s3/bucketNotification:BucketNotification", "dropped-objects")
    pattern = json.loads(rule["eventPattern"])

    assert pattern["source"] == ["aws.s3"]
    assert pattern["detail"]["bucket"]["name"] == [OUTPUTS["media_bucket"]]
    assert pattern["detail"]["object"]["key"] == [{"prefix": "inbox/"}]
    assert "eventBusName" not in rule
    assert target["arn"] == f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:brandlens-dev-ingest"
    assert target["deadLetterConfig"] == {"arn": DEAD_LETTERS}
    assert target["retryPolicy"]["maximumRetryAttempts"] > 0
    assert leave["sourceArn"] == f"arn:aws:events:{REGION}:{ACCOUNT}:rule/brandlens-dev-dropped-objects"
    assert notification.inputs["eventbridge"] is True
    assert dev.one("aws:cloudwatch/eventTarget:EventTarget", "dropped-objects").urn in notification.after


def test_the_drop_folder_opens_after_everything_else_stands(dev: Program) -> None:
    names = [resource.name for resource in dev.resources]
    first = names.index("dropped-objects")

    assert set(names[first:]) == {"dropped-objects"}


def test_every_unsuccessful_end_of_an_analysis_or_training_reaches_record_failure(dev: Program) -> None:
    rule = dev.one("aws:cloudwatch/eventRule:EventRule", "failed-executions").inputs
    target = dev.one("aws:cloudwatch/eventTarget:EventTarget", "failed-executions").inputs
    detail = json.loads(rule["eventPattern"])["detail"]

    analysis = OUTPUTS["analysis_state_machine_arn"]
    assert detail["stateMachineArn"] == [analysis, analysis.replace("analysis", "training")]
    assert set(detail["status"]) == {"FAILED", "TIMED_OUT", "ABORTED"}
    assert target["arn"].endswith(":function:brandlens-dev-record-failure")


def test_idle_models_are_looked_at_every_five_minutes(dev: Program) -> None:
    rule = dev.one("aws:cloudwatch/eventRule:EventRule", "sweep-models").inputs
    target = dev.one("aws:cloudwatch/eventTarget:EventTarget", "sweep-models").inputs

    assert rule["scheduleExpression"] == "rate(5 minutes)"
    assert "eventPattern" not in rule
    assert target["arn"].endswith(":function:brandlens-dev-stop-idle-models")


def test_scheduled_stops_may_call_the_stop_function_and_nothing_else(dev: Program) -> None:
    assert _rights(dev, "model-stops") == {
        "lambda:InvokeFunction": {
            f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:brandlens-dev-stop-idle-models"
        }
    }
    for function in ("release_model", "record_failure"):
        rights = _rights(dev, function)
        assert rights["iam:PassRole"] == {f"arn:aws:iam::{ACCOUNT}:role/brandlens-dev-model-stops"}
        assert rights["scheduler:CreateSchedule"] == {
            f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/brandlens-dev-model-stops/*"
        }


def test_published_events_are_logged(dev: Program) -> None:
    rule = dev.one("aws:cloudwatch/eventRule:EventRule", "log-results").inputs
    target = dev.one("aws:cloudwatch/eventTarget:EventTarget", "log-results").inputs
    leave = dev.one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "results-events").inputs
    statements = json.loads(leave["policyDocument"])["Statement"]

    assert rule["eventBusName"] == target["eventBusName"] == OUTPUTS["event_bus"]
    assert json.loads(rule["eventPattern"]) == {"source": ["brandlens"]}
    assert target["arn"] == f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{OUTPUTS['events_log_group']}"
    assert {service for one in statements for service in one["Principal"]["Service"]} == {
        "events.amazonaws.com", "delivery.logs.amazonaws.com",
    }  # fmt: skip
    for statement in statements:
        assert statement["Resource"] == [f"{target['arn']}:*"]


def test_dead_letters_are_taken_from_this_stacks_rules_only(dev: Program) -> None:
    policy = json.loads(dev.one("aws:sqs/queuePolicy:QueuePolicy", "dead-letters").inputs["policy"])
    allowing = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]

    assert [one["Condition"] for one in allowing] == [
        {"ArnLike": {"aws:SourceArn": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/brandlens-dev-*"}}
    ]


def test_no_policy_allows_an_unnamed_action(dev: Program) -> None:
    seen = 0
    for where, statement in _statements(dev):
        if statement["Effect"] == "Allow":
            seen += 1
            assert not [action for action in statement["Action"] if "*" in action], where
    assert seen > len(FUNCTIONS)


def test_every_resource_is_allowed_only_where_aws_names_none(dev: Program) -> None:
    anywhere = {
        action
        for _, statement in _statements(dev)
        if "*" in statement.get("Resource", [])
        for action in statement["Action"]
    }

    assert {action.split(":")[0] for action in anywhere} == {
        "xray",
        "logs",
        "rekognition",
        "cloudwatch",
        "ecr",
        "sns",
    }
    assert {action for action in anywhere if action.startswith("sns:")} == {"sns:Unsubscribe"}
    assert {action for action in anywhere if action.startswith("ecr:")} == {"ecr:GetAuthorizationToken"}
    assert {action for action in anywhere if action.startswith("rekognition:")} == {
        "rekognition:CreateProject",
        "rekognition:DescribeProjects",
    }
    assert not {"logs:PutLogEvents", "logs:CreateLogStream", "logs:GetLogEvents"} & anywhere


def test_nobody_from_outside_the_account_is_allowed_anything(dev: Program) -> None:
    for where, statement in _statements(dev):
        if statement["Effect"] == "Allow":
            principal = statement.get("Principal", {"Service": []})
            # Who signed in to our own identity pool is no outsider.
            people = {"Federated": "cognito-identity.amazonaws.com"}
            assert principal == people or set(principal) == {"Service"}, where


def test_functions_reach_only_models_of_their_stack(dev: Program) -> None:
    models = f"arn:aws:rekognition:{REGION}:{ACCOUNT}:project/brandlens-dev-*"
    for function, action in [
        ("start_model", "StartProjectVersion"),
        ("stop_idle_models", "StopProjectVersion"),
        ("detect_brands", "DetectCustomLabels"),
    ]:
        assert _rights(dev, function)[f"rekognition:{action}"] == {models}
    starters = [
        spec.name for spec in FUNCTIONS if "rekognition:StartProjectVersion" in _rights(dev, spec.name)
    ]
    assert starters == ["start_model", "api"]


def test_nothing_is_made_that_nobody_asked_for(dev: Program) -> None:
    kinds = {resource.kind for resource in dev.resources if resource.kind.startswith("aws:")}
    assert not {kind for kind in kinds if "Acl" in kind or "Website" in kind or "Url" in kind}
    assert not {kind for kind in kinds if kind.startswith("aws:iam/user")}
    assert {one.name for one in dev.of("aws:s3/bucket:Bucket")} == set(BUCKETS)
    assert {one.name for one in dev.of("aws:sfn/stateMachine:StateMachine")} == set(MACHINES)
    assert {one.name for one in dev.of("aws:iam/role:Role")} == {
        *(spec.name for spec in FUNCTIONS), *MACHINES, "model-stops", "labeling", "training-jobs",
        "portal-viewer", "portal-editor",
    }  # fmt: skip
