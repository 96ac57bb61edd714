"""The Pulumi program: one stack of brandlens, composed of the components in `infra/components/`."""

from pathlib import Path

import pulumi
import pulumi_aws as aws

from infra import asl, preflight
from infra.components.dead_letters import DeadLetters
from infra.components.event_contracts import EventContracts
from infra.components.failure_watch import FailureWatch
from infra.components.function import Function
from infra.components.http_api import HttpApi
from infra.components.idle_stop import IdleStop
from infra.components.image import BuiltImage, read_by_lambda
from infra.components.ingest import Ingest
from infra.components.labeling import Labeling
from infra.components.monitoring import Monitoring
from infra.components.portal_files import PortalFiles
from infra.components.portal_reading import PortalReading
from infra.components.portal_roles import PortalRoles
from infra.components.portal_site import PortalSite
from infra.components.results_bus import ResultsBus
from infra.components.sign_in import SignIn
from infra.components.state_machine import StateMachine
from infra.components.storage import Storage
from infra.components.tables import Tables
from infra.components.team_rights import TeamRights
from infra.components.training_jobs import TrainingJobs
from infra.components.work_team import WorkTeam
from infra.environment import quote_terms, variables
from infra.functions import FUNCTIONS, WRITE_INVITATION
from infra.machines import MACHINES, definitions
from infra.naming import Place
from infra.portal_build import built_portal
from infra.settings import BUILDERS, Settings

TEMPLATES = Path(__file__).resolve().parents[1] / "statemachines"


