"""The images that this checkout is built into, kept in the account's own registry."""

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws
import pulumi_docker_build as docker_build

from infra.components.codebuild import CodeBuild
from infra.image_sources import DOCKERFILE, REPOSITORY_ROOT
from infra.naming import Place
from infra.policies import Statement, document
from infra.settings import BUILT_BY_CODEBUILD, Architecture, Settings

PLATFORMS = {"x86_64": docker_build.Platform.LINUX_AMD64, "arm64": docker_build.Platform.LINUX_ARM64}
"""By Lambda's word for them."""

KEPT_IMAGES = 10
"""Deployments that can be gone back to without a build."""


class BuiltImage(pulumi.ComponentResource):
    """Makes the repository `thing`, has that stage of containers/ffmpeg/Dockerfile built for `architecture`
    as `builder` says, and pushes the image.

    `uri` names the image by its digest, so who runs it changes exactly when the image does. Roles of the
    account may pull by their own rights; `readers` is who else may.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        thing: str,
        *,
        builder: str,
        architecture: Architecture,
        readers: Statement | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:BuiltImage", thing, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        repository = aws.ecr.Repository(
            thing,
            name=place.name(thing),
            # What it holds is built anew from the checkout.
            force_delete=True,
            image_scanning_configuration=aws.ecr.RepositoryImageScanningConfigurationArgs(scan_on_push=True),
            opts=child,
        )
        aws.ecr.LifecyclePolicy(
            thing, repository=repository.name, policy=json.dumps(_keep_newest(KEPT_IMAGES)), opts=child
        )
        readable = [self._readable(thing, repository, readers)] if readers else []
        if builder == BUILT_BY_CODEBUILD:
            self.uri = CodeBuild(
                place, settings, thing, repository, architecture=architecture, needs=readable, opts=child
            ).uri
        else:
            self.uri = self._built_here(thing, repository, architecture, readable)
        self.register_outputs({"uri": self.uri})

    def _built_here(
        self,
        thing: str,
        repository: aws.ecr.Repository,
        architecture: Architecture,
        needs: Sequence[pulumi.Resource],
    ) -> pulumi.Output[str]:
        """Build with Docker. Each build moves the tag; the provider attaches no provenance, whose index of
        manifests Lambda refuses.
        """
        token = aws.ecr.get_authorization_token_output(opts=pulumi.InvokeOutputOptions(parent=self))
        image = docker_build.Image(
            thing,
            context=docker_build.BuildContextArgs(location=REPOSITORY_ROOT),
            dockerfile=docker_build.DockerfileArgs(location=f"{REPOSITORY_ROOT}/{DOCKERFILE}"),
            target=thing,
            platforms=[PLATFORMS[architecture]],
            push=True,
            registries=[
                docker_build.RegistryArgs(
                    address=repository.repository_url,
                    username=token.user_name,
                    password=pulumi.Output.secret(token.password),
                )
            ],
            tags=[pulumi.Output.concat(repository.repository_url, ":latest")],
            opts=pulumi.ResourceOptions(parent=self, depends_on=needs),
        )
        return pulumi.Output.concat(repository.repository_url, "@", image.digest)

    def _readable(
        self, thing: str, repository: aws.ecr.Repository, readers: Statement
    ) -> aws.ecr.RepositoryPolicy:
        return aws.ecr.RepositoryPolicy(
            thing,
            repository=repository.name,
            policy=document(readers),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _keep_newest(count: int) -> dict[str, object]:
    """ECR's lifecycle policy that expires all images but the `count` newest."""
    selection = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": count}
    return {"rules": [{"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}]}


def read_by_lambda(place: Place) -> Statement:
    """Let Lambda pull images for this stack's functions; such a policy stands on one repository and names it
    nowhere."""
    return Statement(
        ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
        services=("lambda.amazonaws.com",),
        conditions={"ArnLike": {"aws:SourceArn": place.arn("lambda", f"function:{place.prefix}*")}},
    )
