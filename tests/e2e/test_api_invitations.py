"""What those read who are invited to label, in the local cloud."""

from typing import Any

import pytest
import requests

from local.cloud import LocalCloud
from tests.portal import developer

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


def mail_to(cloud: LocalCloud, address: str) -> list[dict[str, Any]]:
    """Every e-mail that the emulator would have sent there."""
    accounts = requests.get(f"{cloud.endpoint}/_ministack/ses/messages", timeout=10).json()["messages"]
    return [each for sent in accounts.values() for each in sent if address in each["To"]]


def test_a_labelers_invitation_names_the_page_where_they_label(cloud: LocalCloud) -> None:
    editor, who = developer(cloud), "ines@example.com"
    assert editor.call("POST", "/team/members", {"email": who, "role": "labeler"}).status_code == 201
    page = editor.call("GET", "/team/members").json()["labeling_url"]
    (invitation,) = mail_to(cloud, who)
    assert page in str(invitation)
    assert who in str(invitation)
    assert "{####}" not in str(invitation)
    assert "Whoever invited you" not in str(invitation)
