"""Images that CodeBuild builds: once for what they are built from, and told where a build failed."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from brandlens.adapters.image_builds import built_image, image_digest
from brandlens.errors import ImageNotBuilt

PROJECT, REPOSITORY, TAG = "brandlens-dev-functions-build", "brandlens-dev-functions", "0123456789abcdef"


@pytest.fixture
def session() -> Iterator[boto3.Session]:
    """A session of an account with the repository and the project."""
    with mock_aws():
        session = boto3.Session("key", "secret", region_name="eu-west-1")
        session.client("ecr").create_repository(repositoryName=REPOSITORY)
        session.client("codebuild").create_project(
            name=PROJECT,
            source={"type": "S3", "location": "bucket/key.zip"},
            artifacts={"type": "NO_ARTIFACTS"},
            environment={"type": "LINUX_CONTAINER", "image": "image", "computeType": "BUILD_GENERAL1_MEDIUM"},
            serviceRole="arn:aws:iam::123456789012:role/build",
        )
        yield session


def push(session: boto3.Session) -> str:
    """Do what the build's last command does; return the digest."""
    pushed = session.client("ecr").put_image(
        repositoryName=REPOSITORY,
        imageManifest='{"schemaVersion": 2, "config": {"digest": "sha256:0"}, "layers": []}',
        imageManifestMediaType="application/vnd.oci.image.manifest.v1+json",
        imageTag=TAG,
    )
    return str(pushed["image"]["imageId"]["imageDigest"])


def builds(session: boto3.Session) -> list[str]:
    return session.client("codebuild").list_builds_for_project(projectName=PROJECT)["ids"]


def test_what_is_not_there_is_built_and_named_by_its_digest(session: boto3.Session) -> None:
    pushed: list[str] = []
    told: list[str] = []

    def sleep(_seconds: float) -> None:
        pushed.append(push(session))

    digest = built_image(session, PROJECT, REPOSITORY, TAG, tell=told.append, sleep=sleep)

    assert [digest] == pushed
    assert digest.startswith("sha256:")
    (build,) = builds(session)
    assert told == [f"CodeBuild builds {PROJECT}, which takes some ten minutes: {build}"]


def test_what_is_there_is_not_built_again(session: boto3.Session) -> None:
    pushed = push(session)

    assert built_image(session, PROJECT, REPOSITORY, TAG, tell=pytest.fail) == pushed
    assert builds(session) == []


def test_a_build_that_pushes_nothing_is_told(session: boto3.Session) -> None:
    with pytest.raises(ImageNotBuilt, match="succeeded and pushed none"):
        built_image(session, PROJECT, REPOSITORY, TAG, tell=lambda _: None, sleep=lambda _: None)


def test_a_failed_build_is_told_with_its_reason_and_its_log(session: boto3.Session) -> None:
    failed = {
        "id": f"{PROJECT}:1",
        "buildStatus": "FAILED",
        "phases": [{"phaseType": "BUILD", "contexts": [{"message": "exit status 1 of docker build."}]}],
        "logs": {"deepLink": "https://console.aws.amazon.com/the-log"},
    }

    class Failing(boto3.Session):
        def client(self, *arguments: Any, **more: Any) -> Any:
            made: Any = super().client(*arguments, **more)
            if arguments == ("codebuild",):
                made.batch_get_builds = lambda ids: {"builds": [failed | {"id": ids[0]}]}
            return made

    failing = Failing("key", "secret", region_name="eu-west-1")
    with pytest.raises(ImageNotBuilt) as caught:
        built_image(failing, PROJECT, REPOSITORY, TAG, tell=lambda _: None, sleep=lambda _: None)

    assert caught.value.what.endswith("ended as FAILED")
    assert caught.value.why == "exit status 1 of docker build"
    assert "https://console.aws.amazon.com/the-log" in caught.value.remedy


def test_a_repository_that_is_yet_to_be_made_holds_no_image(session: boto3.Session) -> None:
    assert image_digest(session, "brandlens-dev-training", TAG) is None
    assert image_digest(session, REPOSITORY, TAG) is None
