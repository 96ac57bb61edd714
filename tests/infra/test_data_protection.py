"""What protects data: encryption, access logs, versions, expiry, recovery, the archive and the contracts."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from brandlens.events import PUBLISHED, AnalysisCompleted, AnalysisFailed, Event
from brandlens.jobs import JobError, Source
from brandlens.schemas import schema_of
from infra.components.storage import SUPERSEDED_DAYS, WORKING_FILES_DAYS
from infra.event_contracts import contracts
from infra.functions import FUNCTIONS
from tests.infra.recording import ACCOUNT, REGION, Program, evaluate, rights

DATA = ("media", "results", "work")
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"


@pytest.fixture(scope="module")
def keyed() -> Program:
    """The program of a stack with a key of the account's own."""
    return evaluate(kms=KEY)


def rule(program: Program, bucket: str, name: str) -> dict[str, Any]:
    """One rule of a bucket's lifecycle."""
    made = program.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucket)
    (found,) = [each for each in made.inputs["rules"] if each["id"] == name]
    assert found["status"] == "Enabled"
    return dict(found)


def encryption(program: Program, bucket: str) -> dict[str, Any]:
    (only,) = program.one(ENCRYPTION, bucket).inputs["rules"]
    return dict(only)


@pytest.mark.parametrize("bucket", DATA)
def test_requests_to_a_bucket_of_data_are_logged_apart_from_others(bucket: str, dev: Program) -> None:
    logging = dev.one("aws:s3/bucketLogging:BucketLogging", bucket).inputs

    assert logging["targetBucket"] == f"brandlens-dev-access-logs-{ACCOUNT}"
    assert logging["targetPrefix"] == f"{bucket}/"


def test_only_s3_writes_access_logs_and_only_those_of_this_stack(dev: Program) -> None:
    policy = json.loads(dev.one("aws:s3/bucketPolicy:BucketPolicy", "access-logs").inputs["policy"])
    (allowed,) = [each for each in policy["Statement"] if each["Effect"] == "Allow"]

    assert allowed["Principal"] == {"Service": ["logging.s3.amazonaws.com"]}
    assert allowed["Action"] == ["s3:PutObject"]
    assert allowed["Condition"]["ArnLike"] == {"aws:SourceArn": "arn:aws:s3:::brandlens-dev-*"}
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": ACCOUNT}


def test_access_logs_are_kept_as_long_as_other_logs() -> None:
    assert rule(evaluate(retention_days="90"), "access-logs", "drop-old-logs")["expiration"] == {"days": 90}


def test_every_log_is_kept_for_the_days_that_are_set_and_no_longer() -> None:
    groups = evaluate(retention_days="90").of("aws:cloudwatch/logGroup:LogGroup")

    assert len(groups) > len(FUNCTIONS)
    assert {group.inputs["retentionInDays"] for group in groups} == {90}


def test_working_files_and_superseded_versions_expire_and_nothing_else_does(dev: Program) -> None:
    assert rule(dev, "work", "drop-working-files")["expiration"] == {"days": WORKING_FILES_DAYS}
    versions = rule(dev, "media", "drop-superseded-versions")
    assert versions["noncurrentVersionExpiration"] == {"noncurrentDays": SUPERSEDED_DAYS}
    for bucket in ("media", "results"):
        made = dev.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucket)
        assert not [each for each in made.inputs["rules"] if "expiration" in each]


def test_what_is_dropped_is_versioned(dev: Program) -> None:
    (made,) = dev.of("aws:s3/bucketVersioning:BucketVersioning")

    assert made.name == "media"
    assert made.inputs["versioningConfiguration"] == {"status": "Enabled"}


def test_every_table_can_be_recovered_and_is_encrypted(dev: Program) -> None:
    tables = dev.of("aws:dynamodb/table:Table")

    assert len(tables) == 6
    for table in tables:
        assert table.inputs["pointInTimeRecovery"] == {"enabled": True}
        assert table.inputs["serverSideEncryption"] == {"enabled": True}


def test_a_key_of_ones_own_encrypts_files_and_tables(keyed: Program) -> None:
    for bucket in DATA:
        assert encryption(keyed, bucket) == {
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
            "bucketKeyEnabled": True,
        }
    for table in keyed.of("aws:dynamodb/table:Table"):
        assert table.inputs["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": KEY}


