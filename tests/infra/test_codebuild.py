"""Images that AWS CodeBuild builds, for who has no Docker."""

import json
import shutil
from pathlib import Path

import pulumi
import pytest

from infra.components import codebuild
from infra.image_sources import DOCKERFILE, ROOT, image_sources, sources_digest
from tests.infra.recording import ACCOUNT, IMAGE_DIGEST, REGION, Program, evaluate

REPOSITORY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/brandlens-dev-functions"
PROJECT = "aws:codebuild/project:Project"
TAG = sources_digest(image_sources(), "functions", "x86_64")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What was asked to be built: project, repository and tag."""
    builds: list[tuple[str, ...]] = []

    def build(_session: object, *names: str, tell: object) -> str:
        builds.append(names)
        return IMAGE_DIGEST

    monkeypatch.setattr(codebuild, "built_image", build)
    return builds


@pytest.fixture
def program(asked: list[tuple[str, ...]]) -> Program:
    return evaluate(image_build="codebuild", training_image_build="codebuild")


def test_functions_run_the_image_that_was_built_by_its_digest(
    program: Program, asked: list[tuple[str, ...]]
) -> None:
    images = {one.inputs["imageUri"] for one in program.of("aws:lambda/function:Function")}
    assert images == {f"{REPOSITORY}@{IMAGE_DIGEST}"}
    assert sorted(asked) == [
        ("brandlens-dev-functions-build", "brandlens-dev-functions", TAG),
        (
            "brandlens-dev-training-build",
            "brandlens-dev-training",
            sources_digest(image_sources(), "training", "x86_64"),
        ),
    ]
    assert not [one for one in program.resources if one.kind.startswith("docker-build:")]


def test_a_build_gets_the_sources_and_pushes_to_its_own_repository_alone(program: Program) -> None:
    project = program.one(PROJECT, "functions-build").inputs
    variables = {one["name"]: one["value"] for one in project["environment"]["environmentVariables"]}
    assert variables == {"REPOSITORY": REPOSITORY, "STAGE": "functions", "TAG": TAG}
    assert project["source"]["location"] == f"brandlens-dev-functions-build-{ACCOUNT}/{TAG}.zip"
    commands = json.loads(project["source"]["buildspec"])["phases"]["build"]["commands"]
    assert "--target $STAGE" in commands[1]

    (role,) = [one for one in program.of("aws:iam/rolePolicy:RolePolicy") if one.name == "functions-build"]
    statements = json.loads(role.inputs["policy"])["Statement"]
    (pushing,) = [one for one in statements if "ecr:PutImage" in one["Action"]]
    assert pushing["Resource"] == [f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/brandlens-dev-functions"]


@pytest.mark.parametrize(
    ("architecture", "machine"), [("x86_64", "LINUX_CONTAINER"), ("arm64", "ARM_CONTAINER")]
)
@pytest.mark.usefixtures("asked")
def test_an_image_is_built_on_processors_of_its_own_kind(architecture: str, machine: str) -> None:
    program = evaluate(image_build="codebuild", training_image_build="codebuild", architecture=architecture)
    assert program.one(PROJECT, "functions-build").inputs["environment"]["type"] == machine
    assert program.one(PROJECT, "training-build").inputs["environment"]["type"] == "LINUX_CONTAINER"


@pytest.mark.parametrize(("there", "shown"), [(IMAGE_DIGEST, f"@{IMAGE_DIGEST}"), (None, f":{TAG}")])
def test_a_preview_builds_nothing_and_shows_whether_the_image_changes(
    there: str | None, shown: str, asked: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codebuild, "image_digest", lambda _session, _repository, _tag: there)
    monkeypatch.setattr(pulumi.runtime, "is_dry_run", lambda: True)

    program = evaluate(image_build="codebuild", training_image_build=f"{REPOSITORY}:1")

    assert {one.inputs["imageUri"] for one in program.of("aws:lambda/function:Function")} == {
        REPOSITORY + shown
    }
    assert asked == []


def test_the_sources_are_what_the_dockerfile_copies() -> None:
    found = image_sources()
    assert DOCKERFILE in found
    assert "containers/ffmpeg/requirements.txt" in found
    assert {path.partition("/")[0] for path in found} == {
        "brandlens", "constraints.txt", "containers", "functions", "pyproject.toml", "README.md"
    }  # fmt: skip
    assert not [path for path in found if "__pycache__" in path]


def test_a_changed_file_a_new_one_and_another_stage_give_another_tag(tmp_path: Path) -> None:
    for path in (".dockerignore", *image_sources()):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, tmp_path / path)

    def tag(stage: str = "functions") -> str:
        return sources_digest(image_sources(tmp_path), stage, "x86_64", root=tmp_path)

    tags = [tag(), tag("training")]
    assert tags[0] == TAG
    (tmp_path / "brandlens/errors.py").write_text("changed")
    tags.append(tag())
    (tmp_path / "functions/new.py").write_text("")
    tags.append(tag())
    assert len(set(tags)) == 4
