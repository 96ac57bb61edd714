"""The image of every function, built from this checkout and kept in the account's own registry."""

import json

import pulumi
import pulumi_aws as aws
import pulumi_docker_build as docker_build

from infra.naming import Place
from infra.policies import Statement, document

PLATFORM = docker_build.Platform.LINUX_AMD64
ARCHITECTURE = "x86_64"
"""Lambda's word for `PLATFORM`; every function is deployed for it."""

REPOSITORY_ROOT = ".."
"""Seen from this program's folder, which Pulumi starts its providers in. Relative, lest two checkouts of the
same files differ and the image be built anew."""

KEPT_IMAGES = 10
"""Deployments that can be gone back to without a build."""


class FunctionsImage(pulumi.ComponentResource):
    """Makes the repository, builds containers/ffmpeg/Dockerfile with Docker and pushes the image.

    `uri` names the image by its digest, so functions change exactly when the image does, although each build
    moves the tag. The provider attaches no provenance, whose index of manifests Lambda refuses.
    """

    def __init__(self, place: Place, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:FunctionsImage", "functions", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        repository = aws.ecr.Repository(
            "functions",
            name=place.name("functions"),
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            opts=child,
        )
        aws.ecr.LifecyclePolicy(
            "functions", repository=repository.name, policy=json.dumps(_keep_newest(KEPT_IMAGES)), opts=child
        )
        readable = aws.ecr.RepositoryPolicy(
            "functions", repository=repository.name, policy=document(_read_by_lambda(place)), opts=child
        )
        token = aws.ecr.get_authorization_token_output(opts=pulumi.InvokeOutputOptions(parent=self))
        image = docker_build.Image(
            "functions",
            context=docker_build.BuildContextArgs(location=REPOSITORY_ROOT),
            dockerfile=docker_build.DockerfileArgs(
                location=f"{REPOSITORY_ROOT}/containers/ffmpeg/Dockerfile"
            ),
            platforms=[PLATFORM],
            push=True,
            registries=[
                docker_build.RegistryArgs(
                    address=repository.repository_url,
                    username=token.user_name,
                    password=pulumi.Output.secret(token.password),
                )
            ],
            tags=[pulumi.Output.concat(repository.repository_url, ":latest")],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[readable]),
        )
        self.uri = pulumi.Output.concat(repository.repository_url, "@", image.digest)
        self.register_outputs({"uri": self.uri})


def _keep_newest(count: int) -> dict[str, object]:
    """ECR's lifecycle policy that expires all images but the `count` newest."""
    selection = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": count}
    return {"rules": [{"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}]}


def _read_by_lambda(place: Place) -> Statement:
    """Let Lambda pull images for this stack's functions; such a policy stands on one repository and names it
    nowhere."""
    return Statement(
        ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
        services=("lambda.amazonaws.com",),
        conditions={"ArnLike": {"aws:SourceArn": place.arn("lambda", f"function:{place.prefix}*")}},
    )
