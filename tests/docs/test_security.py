"""What docs/security.md tells in figures and lists is what the program makes and the script builds."""

import re

from tests.docs.pages import ROOT
from tests.infra.recording import Program

TEXT = re.sub(r"\s+", " ", (ROOT / "docs/security.md").read_text("utf-8"))


def _built(what: str) -> list[str]:
    script = (ROOT / "containers/ffmpeg/build-ffmpeg.sh").read_text("utf-8")
    (named,) = re.findall(rf"--enable-{what}=(\S+)", script)
    return str(named).split(",")


def test_ffmpegs_demuxer_protocols_and_decoders_are_those_that_are_built() -> None:
    *first, last = (f"`{protocol}`" for protocol in sorted(_built("protocol"), key=_told_order))
    assert _built("demuxer") == ["mov"]
    assert "one demuxer (`mov`)" in TEXT
    assert len(_built("decoder")) == 8
    assert "eight decoders" in TEXT
    assert f"the protocols {', '.join(first)} and {last}" in TEXT


def _told_order(protocol: str) -> int:
    return ["file", "pipe", "http", "https", "tcp", "tls"].index(protocol)


def test_passwords_and_tokens_are_as_told(dev: Program) -> None:
    pool = dev.one("aws:cognito/userPool:UserPool", "team").inputs
    client = dev.one("aws:cognito/userPoolClient:UserPoolClient", "portal").inputs
    policy = pool["passwordPolicy"]

    assert policy["minimumLength"] == 12
    assert "Passwords have 12 characters or more" in TEXT
    assert policy["temporaryPasswordValidityDays"] == 7
    assert "temporary password for 7 days" in TEXT
    assert client["tokenValidityUnits"] == {
        "accessToken": "minutes", "idToken": "minutes", "refreshToken": "hours"
    }  # fmt: skip
    assert client["accessTokenValidity"] == client["idTokenValidity"] == 60
    assert client["refreshTokenValidity"] == 12
    assert "ID and access tokens last an hour, refresh tokens 12 hours" in TEXT


def test_the_buckets_whose_requests_are_logged_are_those_told(dev: Program) -> None:
    logged = {each.name for each in dev.of("aws:s3/bucketLogging:BucketLogging")}
    assert logged | {"portal"} == {"media", "results", "work", "portal"}  # not built here
    assert "access logs of the buckets `media`, `results`, `work` and `portal`" in TEXT
