"""The image of the functions: built and pushed by default, taken as it is when a URI is set."""

import json
import re
from pathlib import Path

import pytest
from pulumi.runtime.rpc import is_rpc_secret, unwrap_rpc_secret

from infra.functions import FUNCTIONS
from tests.infra.recording import ACCOUNT, IMAGE_DIGEST, INFRA, REGION, Program, Registered, evaluate

ROOT = INFRA.parent
DOCKERFILE = ROOT / "containers/ffmpeg/Dockerfile"
REPOSITORY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/brandlens-dev-functions"
ELSEWHERE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/brandlens"


def _functions(program: Program) -> list[Registered]:
    return program.of("aws:lambda/function:Function")


def _image(program: Program) -> Registered:
    return program.one("docker-build:index:Image", "functions")


def _copied() -> set[str]:
    """What the Dockerfile copies out of its context."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE.read_text(), re.MULTILINE)
    return {source.rstrip("/") for line in lines for source in line.split()[:-1]}


def test_by_default_the_image_is_built_here_and_pushed_to_a_repository_of_the_stack(dev: Program) -> None:
    repository = dev.one("aws:ecr/repository:Repository", "functions").inputs
    image = _image(dev).inputs
    (registry,) = unwrap_rpc_secret(image["registries"])

    assert repository["name"] == "brandlens-dev-functions"
    assert repository["imageScanningConfiguration"] == {"scanOnPush": True}
    assert image["push"] is True
    assert image["tags"] == [f"{REPOSITORY}:latest"]
    assert (registry["address"], registry["username"]) == (REPOSITORY, "AWS")


def test_the_token_of_the_registry_is_kept_secret(dev: Program) -> None:
    registries = _image(dev).inputs["registries"]

    assert is_rpc_secret(registries)
    assert unwrap_rpc_secret(registries)[0]["password"] == "token-of-some-hours"


def test_every_function_runs_the_built_image_by_its_digest(dev: Program) -> None:
    functions = _functions(dev)

    assert {one.inputs["imageUri"] for one in functions} == {f"{REPOSITORY}@{IMAGE_DIGEST}"}
    assert len(functions) == len(FUNCTIONS)
    for function in functions:
        assert _image(dev).urn in function.after


@pytest.mark.parametrize(("architecture", "platform"), [("x86_64", "linux/amd64"), ("arm64", "linux/arm64")])
def test_functions_are_deployed_for_the_platform_that_the_image_is_built_for(
    architecture: str, platform: str
) -> None:
    program = evaluate(architecture=architecture)
    assert _image(program).inputs["platforms"] == [platform]
    assert {tuple(one.inputs["architectures"]) for one in _functions(program)} == {(architecture,)}
    training = program.one("docker-build:index:Image", "training").inputs
    assert training["platforms"] == ["linux/amd64"]


def test_lambda_may_pull_the_image_for_functions_of_the_stack_before_there_are_any(dev: Program) -> None:
    policy = dev.one("aws:ecr/repositoryPolicy:RepositoryPolicy", "functions")
    (statement,) = json.loads(policy.inputs["policy"])["Statement"]

    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": ["lambda.amazonaws.com"]},
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "Condition": {
            "ArnLike": {"aws:SourceArn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:brandlens-dev-*"}
        },
    }
    assert policy.urn in _image(dev).after


def test_old_images_expire_and_all_go_with_their_stack(dev: Program) -> None:
    lifecycle = dev.one("aws:ecr/lifecyclePolicy:LifecyclePolicy", "functions").inputs
    (rule,) = json.loads(lifecycle["policy"])["rules"]

    assert lifecycle["repository"] == "brandlens-dev-functions"
    assert rule["selection"] == {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 10}
    assert rule["action"] == {"type": "expire"}
    assert dev.one("aws:ecr/repository:Repository", "functions").inputs["forceDelete"] is True


def test_the_build_reads_this_repository_from_the_programs_folder(dev: Program) -> None:
    image = _image(dev).inputs

    assert not Path(image["context"]["location"]).is_absolute()
    assert (INFRA / image["context"]["location"]).resolve() == ROOT.resolve()
    assert (INFRA / image["dockerfile"]["location"]).resolve() == DOCKERFILE.resolve()


@pytest.mark.parametrize("uri", [f"{ELSEWHERE}:0.1.0", f"{ELSEWHERE}@{IMAGE_DIGEST}"])
def test_an_image_built_elsewhere_is_taken_as_it_is_and_nothing_is_built(uri: str) -> None:
    program = evaluate(image_build=uri, training_image_build=uri)

    assert {one.inputs["imageUri"] for one in _functions(program)} == {uri}
    assert not [one.kind for one in program.resources if one.kind.startswith(("aws:ecr/", "docker-build:"))]
    assert not program.of("brandlens:infra:BuiltImage")


def test_the_build_sees_what_the_dockerfile_copies_and_nothing_else() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in ("", "#")]
    let_through = {rule[1:] for rule in rules if rule.startswith("!")}

    assert rules[0] == "*"
    assert let_through == _copied()
    assert all((ROOT / name).exists() for name in _copied())


def test_the_image_holds_the_handler_of_every_function() -> None:
    assert {"brandlens", "functions"} <= _copied()
    for spec in FUNCTIONS:
        assert "def lambda_handler" in (ROOT / f"functions/{spec.name}/handler.py").read_text()
