"""One call of the API: who calls, and what for, once both are checked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, get_origin

from pydantic import TypeAdapter, ValidationError

from brandlens.api.fields import Query
from brandlens.api.routes import LARGEST_BODY_BYTES, PATH_PARAMETERS, Group, Route
from brandlens.errors import InvalidInput, NotPermitted, RequestTooLarge

_UNSAFE = re.compile(r"[^A-Za-z0-9-]")


@dataclass(frozen=True)
class Caller:
    """Who calls: `id` names their own folder in the drop folder, `user_id` is the user pool's of a person.

    `arn` ends with the name of a caller that is no person of the portal.
    """

    id: str
    group: Group
    arn: str
    user_id: str | None


@dataclass(frozen=True)
class Call:
    """`query` and `body` are of the route's own models."""

    caller: Caller
    path: Mapping[str, str]
    query: Any
    body: Any
    now: datetime


def caller_of(identity: Mapping[str, Any], *, viewer_role: str, editor_role: str) -> Caller:
    """Tell who calls by the `identity` of API Gateway's request context, which IAM has vouched for.

    The portal's people have one of two roles. Any other principal of the account is let through by its own
    IAM policies, method by method, and may do here what those say. `NotPermitted` for a person of the
    identity pool who has neither role.
    """
    arn = str(identity.get("userArn") or "")
    role = arn.split("/")[1] if ":assumed-role/" in arn else ""
    person = identity.get("cognitoIdentityId")
    if person is not None and role not in (viewer_role, editor_role):
        raise NotPermitted("The call is refused", "you are in no group", "Ask an editor for a role")
    provider = str(identity.get("cognitoAuthenticationProvider") or "")
    return Caller(
        id=_UNSAFE.sub("-", str(person or identity.get("user") or arn))[:100],
        group="viewer" if role == viewer_role else "editor",
        arn=arn,
        # cognito-idp.REGION.amazonaws.com/POOL,cognito-idp.REGION.amazonaws.com/POOL:CognitoSignIn:USER
        user_id=provider.rpartition(":CognitoSignIn:")[2] or None if person else None,
    )


def require_group(route: Route, caller: Caller) -> None:
    if route.group == "editor" and caller.group != "editor":
        raise NotPermitted(
            f"{route.summary} is not for you", "only editors may do that", "Ask an editor to make you one"
        )


def read_path(path: Mapping[str, str]) -> Mapping[str, str]:
    """Check the parts of the path; `InvalidInput` names the first that cannot be."""
    for name, value in path.items():
        _validated(partial(TypeAdapter(PATH_PARAMETERS[name]).validate_python, value), name)
    return path


def read_query(route: Route, given: Mapping[str, Sequence[str]]) -> Query | None:
    """Read the query; `InvalidInput` for what the route does not know, or what is given twice."""
    if route.query is None:
        if given:
            raise _invalid(f"{next(iter(given))}: nothing is asked for")
        return None
    values: dict[str, Any] = {}
    for name, texts in given.items():
        field = route.query.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is tuple:
            values[name] = tuple(texts)
        elif len(texts) > 1:
            raise _invalid(f"{name}: it is given twice")
        else:
            values[name] = texts[0]
    read: Query = _validated(partial(route.query.model_validate, values))
    return read


def read_body(route: Route, raw: bytes) -> Any:
    """Read the body, where the route takes one.

    Raises `RequestTooLarge`, and `InvalidInput` naming the first field that is wrong.
    """
    if route.body is None:
        return None
    if len(raw) > LARGEST_BODY_BYTES:
        raise RequestTooLarge(
            "The request is not read", f"it has more than {LARGEST_BODY_BYTES:,} bytes", "Send less at once"
        )
    return _validated(partial(TypeAdapter(route.body).validate_json, raw))


def _validated(validate: Callable[[], Any], place: str = "") -> Any:
    try:
        return validate()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in (place, *first["loc"]) if part != "")
        raise _invalid(f"{where}: {first['msg']}" if where else first["msg"]) from error


def _invalid(why: str) -> InvalidInput:
    return InvalidInput("The request is not understood", why.rstrip("."), "See schemas/openapi.json")
