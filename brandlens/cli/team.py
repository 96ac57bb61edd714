"""`brandlens team`: who may look, who may do everything, who labels."""

from typing import Annotated

import typer

from brandlens.api.team import Role
from brandlens.cli.cloud import LOCAL, EnvironmentName, open_cloud
from brandlens.cli.console import ago, make_table, out, print_json, say
from brandlens.cli.jobs import AsJson
from brandlens.cli.labelers import labeling_page
from brandlens.errors import AlreadyExists
from brandlens.team import validated_email

app = typer.Typer(no_args_is_help=True)
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail address.")]
_MAILED = "An e-mail invites them, with a password to sign in with once"
_UNMAILED = "No e-mail leaves the local cloud; on AWS one would invite them"


@app.command("list")
def list_members(as_json: AsJson = False, env: EnvironmentName = LOCAL) -> None:
    """List everybody: their roles, and whether they have signed in yet."""
    cloud = open_cloud(env)
    members = cloud.team.members()
    if as_json:
        print_json(members)
        return
    if members:
        table = make_table("E-mail", "Roles", "Signed in", "Added")
        for member in members:
            signed_in = "not yet" if member.invited else "yes"
            table.add_row(member.email, ", ".join(member.roles) or "none", signed_in, ago(member.created_at))
        out.print(table)
    else:
        say("Nobody yet. Invite a person with `brandlens team add EMAIL --role editor`")
    if cloud.team.labelers is None:
        say("Labelers are in a workforce that was there before, and are kept there")
    say(f"People label at {labeling_page(cloud)}")


@app.command()
def add(
    email: Email,
    role: Annotated[
        Role, typer.Option(help="A viewer may look, an editor do everything; a labeler draws boxes.")
    ],
    env: EnvironmentName = LOCAL,
) -> None:
    """Invite a person, or give one a role. A viewer who is made an editor, or the reverse, changes groups."""
    address = validated_email(email)
    cloud = open_cloud(env)
    team = cloud.team
    known = team.find(address)
    if known is not None and role in known.roles:
        raise AlreadyExists(f"{address} is left as is", f"they are {_a(role)} already", "List the members")
    member = team.add(address, role)
    say(f"{address} is now {' and '.join(map(_a, member.roles))}")
    if member.invited:
        say(_UNMAILED if env == LOCAL else _MAILED)
    if role == "labeler":
        say(f"Tell them where people label: {labeling_page(cloud)}")


@app.command()
def remove(
    email: Email,
    role: Annotated[
        Role | None, typer.Option(help="Take this role only; without it they are removed.")
    ] = None,
    env: EnvironmentName = LOCAL,
) -> None:
    """Take a role away, or remove a person, who can then neither sign in nor go on."""
    address = validated_email(email)
    open_cloud(env).team.remove(address, role)
    say(f"{address} is removed" if role is None else f"{address} is no {role} any more")


def _a(role: Role) -> str:
    return f"an {role}" if role == "editor" else f"a {role}"
