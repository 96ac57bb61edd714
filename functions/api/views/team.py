"""The team: listed, invited, removed."""

from brandlens.api.team import Member, MemberList, NewMember, RoleQuery
from brandlens.labeling.invitation import page_address
from brandlens.team import email_of
from functions.api.call import Call
from functions.api.deps import Deps


def list_members(_call: Call, deps: Deps) -> MemberList:
    return MemberList(
        members=deps.team.members(),
        labeling_url=labeling_url(deps),
        labelers_managed_here=deps.team.labelers is not None,
    )


def add_member(call: Call, deps: Deps) -> Member:
    new: NewMember = call.body
    return deps.team.add(new.email.lower(), new.role, by=call.caller.user_id)


def remove_member(call: Call, deps: Deps) -> None:
    query: RoleQuery = call.query
    deps.team.remove(email_of(call.path["member"]), query.role, by=call.caller.user_id)


def labeling_url(deps: Deps) -> str:
    """Return the address where the stack's work team labels."""
    return page_address(deps.workplace.site(deps.settings.work_team_arn))
