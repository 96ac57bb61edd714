"""What a deployed environment tells its consumers: the outputs of the Pulumi stack."""

from pydantic import BaseModel, ConfigDict, Json

from brandlens.cost.quote import Terms


class Outputs(BaseModel):
    """The stack's outputs, by their names in `infra/__main__.py`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    region: str
    media_bucket: str
    results_bucket: str
    work_bucket: str
    event_bus: str
    events_log_group: str
    projects_table: str
    jobs_table: str
    models_table: str
    spending_table: str
    api_url: str
    user_pool_id: str
    user_pool_client_id: str
    identity_pool_id: str
    analysis_state_machine_arn: str
    work_team_arn: str
    """The people who label."""
    labeler_pool_id: str
    labeler_group: str
    labeling_notices_arn: str
    """Their user pool, their group in it, what tells them of work: all empty where they are not ours."""
    dead_letter_queue_url: str
    rekognition_project_prefix: str
    """What the names of this stack's Rekognition projects begin with; functions may touch no others."""
    quote_terms: Json[Terms]
    """What this stack's quotes rest on."""
