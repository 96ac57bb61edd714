"""The team: the people of the portal, and those who label, each in a user pool of their own.

Whoever is in both pools is one member, known by the e-mail address.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from brandlens.api.ports import Notices, People, Person
from brandlens.api.team import Email, Member, Role
from brandlens.errors import AlreadyExists, Conflict, InvalidInput, NotFound

_ROLES: Mapping[str | None, Role] = {"viewer": "viewer", "editor": "editor", "labeler": "labeler"}


@dataclass(frozen=True)
class Team:
    """`labelers` and `notices` are None where the people who label are not ours to manage.

    `by` is, below, the id in the portal's pool of whoever asks, None for one who is not in it.
    """

    portal: People
    labelers: People | None
    notices: Notices | None

    def members(self) -> tuple[Member, ...]:
        """Return everybody, by e-mail address."""
        found: dict[str, list[Person]] = {}
        for people in self._pools:
            for person in people.list():
                found.setdefault(person.email, []).append(person)
        return tuple(_member(found[email]) for email in sorted(found))

    def find(self, email: str) -> Member | None:
        people = self._everywhere(email)
        return _member(people) if people else None

    def add(self, email: str, role: Role, *, by: str | None = None) -> Member:
        """Invite a person, or give one a role; a viewer made an editor, or the reverse, changes groups.

        Raises `Conflict` where labelers are not ours, or for an editor's own change to a viewer.
        """
        people = self._pool(role)
        person = people.find(email) or _invited(people, email)
        if person.id == by and role == "viewer" and person.group == "editor":
            raise Conflict(
                "You stay an editor", "nobody takes their own access away", "Ask another editor to do it"
            )
        people.put_in(person, role)
        if people is self.labelers and self.notices is not None:
            self.notices.subscribe(email)
        return _member(self._everywhere(email))

    def remove(self, email: str, role: Role | None = None, *, by: str | None = None) -> None:
        """Take a role away, or, without one, remove the person.

        Raises `NotFound` for somebody unknown or without that role, `Conflict` for one's own access.
        """
        people = self._everywhere(email)
        if not people:
            raise NotFound("Nobody is removed", f"{email} is no member", "List the members")
        if role != "labeler" and any(person.id == by for person in people):
            raise Conflict("You are not removed", "nobody takes their own access away", "Ask another editor")
        gone = [
            (pool, person)
            for pool in self._pools
            if (person := pool.find(email)) and role in (None, person.group)
        ]
        if not gone:
            raise NotFound(f"{email} keeps their roles", f"they are no {role}", "List the members")
        for pool, person in gone:
            pool.remove(person)
            if pool is self.labelers and self.notices is not None:
                self.notices.unsubscribe(email)

    @property
    def _pools(self) -> tuple[People, ...]:
        return (self.portal,) if self.labelers is None else (self.portal, self.labelers)

    def _pool(self, role: Role) -> People:
        if role != "labeler":
            return self.portal
        if self.labelers is None:
            raise Conflict(
                "The labeler is not invited",
                "this stack's labelers are in a workforce that was there before",
                "Add them where that is kept",
            )
        return self.labelers

    def _everywhere(self, email: str) -> list[Person]:
        return [person for people in self._pools if (person := people.find(email))]


def validated_email(text: str) -> str:
    """Return an e-mail address in lower case; `InvalidInput` for what is none."""
    try:
        checked: str = TypeAdapter(Email).validate_python(text.strip())
    except ValidationError as error:
        raise InvalidInput(
            "The team is left as it is", f"{text!a} is no e-mail address", "Name one such as ann@example.com"
        ) from error
    return checked.lower()


def email_of(member_id: str) -> str:
    """Return the e-mail address of a `Member.id`; `NotFound` for a text that is none."""
    try:
        return base64.urlsafe_b64decode(member_id + "=" * (-len(member_id) % 4)).decode()
    except ValueError as error:
        raise NotFound("The member is not known", "no member has that id", "List the members") from error


def _invited(people: People, email: str) -> Person:
    """Invite a person, or find the one whom somebody else has invited at this very moment."""
    try:
        return people.invite(email)
    except AlreadyExists:
        found = people.find(email)
        if found is None:
            raise
        return found


def _member(people: list[Person]) -> Member:
    return Member(
        id=base64.urlsafe_b64encode(people[0].email.encode()).decode().rstrip("="),
        email=people[0].email,
        roles=tuple(_ROLES[person.group] for person in people if person.group),
        invited=any(person.invited for person in people),
        created_at=min(person.created_at for person in people),
    )
