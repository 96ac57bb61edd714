"""Where the portal is served from."""

from urllib.parse import urlsplit

import pulumi
import pulumi_aws as aws

from infra.components.bucket import PrivateBucket
from infra.naming import Place
from infra.policies import Statement, allow_service
from infra.portal_headers import SECURITY_HEADERS, connections, content_security_policy
from infra.settings import Settings

CACHING_BY_ORIGIN = "4cc15a8a-d715-48a4-82b8-cc0b614638fe"
"""AWS's managed policy UseOriginCacheControlHeaders-QueryStrings: a file is kept as its own header says, so a
deployment has nothing to invalidate. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html"""

_STATED = {
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
}
"""Headers that CloudFront has settings of their own for; it refuses them among the custom ones."""


class PortalSite(pulumi.ComponentResource):
    """Makes the private bucket `portal`, the distribution that alone may read it, and its security headers.

    A path without a file is answered with index.html: the page finds its way by itself. `origin` is the
    address, the setting `portal_origin` where it is given and else the distribution's own. Requests to the
    bucket are logged to `access_logs`.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        access_logs: PrivateBucket,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:PortalSite", "portal", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.bucket = PrivateBucket(
            place, "portal", allowed=[_readable(place)], access_logs=access_logs, opts=child
        )
        access = aws.cloudfront.OriginAccessControl(
            "portal",
            name=place.name("portal"),
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
            opts=child,
        )
        distribution = aws.cloudfront.Distribution(
            "portal",
            comment=place.name("portal"),
            enabled=True,
            is_ipv6_enabled=True,
            http_version="http2and3",
            price_class=settings.price_class,
            default_root_object="index.html",
            origins=[
                aws.cloudfront.DistributionOriginArgs(
                    origin_id="portal",
                    domain_name=self.bucket.bucket.bucket_regional_domain_name,
                    origin_access_control_id=access.id,
                )
            ],
            default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
                target_origin_id="portal",
                viewer_protocol_policy="redirect-to-https",
                allowed_methods=["GET", "HEAD"],
                cached_methods=["GET", "HEAD"],
                compress=True,
                cache_policy_id=CACHING_BY_ORIGIN,
                response_headers_policy_id=self._headers(place, child).id,
            ),
            # S3 says 403 of what is missing to whom may not list.
            custom_error_responses=[
                aws.cloudfront.DistributionCustomErrorResponseArgs(
                    error_code=403,
                    response_code=200,
                    response_page_path="/index.html",
                    error_caching_min_ttl=0,
                )
            ],
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(
                geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(
                    restriction_type="none"
                )
            ),
            viewer_certificate=aws.cloudfront.DistributionViewerCertificateArgs(
                cloudfront_default_certificate=True
            ),
            opts=child,
        )
        own = distribution.domain_name.apply(lambda domain: f"https://{domain}")
        self.origin: pulumi.Output[str] = (
            pulumi.Output.from_input(settings.portal_origin) if settings.portal_origin else own
        )
        self.register_outputs({"origin": self.origin})

    def _headers(self, place: Place, child: pulumi.ResourceOptions) -> aws.cloudfront.ResponseHeadersPolicy:
        args = aws.cloudfront
        others = {name: value for name, value in SECURITY_HEADERS.items() if name not in _STATED}
        return aws.cloudfront.ResponseHeadersPolicy(
            "portal",
            name=place.name("portal"),
            security_headers_config=args.ResponseHeadersPolicySecurityHeadersConfigArgs(
                content_security_policy=args.ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs(
                    content_security_policy=portal_policy(place), override=True
                ),
                content_type_options=args.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
                    override=True
                ),
                frame_options=args.ResponseHeadersPolicySecurityHeadersConfigFrameOptionsArgs(
                    frame_option="DENY", override=True
                ),
                referrer_policy=args.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
                    referrer_policy=SECURITY_HEADERS["Referrer-Policy"], override=True
                ),
                strict_transport_security=args.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
                    access_control_max_age_sec=63_072_000, include_subdomains=True, override=True
                ),
            ),
            custom_headers_config=args.ResponseHeadersPolicyCustomHeadersConfigArgs(
                items=[
                    args.ResponseHeadersPolicyCustomHeadersConfigItemArgs(
                        header=name, value=value, override=True
                    )
                    for name, value in others.items()
                ]
            ),
            opts=child,
        )


def portal_policy(place: Place) -> str:
    """The content security policy: the region's services that the portal calls, and our buckets.

    The API is made for the portal's origin and so after it: here any API of the region is named. The page
    itself names ours alone (`page_connections`), and a browser allows what both do.
    """
    api = f"https://*.execute-api.{place.region}.amazonaws.com"
    return content_security_policy(services=[api, *_sign_in(place)], files=_buckets(place))


def page_connections(place: Place, api_url: str) -> str:
    """The policy that the page brings along: its scripts call this API, sign-in and our buckets."""
    api = urlsplit(api_url)
    return connections(services=[f"{api.scheme}://{api.netloc}", *_sign_in(place)], files=_buckets(place))


def _sign_in(place: Place) -> list[str]:
    return [
        f"https://{service}.{place.region}.amazonaws.com" for service in ("cognito-idp", "cognito-identity")
    ]


def _buckets(place: Place) -> list[str]:
    """Where presigned URLs lead: to the region's host, which boto3 calls by its older name in us-east-1."""
    hosts = [
        f"s3.{place.region}.amazonaws.com",
        *(["s3.amazonaws.com"] if place.region == "us-east-1" else []),
    ]
    return [f"https://{place.bucket(thing)}.{host}" for thing in ("media", "results") for host in hosts]


def _readable(place: Place) -> Statement:
    """The account's distributions may read the files; whoever may change distributions may deploy anyway."""
    distributions = f"arn:{place.partition}:cloudfront::{place.account}:distribution/*"
    return allow_service(
        "cloudfront.amazonaws.com",
        "s3:GetObject",
        on=f"{place.bucket_arn('portal')}/*",
        when={"ArnLike": {"AWS:SourceArn": distributions}},
    )
