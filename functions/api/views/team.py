"""The team: listed, invited, removed."""

import base64
from collections.abc import Mapping

from brandlens.api.ports import People, Person
from brandlens.api.team import Member, MemberList, NewMember, Role, RoleQuery
from brandlens.errors import Conflict, NotFound
from functions.api.call import Call
from functions.api.deps import Deps

_LOOPBACK = "127.0.0.1:"


def list_members(_call: Call, deps: Deps) -> MemberList:
    found: dict[str, list[Person]] = {}
    for people in _pools(deps):
        for person in people.list():
            found.setdefault(person.email, []).append(person)
    return MemberList(
        members=tuple(_member(found[email]) for email in sorted(found)),
        labeling_url=labeling_url(deps),
        labelers_managed_here=deps.labelers is not None,
    )


def add_member(call: Call, deps: Deps) -> Member:
    new: NewMember = call.body
    email = new.email.lower()
    people = _pool(new.role, deps)
    person = people.find(email) or people.invite(email)
    people.put_in(person, new.role)
    if new.role == "labeler" and deps.notices is not None:
        deps.notices.subscribe(email)
    return _member(_everywhere(email, deps))


def remove_member(call: Call, deps: Deps) -> None:
    query: RoleQuery = call.query
    email = _email_of(call.path["member"])
    people = _everywhere(email, deps)
    if not people:
        raise NotFound("Nobody is removed", "no member has that id", "List the members")
    if any(person.id == call.caller.user_id for person in people) and query.role != "labeler":
        raise Conflict("You are not removed", "nobody takes their own access away", "Ask another editor")
    gone = [
        (pool, person)
        for pool in _pools(deps)
        if (person := pool.find(email)) and query.role in (None, person.group)
    ]
    if not gone:
        raise NotFound(f"{email} keeps their roles", f"they are no {query.role}", "List the members")
    for pool, person in gone:
        pool.remove(person)
        if pool is deps.labelers and deps.notices is not None:
            deps.notices.unsubscribe(email)


def labeling_url(deps: Deps) -> str:
    """Return the address where the stack's work team labels."""
    site = deps.workplace.site(deps.settings.work_team_arn)
    # A site on this very machine has no certificate.
    return f"{'http' if site.startswith(_LOOPBACK) else 'https'}://{site}"


def _pools(deps: Deps) -> tuple[People, ...]:
    return (deps.team,) if deps.labelers is None else (deps.team, deps.labelers)


def _pool(role: Role, deps: Deps) -> People:
    if role != "labeler":
        return deps.team
    if deps.labelers is None:
        raise Conflict(
            "The labeler is not invited",
            "this stack's labelers are in a workforce that was there before",
            "Add them where that is kept",
        )
    return deps.labelers


def _everywhere(email: str, deps: Deps) -> list[Person]:
    return [person for people in _pools(deps) if (person := people.find(email))]


def _member(people: list[Person]) -> Member:
    roles: Mapping[str, Role] = {"viewer": "viewer", "editor": "editor", "labeler": "labeler"}
    return Member(
        id=base64.urlsafe_b64encode(people[0].email.encode()).decode().rstrip("="),
        email=people[0].email,
        roles=tuple(roles[person.group] for person in people if person.group),
        invited=any(person.invited for person in people),
        created_at=min(person.created_at for person in people),
    )


def _email_of(member_id: str) -> str:
    try:
        return base64.urlsafe_b64decode(member_id + "=" * (-len(member_id) % 4)).decode()
    except ValueError as error:
        raise NotFound("The member is not known", "no member has that id", "List the members") from error