def test_access_logs_are_encrypted_by_s3s_own_key_for_it_writes_no_others(keyed: Program) -> None:
    assert encryption(keyed, "access-logs") == {
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}
    }


def test_whoever_reads_or_writes_what_a_key_encrypts_may_use_it_by_these_services_alone(
    keyed: Program, dev: Program
) -> None:
    machines = keyed.of("aws:sfn/stateMachine:StateMachine")
    reading = {each.name for each in machines if "s3:getObject" in each.inputs["definition"]}
    users = {*(spec.name for spec in FUNCTIONS), "labeling", "training-jobs", *reading}
    assert reading
    for role in keyed.of("aws:iam/rolePolicy:RolePolicy"):
        using = [each for each in json.loads(role.inputs["policy"])["Statement"] if each["Resource"] == [KEY]]
        assert bool(using) == (role.name in users), role.name
        for each in using:
            assert each["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
            assert each["Condition"] == {
                "StringEquals": {
                    "kms:ViaService": [f"s3.{REGION}.amazonaws.com", f"dynamodb.{REGION}.amazonaws.com"]
                }
            }
    for spec in FUNCTIONS:
        assert not [action for action in rights(dev, spec.name) if action.startswith("kms:")]


def test_every_published_event_is_archived(dev: Program) -> None:
    archive = dev.one("aws:cloudwatch/eventArchive:EventArchive", "results").inputs

    assert archive["eventSourceArn"] == f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/brandlens-dev-results"
    assert json.loads(archive["eventPattern"]) == {"source": ["brandlens"]}
    assert archive["retentionDays"] == 30
    assert len(archive["name"]) <= 48


def test_every_published_event_has_its_schema_in_the_stacks_registry(dev: Program) -> None:
    made = dev.of("aws:schemas/schema:Schema")

    assert {each.inputs["name"] for each in made} == {f"brandlens@{event.__name__}" for event in PUBLISHED}
    for each in made:
        assert each.inputs["registryName"] == "brandlens-dev-results"
        assert each.inputs["type"] == "JSONSchemaDraft4"
        assert len(each.inputs["content"]) < 100_000
        Draft4Validator.check_schema(json.loads(each.inputs["content"]))


@pytest.mark.parametrize("event", PUBLISHED, ids=lambda event: event.__name__)
def test_a_registered_schema_says_of_a_detail_what_the_committed_one_says(event: type[Event]) -> None:
    registered = json.loads(contracts()[f"brandlens@{event.__name__}"])
    committed = json.loads(json.dumps(schema_of(event)))
    text = json.dumps(committed).replace("#/$defs/", "#/definitions/")
    definitions = json.loads(text).pop("$defs", {})

    assert registered["definitions"] == definitions
    assert registered["properties"]["detail"] == {
        key: value for key, value in json.loads(text).items() if key not in ("$schema", "$defs")
    }


def _as_it_is(_detail: dict[str, Any]) -> None:
    """Change nothing."""


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        (_as_it_is, True),
        (lambda detail: detail.update(invented_later=1), True),
        (lambda detail: detail.update(state="SUCCEEDED"), False),
        (lambda detail: detail.pop("error"), False),
        (lambda detail: detail["error"].update(retryable="no"), False),
    ],
)
def test_both_dialects_let_the_same_events_pass(change: Callable[[Any], None], valid: bool) -> None:
    event = AnalysisFailed(
        job_id="j",
        project="cup",
        source=Source(bucket="b", key="k", version="v"),
        occurred_at=datetime(2026, 11, 23, tzinfo=UTC),
        state="FAILED",
        error=JobError(code="ModelFailed", message="It failed.", retryable=False),
    )
    detail = event.model_dump(mode="json")
    change(detail)
    whole = {"source": "brandlens", "detail-type": "Analysis Failed", "detail": detail}

    assert Draft4Validator(json.loads(contracts()["brandlens@AnalysisFailed"])).is_valid(whole) == valid
    assert Draft202012Validator(schema_of(AnalysisFailed)).is_valid(detail) == valid


def test_an_event_of_another_type_does_not_pass() -> None:
    schema = json.loads(contracts()[f"brandlens@{AnalysisCompleted.__name__}"])

    assert not Draft4Validator(schema).is_valid(
        {"source": "brandlens", "detail-type": "Analysis Failed", "detail": {}}
    )
