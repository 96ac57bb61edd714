"""`brandlens team`, over a team in memory."""

import json
from dataclasses import dataclass, field

import pytest
from click.testing import Result
from typer.testing import CliRunner

from brandlens.cli import team as command
from brandlens.cli.main import app
from brandlens.errors import AlreadyExists, Conflict, InvalidInput, NotFound
from brandlens.team import Team
from tests.fakes.api import FakeNotices, FakePeople

VERA = "vera@example.com"


@dataclass
class FakeCloud:
    team: Team = field(
        default_factory=lambda: Team(portal=FakePeople(), labelers=FakePeople(), notices=FakeNotices())
    )


@pytest.fixture(autouse=True)
def cloud(monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    made = FakeCloud()
    monkeypatch.setattr(command, "open_cloud", lambda _: made)
    monkeypatch.setattr(command, "labeling_page", lambda _: "https://labeling.example.com")
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["team", *arguments])


def test_people_are_added_listed_and_removed() -> None:
    for role in ("viewer", "editor", "labeler"):
        assert run("add", "Vera@Example.com", "--role", role).exit_code == 0
    (member,) = json.loads(run("list", "--json").stdout)
    assert (member["email"], member["roles"], member["invited"]) == (VERA, ["editor", "labeler"], True)

    assert run("remove", VERA, "--role", "labeler").exit_code == 0
    (member,) = json.loads(run("list", "--json").stdout)
    assert member["roles"] == ["editor"]

    assert run("remove", VERA).exit_code == 0
    assert json.loads(run("list", "--json").stdout) == []


def test_the_list_tells_roles_who_has_not_signed_in_and_where_people_label(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command.add(VERA, "labeler")
    command.list_members()
    told = capsys.readouterr()
    assert "labeler" in told.out
    assert "not yet" in told.out
    assert "https://labeling.example.com" in told.err


def test_an_empty_team_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    command.list_members()
    assert "brandlens team add EMAIL --role editor" in capsys.readouterr().err


@pytest.mark.parametrize(("env", "told"), [("local", "No e-mail leaves"), ("dev", "An e-mail invites")])
def test_who_adds_is_told_whether_an_e_mail_invites_them(
    env: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command.add(VERA, "editor", env=env)
    said = capsys.readouterr().err
    assert f"{VERA} is now an editor" in said
    assert told in said


def test_who_adds_a_labeler_is_told_the_page_that_the_invitation_cannot_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command.add(VERA, "labeler")
    assert "https://labeling.example.com" in capsys.readouterr().err


def test_what_cannot_be_done_is_refused_and_changes_nobody(cloud: FakeCloud) -> None:
    run("add", VERA, "--role", "viewer")
    before = cloud.team.members()
    for error, arguments in (
        (InvalidInput, ("add", "vera.example.com", "--role", "viewer")),
        (InvalidInput, ("remove", "vera")),
        (AlreadyExists, ("add", "VERA@example.com", "--role", "viewer")),
        (NotFound, ("remove", "nobody@example.com")),
        (NotFound, ("remove", VERA, "--role", "editor")),
    ):
        assert isinstance(run(*arguments).exception, error), arguments
    assert cloud.team.members() == before


@pytest.mark.parametrize("role", ["owner", "Viewer", ""])
def test_a_role_that_there_is_not_is_bad_usage_and_names_those_there_are(role: str) -> None:
    done = run("add", VERA, "--role", role)
    assert done.exit_code == 2
    assert all(known in done.output for known in ("viewer", "editor", "labeler"))


def test_labelers_of_another_workforce_are_kept_there(
    cloud: FakeCloud, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud.team = Team(portal=FakePeople(), labelers=None, notices=None)
    assert isinstance(run("add", VERA, "--role", "labeler").exception, Conflict)
    command.list_members()
    assert "kept there" in capsys.readouterr().err
