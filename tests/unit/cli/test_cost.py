"""Which jobs `brandlens cost actual` adds up."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from brandlens.cli import cost as command
from brandlens.cost.budget import Account, month_of
from brandlens.errors import InvalidInput, UnknownProject
from tests.fakes.projects import FakeProject, FakeProjects
from tests.spending import FakeSpending, cost


@dataclass
class FakeCloud:
    projects: FakeProjects = field(default_factory=lambda: FakeProjects(FakeProject("cup")))
    spending: FakeSpending = field(default_factory=FakeSpending)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    made = FakeCloud()
    monkeypatch.setattr(command, "open_cloud", lambda _: made)
    return made


def spend(cloud: FakeCloud, month: str, project: str = "cup") -> None:
    cloud.spending.settle(Account(project=project, month=month), f"job-of-{month}", cost(1))


def test_a_project_alone_is_asked_about_this_month(
    cloud: FakeCloud, capsys: pytest.CaptureFixture[str]
) -> None:
    this_month = month_of(datetime.now(UTC))
    spend(cloud, this_month)
    spend(cloud, "2020-01")
    command.actual(project="cup", env="dev")
    shown = capsys.readouterr().out
    assert f"job-of-{this_month}" in shown
    assert "2020-01" not in shown


def test_a_month_without_costs_says_so(cloud: FakeCloud, capsys: pytest.CaptureFixture[str]) -> None:
    spend(cloud, "2020-01")
    command.actual(project="cup", month="2020-02", env="dev")
    assert "No job of cup that was received in 2020-02" in capsys.readouterr().err


def test_a_project_that_never_was_is_refused(cloud: FakeCloud) -> None:
    with pytest.raises(UnknownProject, match="there is no such project"):
        command.actual(project="nosuch", env="dev")


def test_what_a_deleted_project_has_cost_is_still_told(
    cloud: FakeCloud, capsys: pytest.CaptureFixture[str]
) -> None:
    spend(cloud, "2020-01", project="gone")
    command.actual(project="gone", month="2020-01", env="dev")
    assert "job-of-2020-01" in capsys.readouterr().out


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"month": "2020-01"},
        {"jobs": ["j"], "project": "cup"},
        {"jobs": ["j"], "month": "2020-01"},
        {"project": "cup", "month": "2020-1"},
    ],
)
def test_a_question_about_neither_jobs_nor_a_months_jobs_is_refused(
    cloud: FakeCloud, asked: dict[str, str | list[str]]
) -> None:
    with pytest.raises(InvalidInput):
        command.actual(**asked, env="dev")
