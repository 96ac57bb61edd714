"""People of the portal in the local cloud, as an administrator adds them."""

from local.cloud import LocalCloud
from tests.e2e.system import System


def invite(system: System, cloud: LocalCloud, email: str, password: str, group: str | None) -> dict[str, str]:
    """Add a person with the password of an invitation; return how Cognito calls them."""
    cognito = system.aws("cognito-idp")
    named = {"UserPoolId": cloud.outputs["user_pool_id"], "Username": email}
    cognito.admin_create_user(
        **named,
        TemporaryPassword=password,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
    )
    if group is not None:
        cognito.admin_add_user_to_group(**named, GroupName=group)
    return named


def add(system: System, cloud: LocalCloud, email: str, password: str, group: str | None) -> None:
    """Add a person who has chosen a password."""
    named = invite(system, cloud, email, password, group)
    system.aws("cognito-idp").admin_set_user_password(**named, Password=password, Permanent=True)
