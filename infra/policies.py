"""IAM policy statements as values, refused as they are built when they allow more than they must."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

ANY = "*"

Conditions = Mapping[str, Mapping[str, str | Sequence[str]]]


class PolicyRefused(ValueError):
    """A statement allows more than the house rules let it."""


@dataclass(frozen=True)
class Statement:
    """One statement of a policy.

    Attributes
    ----------
    actions
        Full names, such as `s3:GetObject`; an allowing statement holds no wildcard.
    resources
        ARNs; a bare `*` only with `any_because`.
    services
        The service principals allowed, in policies of resources and roles.
    any_because
        Why AWS leaves no resource to name.
    """

    actions: tuple[str, ...]
    resources: tuple[str, ...] = ()
    effect: Literal["Allow", "Deny"] = "Allow"
    services: tuple[str, ...] = ()
    conditions: Conditions | None = None
    any_because: str = ""

    def __post_init__(self) -> None:
        if self.effect == "Deny":
            return
        if wild := [action for action in self.actions if ANY in action]:
            raise PolicyRefused(f"{wild} would allow actions nobody named; name each")
        if ANY in self.resources and not self.any_because:
            raise PolicyRefused(
                f"{list(self.actions)} would be allowed on every resource; name them, or say why"
            )

    def body(self) -> dict[str, Any]:
        """The statement in IAM's JSON grammar."""
        principal: object = ANY if self.effect == "Deny" else {"Service": list(self.services)}
        parts = {
            "Effect": self.effect,
            "Principal": principal if self.services or self.effect == "Deny" else None,
            "Action": list(self.actions),
            "Resource": list(self.resources),
            "Condition": self.conditions,
        }
        return {name: part for name, part in parts.items() if part}


def document(*statements: Statement) -> str:
    """A policy document of `statements`, as JSON."""
    return json.dumps({"Version": "2012-10-17", "Statement": [statement.body() for statement in statements]})


def allow(*actions: str, on: str | Sequence[str], when: Conditions | None = None) -> Statement:
    """Allow `actions` on the resource or resources `on`."""
    return Statement(actions, (on,) if isinstance(on, str) else tuple(on), conditions=when)


def allow_service(
    service: str, *actions: str, on: str | Sequence[str], when: Conditions | None = None
) -> Statement:
    """Allow `service`, such as `rekognition.amazonaws.com`, `actions`; for the policy of a resource."""
    resources = (on,) if isinstance(on, str) else tuple(on)
    return Statement(actions, resources, services=(service,), conditions=when)


def allow_anywhere(*actions: str, because: str) -> Statement:
    """Allow `actions` that AWS cannot restrict to a resource; `because` says so, for the reader."""
    return Statement(actions, (ANY,), any_because=because)


def trust(service: str, when: Conditions | None = None) -> str:
    """The trust policy of a role that `service`, such as `lambda.amazonaws.com`, may assume."""
    return document(Statement(("sts:AssumeRole",), services=(service,), conditions=when))


def trust_identities(identity_pool_id: str) -> str:
    """The trust policy of a role that signed-in people of one Cognito identity pool get credentials of."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": ["sts:AssumeRoleWithWebIdentity"],
        "Condition": {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": identity_pool_id},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
        },
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def refuse_plaintext(*resources: str, actions: str) -> Statement:
    """Deny `actions` to everybody whose request did not travel by TLS."""
    return Statement(
        (actions,), resources, effect="Deny", conditions={"Bool": {"aws:SecureTransport": "false"}}
    )


TRACING = allow_anywhere(
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    because="X-Ray has no resource to name for a trace being written",
)
