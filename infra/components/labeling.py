"""What asking people to label needs."""

import pulumi
import pulumi_aws as aws

from infra import grants
from infra.components.dead_letters import DeadLetters
from infra.components.event_route import EventRoute
from infra.components.function import Function
from infra.components.storage import Storage
from infra.event_patterns import ended_labeling_jobs
from infra.naming import Place
from infra.policies import allow, document, trust
from infra.settings import Settings

LOG_GROUP = "/aws/sagemaker/LabelingJobs"
"""Ground Truth's, the same in every account."""

SHORTEST_SESSION_SECONDS = 3600
"""IAM's shortest for a role."""


class Labeling(pulumi.ComponentResource):
    """Makes the role that Ground Truth works under, and the way of a labeling job's end to the function. The
    media bucket lets the workers' page show its pictures, and the portal's pages upload:
    https://docs.aws.amazon.com/sagemaker/latest/dg/sms-cors-update.html.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        storage: Storage,
        callback: Function,
        dead_letters: DeadLetters,
        origin: pulumi.Input[str] | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:Labeling", "labeling", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        media = place.bucket_arn("media")
        self.role = aws.iam.Role(
            "labeling",
            name=place.name("labeling"),
            assume_role_policy=trust(
                "sagemaker.amazonaws.com", when={"StringEquals": {"aws:SourceAccount": place.account}}
            ),
            # A worker's page shows pictures for as long as the role's session lasts.
            max_session_duration=max(settings.labeling_task_seconds, SHORTEST_SESSION_SECONDS),
            opts=child,
        )
        aws.iam.RolePolicy(
            "labeling",
            name="rights",
            role=self.role.name,
            policy=document(
                allow("s3:GetBucketLocation", "s3:ListBucket", on=media),
                allow("s3:GetObject", on=f"{media}/*/training/*"),
                allow("s3:PutObject", "s3:AbortMultipartUpload", on=f"{media}/*/training/*/labeling/*"),
                *grants.tell_of_sagemaker_jobs(place, LOG_GROUP),
                *grants.use_key(place, settings.kms),
            ),
            opts=child,
        )
        aws.s3.BucketCorsConfiguration(
            "labeling",
            bucket=storage.media.name,
            cors_rules=[
                aws.s3.BucketCorsConfigurationCorsRuleArgs(
                    allowed_methods=["GET"],
                    allowed_origins=["*"],
                    expose_headers=["Access-Control-Allow-Origin"],
                ),
                *_uploads(origin),
            ],
            opts=child,
        )
        EventRoute(
            place,
            "labeling-ended",
            callback,
            dead_letters,
            description="A labeling job that has ended ends the wait for it",
            pattern=ended_labeling_jobs(settings.labeling_event_source, place.labeling_job_arn_prefix),
            opts=child,
        )
        self.register_outputs({"role_arn": self.role.arn})


def _uploads(origin: pulumi.Input[str] | None) -> list[aws.s3.BucketCorsConfigurationCorsRuleArgs]:
    """Let pages of the portal's origin, if there is one, upload to presigned URLs."""
    if origin is None:
        return []
    return [
        aws.s3.BucketCorsConfigurationCorsRuleArgs(
            allowed_methods=["PUT"], allowed_origins=[origin], allowed_headers=["*"], expose_headers=["ETag"]
        )
    ]
