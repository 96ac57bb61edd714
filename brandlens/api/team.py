"""The team: who may look (viewer), who may do everything (editor), who labels (labeler)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from brandlens.api.fields import Body, Query
from brandlens.jobs import Value

Role = Literal["viewer", "editor", "labeler"]
Email = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=254)
]


class NewMember(Body):
    """A person to be invited by e-mail. A viewer who is made an editor, or the reverse, changes groups."""

    email: Email
    role: Role


class Member(Value):
    """A person. `invited` is true until they have signed in with a password of their own."""

    id: str
    email: str
    roles: tuple[Role, ...]
    invited: bool
    created_at: datetime


class MemberList(Value):
    """Everybody, by e-mail address. `labeling_url` is where labelers work.

    `labelers_managed_here` is false where the stack uses a workforce that was there before: its people are
    added and removed where that is kept.
    """

    members: tuple[Member, ...]
    labeling_url: str
    labelers_managed_here: bool


class RoleQuery(Query):
    """Take away this role only; without it the person is removed."""

    role: Role | None = None
