"""A distribution's files, as CloudFront would answer with them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from local.services.aws_json.emulated_account import EmulatedAccount

CONFIG = "config.json"

_OWN_POLICY = re.compile(r"(?<=<meta http-equiv=\"Content-Security-Policy\" content=\")[^\"]+")
"""What a page says itself that it may call."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Site:
    """The one distribution of the account. What is configured is read anew for each answer."""

    def __init__(self, account: EmulatedAccount, endpoint: str) -> None:
        self._cloudfront, self._s3 = account.client("cloudfront"), account.client("s3")
        self._endpoint = endpoint

    def answer(self, path: str) -> Answer:
        """Return the file at the path, or what the distribution says of one that is missing."""
        listed = self._cloudfront.list_distributions()["DistributionList"].get("Items", [])
        if not listed:
            return Answer(503, {"Content-Type": "text/plain"}, b"The portal is not deployed yet.")
        config = self._cloudfront.get_distribution_config(Id=listed[0]["Id"])["DistributionConfig"]
        bucket = config["Origins"]["Items"][0]["DomainName"].split(".", 1)[0]
        headers = self._headers(config["DefaultCacheBehavior"]["ResponseHeadersPolicyId"])
        key = path.lstrip("/") or config["DefaultRootObject"]
        try:
            return self._file(200, bucket, key, headers)
        except ClientError:
            # CloudFront may not list the bucket, so S3 tells it 403 of what is missing.
            errors = config["CustomErrorResponses"]["Items"]
            page = next(error for error in errors if error["ErrorCode"] == 403)
            return self._file(
                int(page["ResponseCode"]), bucket, page["ResponsePagePath"].lstrip("/"), headers
            )

    def _file(self, status: int, bucket: str, key: str, headers: Mapping[str, str]) -> Answer:
        found = self._s3.get_object(Bucket=bucket, Key=key)
        body = found["Body"].read()
        if key == CONFIG:
            body = self._with_endpoints(body)
        if found["ContentType"].startswith("text/html"):
            body = _OWN_POLICY.sub(lambda policy: self._at_home(policy[0]), body.decode()).encode()
        own = {"Content-Type": found["ContentType"], "Cache-Control": found["CacheControl"]}
        return Answer(status, {**headers, **own}, body)

    def _with_endpoints(self, config: bytes) -> bytes:
        """Tell the portal where AWS's services are here."""
        endpoints = {"cognito_idp": self._endpoint, "cognito_identity": self._endpoint}
        return json.dumps({**json.loads(config), "endpoints": endpoints}).encode()

    def _headers(self, policy_id: str) -> dict[str, str]:
        answer: dict[str, Any] = self._cloudfront.get_response_headers_policy(Id=policy_id)
        config = answer["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]
        security = config["SecurityHeadersConfig"]
        policy = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        return {
            "Content-Security-Policy": self._at_home(policy),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": security["FrameOptions"]["FrameOption"],
            "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
            **{item["Header"]: item["Value"] for item in config["CustomHeadersConfig"].get("Items", [])},
        }

    def _at_home(self, policy: str) -> str:
        """Put the emulator where the policy names AWS's addresses."""
        directives = [directive.split() for directive in policy.split("; ")]
        return "; ".join(
            " ".join(
                dict.fromkeys(
                    self._endpoint if source.startswith("https://") else source for source in directive
                )
            )
            for directive in directives
        )
