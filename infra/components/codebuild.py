"""An image built in the account itself, for who has no Docker."""

import json
from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from brandlens.adapters.aws import session_of
from brandlens.adapters.image_builds import built_image, image_digest
from infra.components.bucket import PrivateBucket
from infra.image_sources import DOCKERFILE, REPOSITORY_ROOT, image_sources, sources_digest
from infra.naming import Place
from infra.policies import allow, allow_anywhere, document, trust
from infra.settings import Architecture, Settings

MACHINES: dict[Architecture, tuple[str, str]] = {
    "x86_64": ("LINUX_CONTAINER", "aws/codebuild/amazonlinux-x86_64-standard:5.0"),
    "arm64": ("ARM_CONTAINER", "aws/codebuild/amazonlinux-aarch64-standard:3.0"),
}
"""CodeBuild's words for a machine and its image.

https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
"""
BUILD_MINUTES = 60
BUILDSPEC = {
    "version": 0.2,
    "phases": {
        "build": {
            "commands": [
                "aws ecr get-login-password | docker login --username AWS --password-stdin ${REPOSITORY%%/*}",
                # Lambda refuses the index of manifests that a provenance would make.
                f"docker build --provenance=false --target $STAGE -f {DOCKERFILE} -t $REPOSITORY:$TAG .",
                "docker push $REPOSITORY:$TAG",
            ]
        }
    },
}


class CodeBuild(pulumi.ComponentResource):
    """Makes a CodeBuild project for the stage `thing` of the Dockerfile and has it build what is not there.

    The image's tag is the digest of what it is built from, so nothing is built twice; `uri` names the image
    by its own digest, once built. A preview builds nothing. `needs` has to be there before a build begins.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        thing: str,
        repository: aws.ecr.Repository,
        *,
        architecture: Architecture,
        needs: Sequence[pulumi.Resource] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        name = f"{thing}-build"
        super().__init__("brandlens:infra:CodeBuild", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        paths = image_sources()
        tag = sources_digest(paths, thing, architecture)
        bucket = PrivateBucket(place, name, opts=child)
        source = aws.s3.BucketObjectv2(
            name,
            bucket=bucket.name,
            key=f"{tag}.zip",
            source=pulumi.AssetArchive(
                {path: pulumi.FileAsset(f"{REPOSITORY_ROOT}/{path}") for path in paths}
            ),
            opts=child,
        )
        log_group = aws.cloudwatch.LogGroup(
            name,
            name=f"/aws/codebuild/{place.name(name)}",
            retention_in_days=settings.retention_days,
            opts=child,
        )
        role = aws.iam.Role(
            name,
            name=place.name(name),
            assume_role_policy=trust(
                "codebuild.amazonaws.com", when={"StringEquals": {"aws:SourceAccount": place.account}}
            ),
            opts=child,
        )
        policy = aws.iam.RolePolicy(
            name,
            name="rights",
            role=role.name,
            policy=document(
                allow("s3:ListBucket", on=place.bucket_arn(name)),
                allow("s3:GetObject", "s3:GetObjectVersion", on=f"{place.bucket_arn(name)}/*"),
                allow(
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:CompleteLayerUpload",
                    "ecr:InitiateLayerUpload",
                    "ecr:PutImage",
                    "ecr:UploadLayerPart",
                    on=place.arn("ecr", f"repository/{place.name(thing)}"),
                ),
                allow_anywhere("ecr:GetAuthorizationToken", because="the action has no resource types"),
                allow(
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                    on=place.log_group_arn(f"/aws/codebuild/{place.name(name)}"),
                ),
            ),
            opts=child,
        )
        machine, image = MACHINES[architecture]
        project = aws.codebuild.Project(
            name,
            name=place.name(name),
            service_role=role.arn,
            build_timeout=BUILD_MINUTES,
            artifacts=aws.codebuild.ProjectArtifactsArgs(type="NO_ARTIFACTS"),
            environment=aws.codebuild.ProjectEnvironmentArgs(
                type=machine,
                image=image,
                compute_type="BUILD_GENERAL1_MEDIUM",
                # As Docker's daemon needs it.
                privileged_mode=True,
                environment_variables=[
                    aws.codebuild.ProjectEnvironmentEnvironmentVariableArgs(name=name, value=value)
                    for name, value in (
                        ("REPOSITORY", repository.repository_url),
                        ("STAGE", thing),
                        ("TAG", tag),
                    )
                ],
            ),
            source=aws.codebuild.ProjectSourceArgs(
                type="S3",
                location=pulumi.Output.concat(bucket.name, "/", source.key),
                buildspec=json.dumps(BUILDSPEC),
            ),
            logs_config=aws.codebuild.ProjectLogsConfigArgs(
                cloudwatch_logs=aws.codebuild.ProjectLogsConfigCloudwatchLogsArgs(group_name=log_group.name)
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, *needs]),
        )
        profile = pulumi.Config("aws").get("profile")

        def built(known: Sequence[str]) -> str:
            project_name, url, _ = known
            session = session_of(profile, place.region)
            if pulumi.runtime.is_dry_run():
                digest = image_digest(session, place.name(thing), tag)
                return f"{url}@{digest}" if digest else f"{url}:{tag}"
            return f"{url}@{built_image(session, project_name, place.name(thing), tag, tell=pulumi.log.info)}"

        # All that a build needs is there once these are known.
        self.uri = pulumi.Output.all(project.name, repository.repository_url, source.key).apply(built)
        self.register_outputs({"uri": self.uri})
