"""Container images that AWS CodeBuild builds and Amazon ECR keeps."""

import time
from collections.abc import Callable

import boto3

from brandlens.adapters.aws import CONFIG, mapped_errors
from brandlens.errors import ImageNotBuilt

SECONDS_BETWEEN_LOOKS = 5.0


def image_digest(session: boto3.Session, repository: str, tag: str) -> str | None:
    """Return the digest, `sha256:...`, of the image with that tag; None where there is none."""
    ecr = session.client("ecr", config=CONFIG)
    with mapped_errors(f"the repository {repository} could not be looked into"):
        try:
            (image,) = ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])[
                "imageDetails"
            ]
        except (ecr.exceptions.ImageNotFoundException, ecr.exceptions.RepositoryNotFoundException):
            return None
    return str(image["imageDigest"])


def built_image(
    session: boto3.Session,
    project: str,
    repository: str,
    tag: str,
    *,
    tell: Callable[[str], None],
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Return the digest of the image, which the CodeBuild project builds and pushes where it is not there.

    Waits for the build; what is going on is told. Raises `ImageNotBuilt` where the build does not succeed.
    """
    if (digest := image_digest(session, repository, tag)) is not None:
        return digest
    _build(session, project, tell=tell, sleep=sleep)
    if (digest := image_digest(session, repository, tag)) is None:
        raise ImageNotBuilt(
            f"The image {repository}:{tag} is not there",
            f"the build of {project} succeeded and pushed none",
            "Look at its log in CodeBuild's console",
        )
    return digest


def _build(
    session: boto3.Session, project: str, *, tell: Callable[[str], None], sleep: Callable[[float], None]
) -> None:
    codebuild = session.client("codebuild", config=CONFIG)
    with mapped_errors(f"{project} could not be built"):
        build = codebuild.start_build(projectName=project)["build"]
        tell(f"CodeBuild builds {project}, which takes some ten minutes: {build['id']}")
        while build["buildStatus"] == "IN_PROGRESS":
            sleep(SECONDS_BETWEEN_LOOKS)
            (build,) = codebuild.batch_get_builds(ids=[build["id"]])["builds"]
    if build["buildStatus"] != "SUCCEEDED":
        said = [
            context["message"].rstrip(". ")
            for phase in build.get("phases", [])
            for context in phase.get("contexts", [])
            if context.get("message")
        ]
        log = build.get("logs", {}).get("deepLink", "CodeBuild's console")
        raise ImageNotBuilt(
            f"The image was not built: {build['id']} ended as {build['buildStatus']}",
            "; ".join(said) or "it did not say why",
            f"Read its log, mend, and deploy again: {log}",
        )
