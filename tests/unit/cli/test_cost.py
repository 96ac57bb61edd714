"""Which files `brandlens cost quote` quotes, and which jobs `brandlens cost actual` adds up."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from PIL import Image

from brandlens.cli import cost as command
from brandlens.cost.budget import Account, month_of
from brandlens.cost.quote import Terms
from brandlens.errors import InvalidInput, UnknownProject
from tests.fakes.leases import FakeLeases
from tests.fakes.projects import FakeProject, FakeProjects
from tests.spending import FakeSpending, cost
from tests.unit.cost.test_quote import TERMS


@dataclass
class FakeOutputs:
    quote_terms: Terms = TERMS
    models_table: str = "models"


@dataclass
class FakeCloud:
    outputs: FakeOutputs = field(default_factory=FakeOutputs)
    projects: FakeProjects = field(default_factory=lambda: FakeProjects(FakeProject("cup")))
    spending: FakeSpending = field(default_factory=FakeSpending)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> FakeCloud:
    made = FakeCloud()
    monkeypatch.setattr(command, "open_cloud", lambda _: made)
    monkeypatch.setattr(command, "ModelsTable", lambda _: FakeLeases())
    return made


def spend(cloud: FakeCloud, month: str, project: str = "cup") -> None:
    cloud.spending.settle(Account(project=project, month=month), f"job-of-{month}", cost(1))


def test_every_good_file_is_quoted_each_bad_one_named_and_the_command_fails(
    cloud: FakeCloud, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (640, 480)).save(tmp_path / "good.png")
    (tmp_path / "bad.mp4").write_text("A letter.")
    with pytest.raises(typer.Exit) as ended:
        command.quote([tmp_path / "bad.mp4", tmp_path / "gone.png", tmp_path / "good.png"], "cup", env="dev")
    shown = capsys.readouterr()
    assert ended.value.exit_code == 2
    assert shown.out.splitlines()[1].split()[:2] == ["good.png", "1"]
    assert [line.split(" cannot be quoted: ")[0] for line in shown.err.splitlines()] == [
        f"brandlens: {tmp_path / 'bad.mp4'}",
        f"brandlens: {tmp_path / 'gone.png'}",
    ]


def test_a_quote_in_json_has_numbers_where_numbers_are_meant_and_what_was_left_out(
    cloud: FakeCloud, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (640, 480)).save(tmp_path / "good.png")
    with pytest.raises(typer.Exit):
        command.quote([tmp_path / "good.png", tmp_path / "gone.png"], "cup", as_json=True, env="dev")
    told = json.loads(capsys.readouterr().out)
    assert told["terms"] == {
        "sample_rate_hz": 2.0,
        "segment_seconds": 300.0,
        "max_inference_units": 2,
        "idle_grace_minutes": 5.0,
        "detect_batch_size": 20,
        "batches_per_unit": 2,
    }
    assert told["total"] == told["files"][0]["quote"]["cost"]
    assert isinstance(told["total"]["estimated_usd"], float)
    assert [(each["code"], each["retryable"]) for each in told["refused"]] == [("InvalidInput", False)]


def test_without_a_bad_file_a_quote_ends_well(
    cloud: FakeCloud, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (640, 480)).save(tmp_path / "good.png")
    command.quote([tmp_path / "good.png"], "cup", env="dev")
    assert capsys.readouterr().err == ""


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
