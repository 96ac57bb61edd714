"""How the portal is served: from a private bucket, by one distribution, under strict headers."""

import json
import re
from pathlib import Path

import pytest

from infra import portal_build
from infra.components.portal_files import ALWAYS_ASKED_FOR, FOREVER
from tests.infra.recording import ACCOUNT, Program, evaluate

DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Evaluate the program over a web/ that was built from what is there, so that npm need not run."""
    web = tmp_path_factory.mktemp("web")
    for name in ("index.html", "icon.svg", "assets/page-1a2b.js", "manifest.json"):
        file = web / "dist" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<head></head>" if name == "index.html" else name, "utf-8")
    for source in ("index.html", "package-lock.json", "tsconfig.json", "vite.config.ts"):
        (web / source).write_text(source, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portal_build, "WEB", Path(web))
        (web / "dist" / ".sources").write_text(portal_build._digest(), "ascii")
        return evaluate(portal="true")


def test_only_the_distribution_reads_the_bucket_and_only_over_tls(program: Program) -> None:
    policy = json.loads(program.one("aws:s3/bucketPolicy:BucketPolicy", "portal").inputs["policy"])
    (allowing,) = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]
    assert allowing["Principal"] == {"Service": ["cloudfront.amazonaws.com"]}
    assert allowing["Action"] == ["s3:GetObject"]
    (arn,) = allowing["Condition"]["ArnLike"].values()
    assert arn.endswith(":distribution/*")
    behaviour = program.one(DISTRIBUTION, "portal").inputs["defaultCacheBehavior"]
    assert behaviour["viewerProtocolPolicy"] == "redirect-to-https"


def test_requests_to_the_bucket_are_logged_apart_from_others(program: Program) -> None:
    logging = program.one("aws:s3/bucketLogging:BucketLogging", "portal").inputs
    assert logging["targetBucket"] == f"brandlens-dev-access-logs-{ACCOUNT}"
    assert logging["targetPrefix"] == "portal/"


def test_pages_run_no_script_but_the_portals_own(program: Program) -> None:
    security = program.one(HEADERS, "portal").inputs["securityHeadersConfig"]
    policy = security["contentSecurityPolicy"]["contentSecurityPolicy"]
    directives = dict(each.split(" ", 1) for each in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_a_page_calls_the_stacks_own_api_and_no_other(program: Program) -> None:
    (page,) = [made for made in program.of(OBJECT) if made.inputs["key"] == "index.html"]
    (policy,) = re.findall(
        r'<head><meta http-equiv="Content-Security-Policy" content="([^"]+)"', page.inputs["content"]
    )
    assert policy.startswith("connect-src 'self' https://api-id.execute-api.")
    assert "*" not in policy
    security = program.one(HEADERS, "portal").inputs["securityHeadersConfig"]
    header = security["contentSecurityPolicy"]["contentSecurityPolicy"]
    others = [source for source in policy.split() if "execute-api" not in source]
    assert set(others) <= set(header.replace(";", "").split())


def test_files_with_a_hash_are_kept_and_the_others_asked_for_each_time(program: Program) -> None:
    kept = {made.inputs["key"]: made.inputs["cacheControl"] for made in program.of(OBJECT)}
    assert kept == {
        "assets/page-1a2b.js": FOREVER,
        "icon.svg": ALWAYS_ASKED_FOR,
        "config.json": ALWAYS_ASKED_FOR,
        "index.html": ALWAYS_ASKED_FOR,
    }


def test_its_pages_alone_may_call_the_api(program: Program) -> None:
    body = program.one("aws:apigateway/restApi:RestApi", "api").inputs["body"]
    assert program.outputs["portal_url"] == "https://d111111abcdef8.cloudfront.net"
    assert f"'{program.outputs['portal_url']}'" in body


def test_config_json_holds_no_secret(program: Program) -> None:
    (config,) = [made for made in program.of(OBJECT) if made.inputs["key"] == "config.json"]
    assert set(json.loads(config.inputs["content"])) == {
        "version", "region", "api_url", "user_pool_id", "user_pool_client_id", "identity_pool_id",
    }  # fmt: skip
