"""Which names that a deployment would give are taken in the account."""

from collections.abc import Callable

import boto3
from botocore.exceptions import ClientError

from brandlens.adapters.aws import CONFIG, mapped_errors

_MISSING = frozenset({"ResourceNotFoundException", "NoSuchEntity"})


def names_taken(session: boto3.Session, *, table: str, role: str) -> tuple[str, ...]:
    """Return those of the two that are there: a table of the session's region, a role of the account."""
    dynamodb, iam = session.client("dynamodb", config=CONFIG), session.client("iam", config=CONFIG)
    looks: dict[str, Callable[[], object]] = {
        table: lambda: dynamodb.describe_table(TableName=table),
        role: lambda: iam.get_role(RoleName=role),
    }
    return tuple(name for name, look in looks.items() if _is_there(name, look))


def _is_there(name: str, look: Callable[[], object]) -> bool:
    with mapped_errors(f"whether the name {name} is taken could not be asked"):
        try:
            look()
        except ClientError as error:
            if error.response["Error"].get("Code") in _MISSING:
                return False
            raise
    return True
