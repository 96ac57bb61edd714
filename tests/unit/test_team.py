"""Who is in the team, over pools in memory."""

from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.api.ports import Person
from brandlens.api.team import Role
from brandlens.errors import Conflict, InvalidInput, NotFound
from brandlens.team import Team, email_of, validated_email
from tests.fakes.api import FakeNotices, FakePeople

ED, VERA = "ed@example.com", "vera@example.com"
ROLES: tuple[Role, ...] = ("viewer", "editor", "labeler")


def make_team() -> Team:
    return Team(portal=FakePeople(), labelers=FakePeople(), notices=FakeNotices())


@given(acts=st.lists(st.tuples(st.booleans(), st.sampled_from((ED, VERA)), st.sampled_from(ROLES))))
def test_whatever_is_done_everybody_is_listed_once_with_the_roles_they_were_last_given(
    acts: list[tuple[bool, str, Role]],
) -> None:
    team = make_team()
    expected: dict[str, set[str]] = {ED: set(), VERA: set()}
    for adding, email, role in acts:
        if adding:
            team.add(email, role)
            expected[email] -= {"viewer", "editor"} if role != "labeler" else set()
            expected[email] |= {role}
        elif role in expected[email]:
            team.remove(email, role)
            expected[email] -= {role}
        else:
            with pytest.raises(NotFound):
                team.remove(email, role)
    assert {member.email: set(member.roles) for member in team.members()} == {
        email: roles for email, roles in expected.items() if roles
    }
    assert isinstance(team.notices, FakeNotices)
    assert team.notices.subscribed == {email for email, roles in expected.items() if "labeler" in roles}
    for email, roles in expected.items():
        found = team.find(email)
        assert (found is not None) == bool(roles)
        assert found is None or email_of(found.id) == email


def test_who_is_invited_twice_at_once_is_one_person() -> None:
    both = Barrier(2)

    class Late(FakePeople):
        """Both callers look before either invites."""

        def find(self, email: str) -> Person | None:
            found = super().find(email)
            if found is None:
                both.wait(5)
            return found

    team = Team(portal=Late(), labelers=None, notices=None)
    callers = [Thread(target=team.add, args=(VERA, "viewer")) for _ in range(2)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(10)

    (member,) = team.members()
    assert member.roles == ("viewer",)


def test_an_editor_neither_leaves_nor_becomes_a_viewer_by_their_own_hand() -> None:
    team = make_team()
    team.add(ED, "editor")
    own = team.portal.find(ED)
    assert own is not None
    with pytest.raises(Conflict):
        team.add(ED, "viewer", by=own.id)
    with pytest.raises(Conflict):
        team.remove(ED, by=own.id)
    team.add(ED, "editor", by=own.id)
    team.add(ED, "labeler", by=own.id)
    team.remove(ED, "labeler", by=own.id)
    assert [member.roles for member in team.members()] == [("editor",)]


def test_labelers_that_are_not_ours_are_not_added() -> None:
    team = Team(portal=FakePeople(), labelers=None, notices=None)
    with pytest.raises(Conflict, match="workforce"):
        team.add(VERA, "labeler")
    assert team.members() == ()


def test_an_address_is_known_in_lower_case_and_without_blanks_around_it() -> None:
    assert validated_email(" Vera@Example.com ") == VERA


@pytest.mark.parametrize(
    "text",
    ["", "vera", "@example.com", "vera@", "vera@example", "ve ra@example.com", "v@x.y" * 99, "é@x.org"],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="no e-mail address"):
        validated_email(text)


@pytest.mark.parametrize("member_id", ["A", "_w", "____"])
def test_an_id_that_was_never_given_is_no_members(member_id: str) -> None:
    with pytest.raises(NotFound):
        email_of(member_id)
