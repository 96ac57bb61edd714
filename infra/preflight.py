"""What would stop a deployment half-way, looked for before anything is made."""

import subprocess
from collections.abc import Callable, Sequence, Set

import pulumi

from brandlens.adapters.aws import session_of
from brandlens.adapters.names_taken import names_taken
from brandlens.adapters.pulumi import stack_resource_ids
from brandlens.adapters.workforces import Workforce, private_workforces
from brandlens.errors import BrandlensError, InvalidSettings
from infra.naming import Place
from infra.settings import BUILT_BY_DOCKER, Settings

Look = Callable[[], Sequence[Workforce]]

_ENGINE_SECONDS = 30


def check(place: Place, settings: Settings) -> None:
    """Look at this machine and at the account; what cannot be looked at is told and left.

    Raises
    ------
    InvalidSettings
        There is something that the settings have to name, or nothing to build an image with.
    """
    require_container_engine(settings, has_docker=_docker_answers())
    profile = pulumi.Config("aws").get("profile")
    require_a_name_of_its_own(
        place,
        settings,
        # A role's name is one for all regions; a table may be what a stack retained when it was destroyed.
        there=lambda: names_taken(
            session_of(profile, place.region), table=place.name("projects"), role=place.name("ingest")
        ),
        made=lambda: stack_resource_ids(settings.stack),
    )
    require_room_for_a_workforce(
        place,
        settings,
        lambda: private_workforces(session_of(profile, place.region), account=place.account),
    )


def _docker_answers() -> bool:
    """Whether there is an engine behind the command, as `docker info` asks."""
    try:
        asked = subprocess.run(["docker", "info"], capture_output=True, timeout=_ENGINE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def require_container_engine(settings: Settings, *, has_docker: bool) -> None:
    """Refuse to build images where there is nothing to build them with."""
    asked = [
        name for name in ("image_build", "training_image_build") if getattr(settings, name) == BUILT_BY_DOCKER
    ]
    if asked and not has_docker:
        raise InvalidSettings(
            f"Stack {settings.stack} cannot be deployed",
            f"{' and '.join(asked)}: docker, which does not answer on this machine",
            "Install or start Docker, or have AWS CodeBuild build: "
            + "; ".join(f"pulumi config set {name} codebuild" for name in asked),
        )


def require_a_name_of_its_own(
    place: Place, settings: Settings, *, there: Callable[[], Sequence[str]], made: Callable[[], Set[str]]
) -> None:
    """Refuse to deploy beside another stack of this name, whose state is kept elsewhere.

    `there` tells which names that any stack would give the account has, `made` what this stack has made.
    """
    try:
        found = there()
        others = sorted(set(found) - made()) if found else []
    except BrandlensError as error:
        pulumi.log.warn(f"Whether another stack has this name is not known. {error}")
        return
    if others:
        raise InvalidSettings(
            f"Stack {settings.stack} cannot be deployed",
            f"{' and '.join(others)} of the account is not this stack's: another one of this name, in "
            "another region or with its state elsewhere made it, or one that was destroyed and retained its "
            "data",
            "Choose another name (`pulumi stack init`), log in to where that stack's state is "
            "(`pulumi login`), or take over what it left (`pulumi import`)",
        )


def require_room_for_a_workforce(place: Place, settings: Settings, look: Look) -> None:
    """Refuse to make a private workforce where the account has one of its own: a region takes one."""
    if settings.work_team:
        return
    try:
        found = look()
    except BrandlensError as error:
        pulumi.log.warn(f"Whether the region has a private workforce is not known. {error}")
        return
    for workforce in found:
        if workforce.name != place.name("labelers"):
            teams = ", ".join(workforce.teams) or "none yet: make one in SageMaker"
            raise InvalidSettings(
                f"Stack {settings.stack} cannot be deployed",
                f"work_team is not set, and the private workforce {workforce.name} is in {place.region} "
                "already, which takes one",
                f"Type: pulumi config set work_team TEAM, with one of its work teams: {teams}",
            )
