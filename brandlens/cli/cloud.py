"""The environment that a command works in: a Pulumi stack's outputs and the adapters over them."""

import os
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Annotated

import typer

from brandlens.adapters import pulumi
from brandlens.adapters.jobs_table import JobsTable
from brandlens.adapters.logs import EventLog
from brandlens.adapters.projects_table import ProjectsTable
from brandlens.adapters.s3 import S3ObjectStore
from brandlens.adapters.spending_table import SpendingTable
from brandlens.adapters.stepfunctions import StepFunctionsWorkflow
from brandlens.adapters.team import open_team
from brandlens.environment import Outputs
from brandlens.errors import InvalidSettings
from brandlens.team import Team

LOCAL = "local"

EnvironmentName = Annotated[
    str,
    typer.Option("--env", envvar="BRANDLENS_ENV", help="The stack to work in; `local` is this machine's."),
]


@dataclass(frozen=True)
class Cloud:
    """One environment's stores, each made when first asked for."""

    name: str
    outputs: Outputs

    @cached_property
    def media(self) -> S3ObjectStore:
        return S3ObjectStore(self.outputs.media_bucket)

    @cached_property
    def results(self) -> S3ObjectStore:
        return S3ObjectStore(self.outputs.results_bucket)

    @cached_property
    def projects(self) -> ProjectsTable:
        return ProjectsTable(self.outputs.projects_table)

    @cached_property
    def jobs(self) -> JobsTable:
        return JobsTable(self.outputs.jobs_table)

    @cached_property
    def spending(self) -> SpendingTable:
        return SpendingTable(self.outputs.spending_table)

    @cached_property
    def analysis(self) -> StepFunctionsWorkflow:
        return StepFunctionsWorkflow(self.outputs.analysis_state_machine_arn)

    @cached_property
    def team(self) -> Team:
        return open_team(
            pool_id=self.outputs.user_pool_id,
            labeler_pool_id=self.outputs.labeler_pool_id,
            labeler_group=self.outputs.labeler_group,
            notices_arn=self.outputs.labeling_notices_arn,
        )

    @cached_property
    def event_log(self) -> EventLog:
        return EventLog(self.outputs.events_log_group)


def local_cloud() -> ModuleType:
    """Import `local.cloud` when it is first needed: it is an extra, and those who use AWS alone lack it."""
    try:
        return import_module("local.cloud")
    except ModuleNotFoundError as error:
        raise InvalidSettings(
            "The local cloud cannot be used",
            f"{error.name} is not installed",
            "Install brandlens with its extra: pip install 'brandlens[local]'",
        ) from error


def open_cloud(name: str) -> Cloud:
    """Open the environment `name`.

    The local cloud's endpoint and keys go into this process's environment, where the SDK looks for them; for
    a stack on AWS they are the caller's own. `LocalCloudFailed` when the local cloud is not up, `NotFound`
    when there is no such stack.
    """
    if name != LOCAL:
        return Cloud(name, Outputs.model_validate(pulumi.stack_outputs(name)))
    connection = local_cloud().connect()
    os.environ.update(connection.environment)
    return Cloud(name, Outputs.model_validate(connection.outputs))
