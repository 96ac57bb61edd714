"""What the training jobs of the embedded detector may do."""

import pulumi
import pulumi_aws as aws

from infra import grants
from infra.naming import Place
from infra.policies import allow, allow_anywhere, document, trust
from infra.settings import BUILDERS, Settings

LOG_GROUP = "/aws/sagemaker/TrainingJobs"
"""SageMaker's, the same in every account."""


class TrainingJobs(pulumi.ComponentResource):
    """Makes the role under which SageMaker pulls the image, brings what is learned from, and takes the model.

    The jobs' own program is cut off from the network, and so from these rights:
    https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html.
    """

    def __init__(self, place: Place, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:TrainingJobs", "training-jobs", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        media, work = place.bucket_arn("media"), place.bucket_arn("work")
        self.role = aws.iam.Role(
            "training-jobs",
            name=place.name("training-jobs"),
            assume_role_policy=trust(
                "sagemaker.amazonaws.com", when={"StringEquals": {"aws:SourceAccount": place.account}}
            ),
            opts=child,
        )
        aws.iam.RolePolicy(
            "training-jobs",
            name="rights",
            role=self.role.name,
            policy=document(
                allow("s3:ListBucket", on=[media, work]),
                allow("s3:GetObject", on=f"{media}/*/training/*"),
                allow("s3:PutObject", "s3:AbortMultipartUpload", on=f"{media}/*/training/*/evaluation/*"),
                # The checkpoints, which come back where a job begins anew.
                allow(
                    "s3:GetObject",
                    "s3:PutObject",
                    "s3:DeleteObject",
                    "s3:AbortMultipartUpload",
                    on=f"{work}/*/training/*/evaluation/*",
                ),
                allow(
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                    on=repository_arn(place, settings.training_image_build),
                ),
                allow_anywhere("ecr:GetAuthorizationToken", because="the action has no resource types"),
                *grants.tell_of_sagemaker_jobs(place, LOG_GROUP),
                *grants.use_key(place, settings.kms),
            ),
            opts=child,
        )
        self.register_outputs({"role_arn": self.role.arn})


def repository_arn(place: Place, image_build: str) -> str:
    """Return the ARN of the repository that the image comes from: the stack's own, or that of its URI."""
    if image_build in BUILDERS:
        return place.arn("ecr", f"repository/{place.name('training')}")
    host, _, path = image_build.partition("/")
    account, _, _, region = host.split(".")[:4]
    name = path.partition("@")[0].partition(":")[0]
    return f"arn:{place.partition}:ecr:{region}:{account}:repository/{name}"
