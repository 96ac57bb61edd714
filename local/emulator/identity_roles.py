"""Roles of identity pools: MiniStack gives every signed-in person the one authenticated role, whatever the
rules of the pool say of the claims in their token."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito, sts

_MATCHES: Mapping[str, Callable[[Any, str], bool]] = {
    "Equals": lambda claim, value: claim == value,
    "NotEqual": lambda claim, value: claim != value,
    "StartsWith": lambda claim, value: str(claim).startswith(value),
    "Contains": lambda claim, value: value in claim,
}


def build() -> None:
    give = cognito._get_credentials_for_identity

    def by_rules(data: dict[str, Any]) -> Any:
        pool = _pool_of(data.get("IdentityId", ""))
        mappings = (pool or {}).get("_role_mappings") or {}
        logins = data.get("Logins") or {}
        role = None
        for login, token in logins.items():
            mapping = _mapping(mappings, login)
            if mapping is None or mapping.get("Type") != "Rules":
                continue
            role = _role(mapping, _claims(token))
            if role is None and mapping.get("AmbiguousRoleResolution") == "Deny":
                return error_response_json(
                    "NotAuthorizedException", "No role mapping rule matched the token's claims.", 400
                )
        answer = give(data)
        if role is not None and answer[0] == 200:
            session = sts._sessions[json.loads(answer[2])["Credentials"]["AccessKeyId"]]
            head, _, tail = session["Arn"].split("/")
            session["Arn"] = "/".join((head, role.rpartition("/")[2], tail))
        return answer

    cognito._get_credentials_for_identity = by_rules


def _pool_of(identity_id: str) -> Mapping[str, Any] | None:
    pools = cognito._identity_pools.values()
    return next((pool for pool in pools if identity_id in pool.get("_identities", {})), None)


def _mapping(mappings: Mapping[str, Any], login: str) -> Mapping[str, Any] | None:
    """Return the mapping of a provider: they are named by pool and client, logins by pool."""
    return next((each for name, each in mappings.items() if name.startswith(f"{login}:")), None)


def _role(mapping: Mapping[str, Any], claims: Mapping[str, Any]) -> str | None:
    """Return the role of the first rule that the claims meet."""
    for rule in mapping.get("RulesConfiguration", {}).get("Rules", []):
        claim = claims.get(rule["Claim"])
        if claim is not None and _MATCHES[rule["MatchType"]](claim, rule["Value"]):
            return str(rule["RoleARN"])
    return None


def _claims(token: str) -> Mapping[str, Any]:
    """Read a token's claims; whether it is genuine, the emulator has checked or will."""
    body = token.split(".")[1]
    claims: Mapping[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims
