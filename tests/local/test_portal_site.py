"""The portal in the local cloud: what the distribution and the bucket hold, with the emulator's addresses."""

import io
import json
from collections.abc import Mapping
from typing import Any
from unittest.mock import Mock

import pytest
from botocore.exceptions import ClientError

from infra.components.portal_site import page_connections, portal_policy
from infra.naming import Place
from local.services.aws_json.emulated_account import EmulatedAccount
from local.services.portal.site import Site

EMULATOR = "http://127.0.0.1:4566"
PLACE = Place("brandlens", "local", "aws", "eu-west-1", "000000000000")
OWN_POLICY = page_connections(PLACE, f"{EMULATOR}/v1")
PAGE = f'<head><meta http-equiv="Content-Security-Policy" content="{OWN_POLICY}" /></head>'
FILES = {
    "index.html": ("text/html; charset=utf-8", PAGE.encode()),
    "config.json": ("application/json", b'{"region": "eu-west-1"}'),
    "assets/page-1a2b.js": ("text/javascript", b"1"),
}


class Bucket:
    """S3 as the site asks it."""

    def __init__(self, files: Mapping[str, tuple[str, bytes]]) -> None:
        self._files = files

    def get_object(self, **asked: str) -> dict[str, Any]:
        assert asked["Bucket"] == "portal-bucket"
        if asked["Key"] not in self._files:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "GetObject")
        kind, body = self._files[asked["Key"]]
        return {"Body": io.BytesIO(body), "ContentType": kind, "CacheControl": f"of {asked['Key']}"}


class CloudFront:
    """A distribution as infra makes it, or none."""

    def __init__(self, *, deployed: bool = True) -> None:
        self._deployed = deployed

    def list_distributions(self) -> dict[str, Any]:
        return {"DistributionList": {"Items": [{"Id": "E1"}]} if self._deployed else {}}

    def get_distribution_config(self, **_asked: str) -> dict[str, Any]:
        return {
            "DistributionConfig": {
                "DefaultRootObject": "index.html",
                "Origins": {"Items": [{"DomainName": "portal-bucket.s3.eu-west-1.amazonaws.com"}]},
                "DefaultCacheBehavior": {"ResponseHeadersPolicyId": "P1"},
                "CustomErrorResponses": {
                    "Items": [{"ErrorCode": 403, "ResponseCode": "200", "ResponsePagePath": "/index.html"}]
                },
            }
        }

    def get_response_headers_policy(self, **_asked: str) -> dict[str, Any]:
        security = {
            "ContentSecurityPolicy": {"ContentSecurityPolicy": portal_policy(PLACE)},
            "FrameOptions": {"FrameOption": "DENY"},
            "ReferrerPolicy": {"ReferrerPolicy": "no-referrer"},
        }
        own = {"Items": [{"Header": "Cross-Origin-Opener-Policy", "Value": "same-origin"}]}
        config = {"SecurityHeadersConfig": security, "CustomHeadersConfig": own}
        return {"ResponseHeadersPolicy": {"ResponseHeadersPolicyConfig": config}}


def _site(*, deployed: bool = True) -> Site:
    account = Mock(spec=EmulatedAccount)
    account.client.side_effect = {
        "cloudfront": CloudFront(deployed=deployed),
        "s3": Bucket(FILES),
    }.__getitem__
    return Site(account, EMULATOR)


def test_a_file_comes_with_its_own_type_and_the_distributions_headers() -> None:
    answer = _site().answer("/assets/page-1a2b.js")
    assert (answer.status, answer.body) == (200, b"1")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "of assets/page-1a2b.js"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/jobs/1a2b"])
def test_every_other_path_is_answered_with_the_page(path: str) -> None:
    answer = _site().answer(path)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "of index.html"


def test_what_pages_may_call_is_the_emulator_and_nothing_of_aws() -> None:
    answer = _site().answer("/")
    page = answer.body.decode()
    assert f"content=\"connect-src 'self' {EMULATOR}\"" in page
    assert f"connect-src 'self' {EMULATOR};" in answer.headers["Content-Security-Policy"]
    assert "amazonaws" not in page + answer.headers["Content-Security-Policy"]


def test_the_configuration_tells_where_sign_in_is() -> None:
    config = json.loads(_site().answer("/config.json").body)
    assert config == {
        "region": "eu-west-1",
        "endpoints": {"cognito_idp": EMULATOR, "cognito_identity": EMULATOR},
    }


def test_before_it_is_deployed_there_is_no_portal() -> None:
    assert _site(deployed=False).answer("/").status == 503
