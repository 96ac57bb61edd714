"""The private workforces of Amazon SageMaker that an account has in a region: one at most."""

from dataclasses import dataclass

import boto3

from brandlens.adapters.aws import CONFIG, mapped_errors
from brandlens.errors import AccessRefused


@dataclass(frozen=True)
class Workforce:
    """A private workforce, and its work teams, by name."""

    name: str
    teams: tuple[str, ...]


def private_workforces(session: boto3.Session, *, account: str) -> tuple[Workforce, ...]:
    """List them; `AccessRefused` where the session's credentials are missing, or another account's."""
    what = "the account's workforces could not be listed"
    with mapped_errors(what):
        ours = session.client("sts", config=CONFIG).get_caller_identity()["Account"]
        if ours != account:
            raise AccessRefused(what, f"the SDK's credentials are of account {ours}", "Use the deployment's")
        sagemaker = session.client("sagemaker", config=CONFIG)
        forces = [
            force
            for page in sagemaker.get_paginator("list_workforces").paginate()
            for force in page["Workforces"]
        ]
        teams = [
            team
            for page in sagemaker.get_paginator("list_workteams").paginate()
            for team in page["Workteams"]
        ]
    return tuple(
        Workforce(
            force["WorkforceName"],
            tuple(
                team["WorkteamName"] for team in teams if team.get("WorkforceArn") == force["WorkforceArn"]
            ),
        )
        for force in forces
    )
