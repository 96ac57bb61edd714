"""Where files are: what is dropped, what is worked on, what results."""

import pulumi
import pulumi_aws as aws

from infra.components.bucket import PrivateBucket
from infra.naming import Place
from infra.policies import Statement, allow_service
from infra.settings import Settings

SUPERSEDED_DAYS = 30
"""How long a file that was overwritten or deleted in the drop folder can be had back."""

WORKING_FILES_DAYS = 7
"""Longer than any job may run."""


class Storage(pulumi.ComponentResource):
    """Makes the buckets `media` (the drop folder, versioned), `results`, and `work`, whose files expire.

    Who asked for what of them is logged to a fourth, `access-logs`, as long as other logs are kept. S3 writes
    such logs only where they are encrypted by its own key. Where data is retained, so are all but `work`.
    """

    def __init__(self, place: Place, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:Storage", "storage", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.access_logs = PrivateBucket(
            place,
            "access-logs",
            allowed=[_logging(place)],
            retained=settings.retain_data,
            rules=[_expiry("drop-old-logs", settings.retention_days)],
            opts=child,
        )
        self.media = PrivateBucket(
            place,
            "media",
            allowed=_learning(place),
            versioned=True,
            rules=[
                aws.s3.BucketLifecycleConfigurationRuleArgs(
                    id="drop-superseded-versions",
                    status="Enabled",
                    filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
                    noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                        noncurrent_days=SUPERSEDED_DAYS
                    ),
                )
            ],
            retained=settings.retain_data,
            key=settings.kms,
            access_logs=self.access_logs,
            opts=child,
        )
        self.results = PrivateBucket(
            place,
            "results",
            retained=settings.retain_data,
            key=settings.kms,
            access_logs=self.access_logs,
            opts=child,
        )
        self.work = PrivateBucket(
            place,
            "work",
            rules=[_expiry("drop-working-files", WORKING_FILES_DAYS)],
            key=settings.kms,
            access_logs=self.access_logs,
            opts=child,
        )
        self.register_outputs(
            {"media": self.media.name, "results": self.results.name, "work": self.work.name}
        )


def _expiry(name: str, days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id=name,
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
    )


def _logging(place: Place) -> Statement:
    """S3 writes the access logs of this stack's buckets, as
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html has it.
    """
    return allow_service(
        "logging.s3.amazonaws.com",
        "s3:PutObject",
        on=f"{place.bucket_arn('access-logs')}/*",
        when={
            "ArnLike": {"aws:SourceArn": f"arn:{place.partition}:s3:::{place.prefix}*"},
            "StringEquals": {"aws:SourceAccount": place.account},
        },
    )


def _learning(place: Place) -> tuple[Statement, ...]:
    """What Rekognition may do with the files of trainings, as Custom Labels asks of a bucket not its own.

    https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/su-console-policy.html
    """
    rekognition, bucket = "rekognition.amazonaws.com", place.bucket_arn("media")
    return (
        allow_service(rekognition, "s3:GetBucketAcl", "s3:GetBucketLocation", on=bucket),
        allow_service(
            rekognition,
            "s3:GetObject",
            "s3:GetObjectAcl",
            "s3:GetObjectVersion",
            "s3:GetObjectTagging",
            on=f"{bucket}/*/training/*",
        ),
        allow_service(
            rekognition,
            "s3:PutObject",
            on=f"{bucket}/*/training/*/evaluation/*",
            when={"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}},
        ),
    )
