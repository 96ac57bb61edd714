"""What `pulumi destroy` leaves: nothing, or the data where it is retained, with all that guards it."""

import pytest
import yaml

from tests.infra.recording import INFRA, Program, evaluate

DATA_BUCKETS = {"media", "results", "access-logs"}
TABLES = {"projects", "jobs", "tasks", "models", "spending", "marks"}
BUCKET, TABLE = "aws:s3/bucket:Bucket", "aws:dynamodb/table:Table"


@pytest.fixture(scope="module")
def retaining() -> Program:
    return evaluate(retain_data="true")


@pytest.fixture(scope="module")
def passing() -> Program:
    return evaluate(retain_data="false")


def test_retained_data_outlives_the_stack_and_nothing_else_does(retaining: Program) -> None:
    of_buckets = {one.name for one in retaining.resources if one.retained and one.kind.startswith("aws:s3/")}
    of_tables = {one.name for one in retaining.of(TABLE) if one.retained}
    assert (of_buckets, of_tables) == (DATA_BUCKETS, TABLES)
    assert all(one.kind == TABLE or one.name in DATA_BUCKETS for one in retaining.resources if one.retained)


def test_a_retained_bucket_stays_as_private_as_it_was(retaining: Program) -> None:
    for name in DATA_BUCKETS:
        of_it = [one for one in retaining.resources if one.name == name]
        guards = {one.kind.partition(":Bucket")[2]: one.retained for one in of_it}
        assert guards["PublicAccessBlock"]
        assert guards["ServerSideEncryptionConfiguration"]
        assert guards["Policy"]
        assert guards["LifecycleConfiguration"]


def test_aws_itself_refuses_to_delete_a_retained_table_and_pulumi_a_bucket_with_objects(
    retaining: Program,
) -> None:
    assert all(one.inputs["deletionProtectionEnabled"] for one in retaining.of(TABLE))
    emptied = {one.name for one in retaining.of(BUCKET) if one.inputs["forceDestroy"]}
    assert emptied.isdisjoint(DATA_BUCKETS)


def test_a_stack_tells_what_of_it_will_stay(retaining: Program, passing: Program) -> None:
    told = retaining.outputs["retained"]
    assert len(told) == len(DATA_BUCKETS) + len(TABLES)
    assert all(name.startswith("brandlens-dev-") for name in told)
    assert "retained" not in passing.outputs


def test_of_a_stack_that_retains_nothing_nothing_stays(passing: Program) -> None:
    assert not [one.urn for one in passing.resources if one.retained]
    assert all(one.inputs["forceDestroy"] for one in passing.of(BUCKET))
    assert all(one.inputs["forceDelete"] for one in passing.of("aws:ecr/repository:Repository"))
    assert not any(one.inputs["deletionProtectionEnabled"] for one in passing.of(TABLE))


@pytest.mark.parametrize(("stack", "retains"), [("prod", "true"), ("dev", "false"), ("local", "false")])
def test_production_retains_its_data_and_other_stacks_clean_up(stack: str, retains: str) -> None:
    settings = yaml.safe_load((INFRA.parent / f"Pulumi.{stack}.yaml").read_text())["config"]
    assert settings["brandlens:retain_data"] == retains
