"""The account's private workforces."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from brandlens.adapters.workforces import Workforce, private_workforces
from brandlens.errors import AccessRefused

ACCOUNT = "123456789012"
ARN = f"arn:aws:sagemaker:eu-west-1:{ACCOUNT}"


class Answering:
    """A session whose clients give prepared answers, and refuse any other call."""

    def __init__(self, answers: dict[str, list[tuple[str, dict[str, Any]]]]) -> None:
        self._answers = answers
        self._session = boto3.Session("key", "secret", region_name="eu-west-1")

    def client(self, service: str, **more: Any) -> Any:
        made: Any = self._session.client(service, **more)  # type: ignore[call-overload]
        stubbed = Stubber(made)
        for operation, answer in self._answers.get(service, []):
            stubbed.add_response(operation, answer)
        stubbed.activate()
        return made


def team(name: str, workforce: str) -> dict[str, Any]:
    member = {"UserPool": "eu-west-1_pool", "UserGroup": "labelers", "ClientId": "client"}
    return {
        "WorkteamName": name, "MemberDefinitions": [{"CognitoMemberDefinition": member}],
        "WorkteamArn": f"{ARN}:workteam/private-crowd/{name}",
        "Description": "they label", "WorkforceArn": f"{ARN}:workforce/{workforce}",
    }  # fmt: skip


def answering(*, account: str = ACCOUNT, workforces: tuple[str, ...] = ()) -> Any:
    forces = [{"WorkforceName": name, "WorkforceArn": f"{ARN}:workforce/{name}"} for name in workforces]
    teams = [team("editors", "studio"), team("others", "gone"), team("night", "studio")]
    return Answering(
        {
            "sts": [("get_caller_identity", {"Account": account})],
            "sagemaker": [
                ("list_workforces", {"Workforces": forces}),
                ("list_workteams", {"Workteams": teams}),
            ],
        }
    )


def test_a_workforce_comes_with_its_own_teams() -> None:
    assert private_workforces(answering(workforces=("studio",)), account=ACCOUNT) == (
        Workforce("studio", ("editors", "night")),
    )


def test_an_account_may_have_none() -> None:
    assert private_workforces(answering(), account=ACCOUNT) == ()


def test_another_account_is_not_looked_into() -> None:
    with pytest.raises(AccessRefused, match="are of account 999999999999"):
        private_workforces(answering(account="999999999999"), account=ACCOUNT)
