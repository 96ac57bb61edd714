"""The developer's own user of the portal: an editor, with a password that is made up once."""

import secrets
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from local.aws import Aws
from local.files import write_whole
from local.home import Home
from local.resources.kinds import unless

EMAIL = "developer@example.com"


class PortalUser(BaseModel):
    """Who may sign in to the portal."""

    model_config = ConfigDict(frozen=True)

    email: str
    password: str


def known(home: Home) -> PortalUser | None:
    """Return the user as it was last made."""
    try:
        return PortalUser.model_validate_json(home.portal_user.read_text("utf-8"))
    except FileNotFoundError:
        return None


def ensure(aws: Aws, home: Home, outputs: Mapping[str, str]) -> None:
    """Make the user where it is missing, if the program has a portal."""
    if "portal_url" not in outputs:
        return
    user = known(home) or PortalUser(email=EMAIL, password=f"Aa1-{secrets.token_urlsafe(12)}")
    client, pool = aws.client("cognito-idp"), outputs["user_pool_id"]
    named = {"UserPoolId": pool, "Username": user.email}
    with unless("UsernameExistsException"):
        attributes = [{"Name": "email", "Value": user.email}, {"Name": "email_verified", "Value": "true"}]
        client.admin_create_user(**named, UserAttributes=attributes, MessageAction="SUPPRESS")
        client.admin_set_user_password(**named, Password=user.password, Permanent=True)
        client.admin_add_user_to_group(**named, GroupName="editor")
    write_whole(home.portal_user, user.model_dump_json())
