"""Signing in, in the local cloud: by the mail of an invitation, after a reset by code, and in no group."""

import re
from typing import Any

import pytest
import requests
from botocore.exceptions import ClientError

from local.cloud import LocalCloud
from tests.cloud import client
from tests.portal import OWN, developer, id_token, new_password, signed_in

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

NEW = "Another-staple-2"


def mail_to(cloud: LocalCloud, address: str) -> str:
    """The text of the last e-mail to an address: the emulator keeps them all, and sends none."""
    kept: dict[str, list[dict[str, Any]]] = requests.get(
        f"{cloud.endpoint}/_ministack/ses/messages", timeout=10
    ).json()["messages"]
    last = [mail for mails in kept.values() for mail in mails if mail["To"] == [address]][-1]
    return f"{last['BodyText']}{last['BodyHtml']}"


def invited_by_mail(cloud: LocalCloud, email: str, role: str) -> str:
    """Have a person be invited; return the password that the mail tells."""
    added = developer(cloud).call("POST", "/team/members", {"email": email, "role": role})
    assert added.status_code == 201, added.text
    found = re.search(r"temporary password (\S+):", mail_to(cloud, email))
    assert found is not None
    return found[1]


def test_an_invitation_comes_by_mail_with_a_password_that_is_good_once(cloud: LocalCloud) -> None:
    temporary = invited_by_mail(cloud, "mara@example.com", "viewer")
    assert cloud.outputs["portal_url"] in mail_to(cloud, "mara@example.com")
    new_password(cloud, "mara@example.com", temporary)
    assert signed_in(cloud, "mara@example.com").call("GET", "/projects").status_code == 200
    with pytest.raises(ClientError):
        id_token(cloud, "mara@example.com", temporary)


def test_a_labeler_is_invited_by_a_mail_of_their_own(cloud: LocalCloud) -> None:
    assert invited_by_mail(cloud, "lena@example.com", "labeler")
    assert "to label pictures" in mail_to(cloud, "lena@example.com")


def test_who_forgot_the_password_chooses_another_with_the_code_of_a_mail(cloud: LocalCloud) -> None:
    email = "milo@example.com"
    new_password(cloud, email, invited_by_mail(cloud, email, "viewer"))
    named = {"ClientId": cloud.outputs["user_pool_client_id"], "Username": email}
    people = client(cloud, "cognito-idp")
    people.forgot_password(**named)
    found = re.search(r"\b\d{6}\b", mail_to(cloud, email))
    assert found is not None
    wrong = f"{(int(found[0]) + 1) % 1_000_000:06}"

    with pytest.raises(ClientError) as refused:
        people.confirm_forgot_password(**named, ConfirmationCode=wrong, Password=NEW)
    assert refused.value.response["Error"]["Code"] == "CodeMismatchException"
    assert id_token(cloud, email, OWN)

    people.confirm_forgot_password(**named, ConfirmationCode=found[0], Password=NEW)
    assert id_token(cloud, email, NEW)
    with pytest.raises(ClientError):
        id_token(cloud, email, OWN)


def test_a_person_in_no_group_gets_no_credentials(cloud: LocalCloud) -> None:
    email = "mo@example.com"
    new_password(cloud, email, invited_by_mail(cloud, email, "viewer"))
    client(cloud, "cognito-idp").admin_remove_user_from_group(
        UserPoolId=cloud.outputs["user_pool_id"], Username=email, GroupName="viewer"
    )
    with pytest.raises(ClientError) as refused:
        signed_in(cloud, email)
    assert refused.value.response["Error"]["Code"] == "NotAuthorizedException"


def test_nobody_signs_up_by_themselves(cloud: LocalCloud) -> None:
    with pytest.raises(ClientError) as refused:
        client(cloud, "cognito-idp").sign_up(
            ClientId=cloud.outputs["user_pool_client_id"], Username="me@example.com", Password=NEW
        )
    assert refused.value.response["Error"]["Code"] == "NotAuthorizedException"
