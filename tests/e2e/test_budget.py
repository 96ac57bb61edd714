"""What may be spent, and what was: nothing paid for is begun over budget, and every job's cost is known."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from brandlens.cost.budget import Account, Reservation, account_of, month_of
from brandlens.jobs import JobRecord, JobState
from tests.e2e.refusal import assert_turned_away
from tests.e2e.system import System
from tests.spending import cost

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

FUNCTION = "brandlens-local-reserve-budget"
PAID = {"StartModel", "EnsureRunning", "Look", "Detect"}
"""The states that start a model or ask it."""


@contextmanager
def budget(system: System, **limits: str) -> Iterator[None]:
    """Have the stack keep to a budget for a while, as it does once its settings are deployed."""
    functions = system.aws("lambda")
    usual = functions.get_function_configuration(FunctionName=FUNCTION)["Environment"]["Variables"]
    functions.update_function_configuration(FunctionName=FUNCTION, Environment={"Variables": usual | limits})
    try:
        yield
    finally:
        functions.update_function_configuration(FunctionName=FUNCTION, Environment={"Variables": usual})


@pytest.fixture(scope="module")
def thrifty(system: System) -> str:
    """A project of its own, with the model of the taught one."""
    taught = system.projects.get(system.PROJECT)
    assert taught is not None
    assert taught.active_model is not None
    system.projects.create(
        "thrifty",
        taught.labels,
        label_type="object",
        detector="rekognition",
        min_f1=0,
        now=datetime.now(UTC),
    )
    system.projects.set_active_model("thrifty", taught.active_model)
    return "thrifty"


def entered(system: System, record: JobRecord) -> set[str]:
    """The states that the job's executions came to."""
    events = [event for history in system.histories(record.job_id) for event in history]
    return {
        event["stateEnteredEventDetails"]["name"] for event in events if "stateEnteredEventDetails" in event
    }


def test_a_picture_over_the_budget_of_a_job_is_turned_away_with_the_figures(
    system: System, thrifty: str, picture: Path
) -> None:
    with budget(system, BUDGET_PER_JOB="0.05"):
        record = system.ended(system.drop("costly.jpg", picture.read_bytes(), project=thrifty))
    assert_turned_away(system, record, "OverBudget", "and the budget of one job is 0.05 USD")
    assert not PAID & entered(system, record)
    assert system.spending.spending(account_of(record), record.job_id) is None


def test_a_video_of_which_one_look_is_over_the_budget_of_a_job_is_not_even_extracted(
    system: System, thrifty: str, video: Path
) -> None:
    with budget(system, BUDGET_PER_JOB="0.05"):
        record = system.ended(system.drop("costly.mp4", video.read_bytes(), project=thrifty))
    assert_turned_away(system, record, "OverBudget", "and the budget of one job is 0.05 USD")
    assert not (PAID | {"Extract"}) & entered(system, record)
    assert system.spending.spending(account_of(record), record.job_id) is None


def test_a_video_for_a_month_that_is_used_up_is_not_even_extracted(
    system: System, thrifty: str, video: Path
) -> None:
    account = Account(project=thrifty, month=month_of(datetime.now(UTC)))
    system.spending.settle(account, "an earlier one", cost(20))
    with budget(system, BUDGET_PER_MONTH="20"):
        record = system.ended(system.drop("late.mp4", video.read_bytes(), project=thrifty))
    booked = system.spending.total(account)
    assert 20 <= booked < Decimal("20.01")
    assert_turned_away(
        system, record, "OverBudget", "and of the 20.00 USD that project 'thrifty' may spend in"
    )
    assert entered(system, record) & (PAID | {"Probe", "Extract"}) == {"Probe"}


def test_jobs_that_reserve_at_once_stay_within_the_budget_together(system: System) -> None:
    account = Account(project="crowd", month="2026-11")

    def reserve(number: int) -> str:
        return system.spending.reserve(
            account,
            f"job {number}",
            Reservation(extraction=cost(1.5), begun=cost(1.5)),
            limit=Decimal(10),
            until=datetime.now(UTC) + timedelta(hours=1),
        )

    with ThreadPoolExecutor(8) as pool:
        booked = list(pool.map(reserve, range(16)))
    assert sorted(booked) == ["over"] * 10 + ["reserved"] * 6
    assert system.spending.total(account) == 9


def test_what_a_job_cost_is_in_its_result_its_event_and_the_command(system: System, video: Path) -> None:
    quoted = system.cli("cost", "quote", video, "--project", system.PROJECT, "--json")
    assert quoted.returncode == 0, quoted.stderr
    record = system.ended(system.drop("within.mp4", video.read_bytes()))
    assert record.state is JobState.SUCCEEDED
    assert entered(system, record) >= {"Probe", "Extract", "StartModel", "EnsureRunning", "Look"}
    told = system.cli("cost", "actual", record.job_id, "--json")
    assert told.returncode == 0, told.stderr
    total = json.loads(told.stdout)["total"]
    assert total == system.analysis_of(record)["cost"]
    (completed,) = [detail for detail in system.details(record.job_id) if "estimated_usd" in detail]
    assert completed["estimated_usd"] == total["estimated_usd"]
    assert 0 < total["estimated_usd"] <= json.loads(quoted.stdout)["total"]["estimated_usd"]


def test_a_month_of_a_project_costs_what_its_jobs_and_its_training_did(system: System) -> None:
    month = month_of(datetime.now(UTC))
    told = system.cli("cost", "actual", "--project", system.PROJECT, "--month", month, "--json")
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert answer["total"]["estimated_usd"] == pytest.approx(
        sum(each["cost"]["estimated_usd"] for each in answer["jobs"])
    )
    assert "Rekognition Custom Labels, training" in {item["name"] for item in answer["total"]["items"]}


def test_a_file_that_is_no_medium_and_a_month_that_is_none_are_bad_input(
    system: System, tmp_path: Path
) -> None:
    (tmp_path / "notes.mp4").write_text("A letter.")
    refused = system.cli("cost", "quote", tmp_path / "notes.mp4", "--project", system.PROJECT)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "notes.mp4 cannot be quoted: its content is text." in refused.stderr
    for arguments in (("--project", "cup", "--month", "May"), ()):
        assert system.cli("cost", "actual", *arguments).returncode == 2