def main() -> None:
    """Make every resource of the stack in hand and export what its consumers and the CLI need.

    Raises
    ------
    InvalidSettings
        Before the first resource, when a setting is missing or against its rule, or the deployment would
        stop half-way.
    TemplateRefused
        Before the first resource, when a state machine's template cannot be filled.
    PortalNotBuilt
        Before the first resource, when npm is missing or fails.
    """
    settings = Settings.read()
    provider = aws.Provider(
        "aws",
        region=settings.region,
        default_tags=aws.ProviderDefaultTagsArgs(
            tags={
                "project": settings.project,
                "stack": settings.stack,
                "managed-by": "pulumi",
                "contact": settings.admin_email,
            }
        ),
    )
    caller = aws.get_caller_identity(opts=pulumi.InvokeOptions(provider=provider))
    place = Place(
        project=settings.project,
        stack=settings.stack,
        partition=caller.arn.split(":")[1],
        region=settings.region,
        account=caller.account_id,
    )
    templates = {name: _template(name) for name in MACHINES}
    filled = definitions(place, settings, templates)
    if settings.preflight:
        preflight.check(place, settings)
    built = built_portal() if settings.portal else None
    ours = pulumi.ResourceOptions(providers=[provider])

    storage = Storage(place, settings, ours)
    tables = Tables(place, settings, ours)
    bus = ResultsBus(place, settings, ours)
    EventContracts(place, ours)
    dead_letters = DeadLetters(place, ours)
    image: pulumi.Input[str] = settings.image_build
    if settings.image_build in BUILDERS:
        image = BuiltImage(
            place,
            settings,
            "functions",
            builder=settings.image_build,
            architecture=settings.architecture,
            readers=read_by_lambda(place),
            opts=ours,
        ).uri
    training_image: pulumi.Input[str] = settings.training_image_build
    if settings.training_image_build in BUILDERS:
        # The processors of SageMaker's instances that train.
        training_image = BuiltImage(
            place,
            settings,
            "training",
            builder=settings.training_image_build,
            architecture="x86_64",
            opts=ours,
        ).uri
    site = PortalSite(place, settings, storage.access_logs, ours) if settings.portal else None
    origin = site.origin if site else settings.portal_origin or None
    sign_in = SignIn(place, settings, origin, ours)
    values = variables(place, settings, training_image, origin=origin, team_pool_id=sign_in.pool.id)
    functions: dict[str, Function] = {}
    work_team = None
    if not settings.work_team:
        # The labelers' pool calls it, so it is there first.
        inviting = Function(place, settings, WRITE_INVITATION, image, values, dead_letters, ours)
        functions[WRITE_INVITATION.name] = inviting
        work_team = WorkTeam(place, inviting, ours)
    values["LABELER_POOL_ID"] = work_team.pool.id if work_team else ""
    functions |= {
        spec.name: Function(place, settings, spec, image, values, dead_letters, ours)
        for spec in FUNCTIONS
        if spec is not WRITE_INVITATION
    }
    machines: list[StateMachine] = []
    for name, definition in filled.items():
        after = [*functions.values(), *machines]
        machines.append(
            StateMachine(place, settings, name, definition, asl.markers(templates[name]), after, ours)
        )
    idle_stop = IdleStop(place, functions["stop_idle_models"], dead_letters, ours)
    labeling = Labeling(place, settings, storage, functions["labeling_callback"], dead_letters, origin, ours)
    training_jobs = TrainingJobs(place, settings, ours)
    api = HttpApi(place, functions["api"], origin, ours)
    PortalRoles(place, sign_in, api, ours)
    if origin is not None:
        PortalReading(storage, origin, ours)
    TeamRights(place, functions["api"], [sign_in.pool, *([work_team.pool] if work_team else [])], ours)
    watch = FailureWatch(place, functions["record_failure"], dead_letters, ours)
    Monitoring(place, settings, bus, ours)
    # The drop folder opens last: an object dropped the next moment finds everything it needs.
    ready = [storage, tables, bus, *machines, idle_stop, labeling, training_jobs, watch]
    Ingest(
        place,
        storage,
        functions["ingest"],
        dead_letters,
        pulumi.ResourceOptions(providers=[provider], depends_on=ready),
    )

    if site and built:
        config: dict[str, pulumi.Input[str]] = {
            "region": settings.region,
            "api_url": api.url,
            "user_pool_id": sign_in.pool.id,
            "user_pool_client_id": sign_in.client.id,
            "identity_pool_id": sign_in.identities.id,
        }
        PortalFiles(place, site, built, config, ours)
        pulumi.export("portal_url", site.origin)
    if settings.retain_data:
        kept = [storage.media, storage.results, storage.access_logs]
        pulumi.export("retained", [*(bucket.name for bucket in kept), *tables.names.values()])
    pulumi.export("region", settings.region)
    pulumi.export("media_bucket", storage.media.name)
    pulumi.export("results_bucket", storage.results.name)
    pulumi.export("work_bucket", storage.work.name)
    pulumi.export("event_bus", bus.bus.name)
    pulumi.export("events_log_group", bus.log_group.name)
    for table, table_name in tables.names.items():
        pulumi.export(f"{table}_table", table_name)
    pulumi.export("analysis_state_machine_arn", place.state_machine_arn("analysis"))
    pulumi.export("work_team_arn", place.work_team_arn(settings.work_team))
    for name in ("LABELER_POOL_ID", "LABELER_GROUP", "LABELING_NOTICES_ARN"):
        pulumi.export(name.lower(), values[name])
    pulumi.export("dead_letter_queue_url", dead_letters.queue.url)
    pulumi.export("rekognition_project_prefix", place.prefix)
    pulumi.export("api_url", api.url)
    pulumi.export("user_pool_id", sign_in.pool.id)
    pulumi.export("user_pool_client_id", sign_in.client.id)
    pulumi.export("identity_pool_id", sign_in.identities.id)
    pulumi.export("quote_terms", quote_terms(settings).model_dump_json())


def _template(name: str) -> str:
    try:
        return (TEMPLATES / f"{name}.asl.json").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise asl.TemplateRefused(f"{name}.asl.json cannot be read: {error}") from error


if __name__ == "__main__":
    main()
