"""The users of a Cognito user pool whose user names are e-mail addresses."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.api.ports import Person
from brandlens.errors import AlreadyExists

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AdminGetUserResponseTypeDef, UserTypeTypeDef

_MISSING = "UserNotFoundException"
_INVITED = "FORCE_CHANGE_PASSWORD"


class UserPool:
    """A `People`. `groups` maps our groups to the names that they have in the pool."""

    def __init__(self, pool_id: str, groups: Mapping[str, str], session: boto3.Session | None = None) -> None:
        self._pool = pool_id
        self._groups = groups
        self._client: CognitoIdentityProviderClient = (session or default_session()).client(
            "cognito-idp", config=CONFIG
        )

    def list(self) -> Sequence[Person]:
        with mapped_errors("the team could not be listed"):
            pages = self._client.get_paginator("list_users").paginate(UserPoolId=self._pool)
            users = [user for page in pages for user in page["Users"]]
            members = {
                user["Username"]: group
                for group, name in self._groups.items()
                for page in self._client.get_paginator("list_users_in_group").paginate(
                    UserPoolId=self._pool, GroupName=name
                )
                for user in page["Users"]
            }
        return [_person(user, members.get(user["Username"])) for user in users]

    def find(self, email: str) -> Person | None:
        with mapped_errors("a member of the team could not be looked up"):
            try:
                user = self._client.admin_get_user(UserPoolId=self._pool, Username=email)
                names = {
                    group["GroupName"]
                    for page in self._client.get_paginator("admin_list_groups_for_user").paginate(
                        UserPoolId=self._pool, Username=user["Username"]
                    )
                    for group in page["Groups"]
                }
            except ClientError as error:
                if _code(error) == _MISSING:
                    return None
                raise
        return _person(user, next((group for group, name in self._groups.items() if name in names), None))

    def email_of(self, user_id: str) -> str | None:
        found = self.find(user_id)
        return None if found is None else found.email

    def invite(self, email: str) -> Person:
        with mapped_errors("nobody could be invited"):
            try:
                user = self._client.admin_create_user(
                    UserPoolId=self._pool,
                    Username=email,
                    UserAttributes=[
                        {"Name": "email", "Value": email},
                        {"Name": "email_verified", "Value": "true"},
                    ],
                    DesiredDeliveryMediums=["EMAIL"],
                )["User"]
            except ClientError as error:
                if _code(error) == "UsernameExistsException":
                    raise AlreadyExists(
                        f"{email} is not invited", "they are a member already", "Give them a role"
                    ) from error
                raise
        return _person(user, None)

    def put_in(self, person: Person, group: str) -> None:
        with mapped_errors("a member's group could not be changed"):
            # Into the new one first: whoever dies in between leaves a member with a group.
            self._client.admin_add_user_to_group(
                UserPoolId=self._pool, Username=person.id, GroupName=self._groups[group]
            )
            for other in self._groups.keys() - {group}:
                self._client.admin_remove_user_from_group(
                    UserPoolId=self._pool, Username=person.id, GroupName=self._groups[other]
                )

    def remove(self, person: Person) -> None:
        with mapped_errors("a member could not be removed"):
            try:
                # A user who is signed in can go on until the session's tokens end, so these end at once.
                self._client.admin_user_global_sign_out(UserPoolId=self._pool, Username=person.id)
                self._client.admin_delete_user(UserPoolId=self._pool, Username=person.id)
            except ClientError as error:
                if _code(error) != _MISSING:
                    raise


def _person(user: "UserTypeTypeDef | AdminGetUserResponseTypeDef", group: str | None) -> Person:
    given: Any = user.get("Attributes") or user.get("UserAttributes") or []
    attributes = {each["Name"]: each.get("Value", "") for each in given}
    return Person(
        id=user["Username"],
        email=attributes.get("email", user["Username"]),
        group=group,
        invited=user["UserStatus"] == _INVITED,
        created_at=user["UserCreateDate"],
    )


def _code(error: ClientError) -> str:
    return error.response["Error"].get("Code", "Unknown")
