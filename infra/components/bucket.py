"""One private bucket, the way every bucket of ours is."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from infra.naming import Place
from infra.policies import Statement, document, refuse_plaintext

ABANDONED_UPLOAD_DAYS = 7


class PrivateBucket(pulumi.ComponentResource):
    """Makes a bucket with encryption at rest, public access blocked, TLS required and a lifecycle.

    Every bucket drops the parts of uploads abandoned for a week; `rules` come besides. `versioned` keeps what
    is overwritten or deleted. `allowed` are statements of the bucket's own policy. One that is `retained`
    outlives its stack, with all that guards it; any other goes with it, and with its objects. `key` is the
    ARN of a KMS key, empty for S3's own. Requests are logged to the bucket `access_logs`, if there is one.
    """

    def __init__(
        self,
        place: Place,
        thing: str,
        *,
        rules: Sequence[aws.s3.BucketLifecycleConfigurationRuleArgs] = (),
        allowed: Sequence[Statement] = (),
        versioned: bool = False,
        retained: bool = False,
        key: str = "",
        access_logs: "PrivateBucket | None" = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:PrivateBucket", thing, None, opts)
        child = pulumi.ResourceOptions(parent=self, retain_on_delete=retained)
        arn = place.bucket_arn(thing)
        self.bucket = aws.s3.Bucket(thing, bucket=place.bucket(thing), force_destroy=not retained, opts=child)
        self.name = self.bucket.bucket
        aws.s3.BucketServerSideEncryptionConfiguration(
            thing,
            bucket=self.name,
            rules=[
                aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
                        sse_algorithm="aws:kms" if key else "AES256", kms_master_key_id=key or None
                    ),
                    # One call of KMS for many objects.
                    bucket_key_enabled=True if key else None,
                )
            ],
            opts=child,
        )
        block = aws.s3.BucketPublicAccessBlock(
            thing,
            bucket=self.name,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child,
        )
        # S3 refuses to change a bucket's policy and its public access block at one time.
        aws.s3.BucketPolicy(
            thing,
            bucket=self.name,
            policy=document(refuse_plaintext(arn, f"{arn}/*", actions="s3:*"), *allowed),
            opts=pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(depends_on=[block])),
        )
        versioning = [self._versioning(thing, child)] if versioned else []
        aws.s3.BucketLifecycleConfiguration(
            thing,
            bucket=self.name,
            rules=[
                aws.s3.BucketLifecycleConfigurationRuleArgs(
                    id="drop-abandoned-uploads",
                    status="Enabled",
                    filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
                    abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                        days_after_initiation=ABANDONED_UPLOAD_DAYS
                    ),
                ),
                *rules,
            ],
            opts=pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(depends_on=versioning)),
        )
        if access_logs is not None:
            aws.s3.BucketLogging(
                thing,
                bucket=self.name,
                target_bucket=access_logs.name,
                target_prefix=f"{thing}/",
                opts=pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(depends_on=[access_logs])),
            )
        self.register_outputs({"name": self.name})

    def _versioning(self, thing: str, opts: pulumi.ResourceOptions) -> aws.s3.BucketVersioning:
        return aws.s3.BucketVersioning(
            thing,
            bucket=self.name,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=opts,
        )
