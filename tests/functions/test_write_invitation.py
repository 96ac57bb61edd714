"""What the labelers' user pool is told to write."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from brandlens.errors import ServiceUnavailable
from brandlens.labeling.invitation import invitation, page_address
from brandlens.settings import WriteInvitationSettings
from functions.write_invitation import handler
from tests.labeling import TERMS, FakeGroundTruth

CONTEXT: Any = SimpleNamespace(
    aws_request_id="request", function_name="f", memory_limit_in_mb=1, invoked_function_arn="arn"
)


class Workplace(FakeGroundTruth):
    """A work team whose page is at `host`, None while nobody can tell."""

    host: str | None = "abc.labeling.eu-west-1.sagemaker.aws"

    def site(self, work_team_arn: str) -> str:
        assert work_team_arn == TERMS.work_team_arn
        if self.host is None:
            raise ServiceUnavailable("The work team could not be looked at", "SageMaker is away")
        return self.host


def event(source: str = "CustomMessage_AdminCreateUser", **request: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "triggerSource": source,
        "region": "eu-west-1",
        "userPoolId": "eu-west-1_labelers",
        "userName": "5c0f",
        "callerContext": {"awsSdkVersion": "boto3", "clientId": "CLIENT_ID_NOT_APPLICABLE"},
        "request": {
            "userAttributes": {"email": "lou@example.com"},
            "codeParameter": "{####}",
            "usernameParameter": "{username}",
        }
        | request,
        "response": {"smsMessage": None, "emailMessage": None, "emailSubject": None},
    }


@pytest.fixture
def workplace(monkeypatch: pytest.MonkeyPatch) -> Workplace:
    made = Workplace()
    settings = WriteInvitationSettings(work_team_arn=TERMS.work_team_arn, invitation_days=7)
    monkeypatch.setattr(handler, "_deps", lambda: handler.Deps(settings=settings, workplace=made))
    return made


def answered(given: dict[str, Any]) -> dict[str, Any]:
    answer = handler.lambda_handler(json.loads(json.dumps(given)), CONTEXT)
    # Cognito refuses an event whose other parts are not as it sent them.
    assert {name: value for name, value in answer.items() if name != "response"} | {
        "request": {name: value for name, value in answer["request"].items() if value is not None}
    } == {name: value for name, value in given.items() if name != "response"}
    return dict(answer["response"])


@pytest.mark.usefixtures("workplace")
def test_an_invitation_names_the_page_the_user_and_the_password() -> None:
    told = answered(event())
    assert told["emailSubject"] == "Your invitation to label for brandlens"
    for said in ("https://abc.labeling.eu-west-1.sagemaker.aws<", "{username}", "{####}", "within 7 days"):
        assert said in told["emailMessage"]
    assert "Whoever invited you" not in told["emailMessage"]


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("source", ["CustomMessage_ForgotPassword", "CustomMessage_ResendCode"])
def test_other_messages_are_left_to_the_pool(source: str) -> None:
    assert not any(answered(event(source)).values())


def test_an_invitation_is_sent_though_the_page_is_not_known(workplace: Workplace) -> None:
    workplace.host = None
    assert not any(answered(event()).values())


def test_without_the_page_an_invitation_says_who_knows_it() -> None:
    words = invitation(None, user="{username}", code="{####}", days=7)
    assert words.endswith("Whoever invited you knows the address of the page.")
    assert "href" not in words


@pytest.mark.parametrize(
    ("site", "address"), [("127.0.0.1:4566", "http://127.0.0.1:4566"), ("a.aws", "https://a.aws")]
)
def test_only_a_page_on_this_machine_has_no_certificate(site: str, address: str) -> None:
    assert page_address(site) == address
