"""What lets the portal's pages read results."""

import pulumi
import pulumi_aws as aws

from infra.components.storage import Storage


class PortalReading(pulumi.ComponentResource):
    """Lets pages of `origin` read, by presigned URLs, results and what was analyzed. A bucket has one such
    configuration: that of the media bucket is `Labeling`'s."""

    def __init__(
        self, storage: Storage, origin: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("brandlens:infra:PortalReading", "results", None, opts)
        aws.s3.BucketCorsConfiguration(
            "results",
            bucket=storage.results.name,
            cors_rules=[
                aws.s3.BucketCorsConfigurationCorsRuleArgs(
                    allowed_methods=["GET", "HEAD"],
                    allowed_origins=[origin],
                    allowed_headers=["range"],
                    expose_headers=["Accept-Ranges", "Content-Length", "Content-Range", "ETag"],
                    max_age_seconds=600,
                )
            ],
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
