from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from infra.functions import FUNCTIONS
from infra.machines import MACHINES
from infra.naming import Place, kebab, pascal

DEV = Place(project="brandlens", stack="dev", partition="aws", region="eu-west-1", account="123456789012")
STACKS = st.from_regex(r"[a-z][a-z0-9]{0,15}", fullmatch=True)
THINGS = st.from_regex(r"[a-z]+(-[a-z]+){0,3}", fullmatch=True)


@given(STACKS, STACKS, THINGS, THINGS)
def test_two_stacks_never_share_a_name(one: str, other: str, thing: str, another: str) -> None:
    assume(one != other)

    assert replace(DEV, stack=one).name(thing) != replace(DEV, stack=other).name(another)


@given(STACKS, STACKS, THINGS)
def test_no_stacks_prefix_begins_anothers_names(one: str, other: str, thing: str) -> None:
    assume(one != other)

    assert not replace(DEV, stack=other).name(thing).startswith(replace(DEV, stack=one).prefix)


@given(STACKS)
def test_names_fit_the_shortest_limit_of_aws(stack: str) -> None:
    place = replace(DEV, project="p" * 16, stack=stack.ljust(16, "x"))
    named = [
        *(place.name(spec.name) for spec in FUNCTIONS),
        *(f"{place.name(machine)}-machine" for machine in MACHINES),
    ]

    assert max(map(len, named)) <= 64
    assert max(len(place.bucket(thing)) for thing in ("media", "results", "work")) <= 63


def test_function_and_machine_markers_do_not_collide() -> None:
    names = [pascal(spec.name) for spec in FUNCTIONS] + [pascal(machine) for machine in MACHINES]

    assert len(set(names)) == len(names)


def test_words_are_joined_as_resources_and_markers_join_them() -> None:
    assert (kebab("stop_idle_models"), pascal("stop_idle_models")) == ("stop-idle-models", "StopIdleModels")


def test_arns_carry_the_partition() -> None:
    china = replace(DEV, partition="aws-cn", region="cn-north-1")

    assert china.bucket_arn("media") == "arn:aws-cn:s3:::brandlens-dev-media-123456789012"
    assert (
        china.function_arn("ingest")
        == "arn:aws-cn:lambda:cn-north-1:123456789012:function:brandlens-dev-ingest"
    )
