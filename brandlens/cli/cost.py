"""`brandlens cost`: what analyses will cost at most, and what work has cost."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from brandlens.adapters.models_table import ModelsTable
from brandlens.cli.cloud import LOCAL, Cloud, EnvironmentName, open_cloud
from brandlens.cli.console import print_json, say
from brandlens.cli.cost_tables import print_costs, print_items, print_quotes
from brandlens.cli.ending import exit_code
from brandlens.cli.fetching import known_job
from brandlens.cli.jobs import AsJson
from brandlens.cli.quoting import quote_files
from brandlens.cost import added_up, published_prices
from brandlens.cost.budget import Account, Spending, account_of, month_of
from brandlens.cost.looker import looker_of
from brandlens.cost.quote import Looker
from brandlens.errors import InvalidInput, NotFound, UnknownProject
from brandlens.outcome import error_of
from brandlens.projects import validated_name

app = typer.Typer(no_args_is_help=True)


@app.command()
def quote(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of pictures and videos.")],
    project: Annotated[
        str, typer.Option("--project", "-p", help="The project that they would be analyzed for.")
    ],
    as_json: AsJson = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Tell what analyzing files will cost at most, and on what that rests. Nothing is uploaded.

    Files that cannot be analyzed are named and left out, and the command fails in the end.
    """
    cloud = open_cloud(env)
    looker, terms = _looker(cloud, project), cloud.outputs.quote_terms
    quoted = quote_files(paths, looker, terms, published_prices())
    total = added_up(each.quote.cost for each in quoted.files)
    if as_json:
        refused = [error_of(error) for error in quoted.errors]
        print_json(
            {"files": quoted.files, "refused": refused, "total": total, "looker": looker, "terms": terms}
        )
    elif quoted.files:
        print_quotes(quoted.files, total, looker, terms)
    for error in quoted.errors:
        say(f"brandlens: {error}")
    if quoted.errors:
        raise typer.Exit(min(exit_code(error) for error in quoted.errors))


@app.command()
def actual(
    jobs: Annotated[list[str] | None, typer.Argument(metavar="JOB...", help="Jobs, by their ids.")] = None,
    project: Annotated[str | None, typer.Option("--project", "-p", help="All jobs of this project.")] = None,
    month: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM", help="The month in which they were received (UTC); this month unless told."
        ),
    ] = None,
    as_json: AsJson = False,
    env: EnvironmentName = LOCAL,
) -> None:
    """Tell what jobs have cost, those that failed too, or all of a project's jobs of a month.

    Models that ran by hand (`brandlens models start`) or for `brandlens models evaluate` are not in it.
    """
    if bool(jobs) == bool(project) or (jobs and month):
        raise InvalidInput("Nothing was added up", "it takes jobs, or a project's month", "Name either")
    cloud = open_cloud(env)
    if jobs:
        spendings = [_spending(cloud, job) for job in jobs]
    else:
        account = _account(str(project), month or month_of(datetime.now(UTC)))
        spendings = _of_month(cloud, account)
    total = added_up(each.cost for each in spendings)
    if as_json:
        print_json({"jobs": spendings, "total": total})
    elif not spendings:
        say(f"No job of {account.project} that was received in {account.month} has cost anything")
    else:
        print_costs(spendings)
        print_items(total)


def _looker(cloud: Cloud, name: str) -> Looker:
    project = cloud.projects.get(validated_name(name))
    if project is None:
        raise UnknownProject(
            f"Nothing was quoted for project {name}", "there is no such project",
            "See `brandlens project list`, or make it with `brandlens project create`",
        )  # fmt: skip
    return looker_of(project, ModelsTable(cloud.outputs.models_table))


def _account(project: str, month: str) -> Account:
    try:
        return Account(project=validated_name(project), month=month)
    except ValueError as error:
        raise InvalidInput(
            f"{month} is no month", "it is not written YYYY-MM", "Write 2026-11, say"
        ) from error


def _of_month(cloud: Cloud, account: Account) -> list[Spending]:
    """Return what the project's jobs have cost, even if it was deleted since."""
    spendings = list(cloud.spending.spendings(account))
    if not spendings and cloud.projects.get(account.project) is None:
        raise UnknownProject(
            f"Nothing was added up for project {account.project}",
            "there is no such project, and it has cost nothing that month",
            "See `brandlens project list`",
        )
    return spendings


def _spending(cloud: Cloud, job_id: str) -> Spending:
    record = known_job(cloud, job_id)
    spending = cloud.spending.spending(account_of(record), job_id)
    if spending is not None:
        return spending
    if record.state.is_terminal:
        return Spending(job_id=job_id, cost=added_up([]))
    reserved = cloud.spending.reservation(account_of(record), job_id)
    limit = f", {reserved.usd:f} USD at most" if reserved else ""
    raise NotFound(
        f"What job {job_id} costs is not known yet{limit}", f"it is {record.state}", "Ask when it has ended"
    )
