"""The API in memory: its app over fakes, called as API Gateway calls it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from brandlens.api.openapi import document
from brandlens.api.routes import Group
from brandlens.cost.quote import Terms
from brandlens.jobs import Job, JobState
from brandlens.model_runs import ModelHouse
from brandlens.results import Analysis, Appearance, ProofFrame
from brandlens.settings import ApiSettings
from brandlens.team import Team
from functions.api.app import make_app
from functions.api.deps import Deps
from tests.fakes.api import FakeMarks, FakeNotices, FakePeople, FakeServed, FakeUploads
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeModels
from tests.fakes.objects import FakeObjectStore
from tests.fakes.projects import FakeProject, FakeProjects
from tests.fakes.training import FakeVersions
from tests.fakes.workflows import FakeBus, FakeWorkflow
from tests.jobs import MODEL, NOW, job
from tests.labeling import FakeGroundTruth
from tests.results import analysis_of
from tests.spending import FakeSpending

ORIGIN = "https://brands.example.com"
PATHS = document()["paths"]
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
TERMS = Terms(
    sample_rate_hz=Fraction(2),
    segment_seconds=Fraction(300),
    max_inference_units=2,
    idle_grace_minutes=5,
    detect_batch_size=20,
    batches_per_unit=2,
)


class Workplace(FakeGroundTruth):
    def site(self, work_team_arn: str) -> str:
        return f"{work_team_arn.rpartition('/')[2]}.labeling.example.com"


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        return str(self.body["code"])


@dataclass
class ApiWorld:
    """`managed` is whether the people who label are ours."""

    managed: bool = True
    media: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("media"))
    results: FakeObjectStore = field(default_factory=lambda: FakeObjectStore("results"))
    projects: FakeProjects = field(
        default_factory=lambda: FakeProjects(
            FakeProject("cup", ("Acme", "Globex"), active_model=MODEL), FakeProject("league")
        )
    )
    jobs: FakeJobs = field(default_factory=FakeJobs)
    versions: FakeVersions = field(default_factory=FakeVersions)
    served: FakeServed = field(default_factory=FakeServed)
    models: FakeModels = field(default_factory=FakeModels)
    leases: FakeLeases = field(default_factory=FakeLeases)
    bus: FakeBus = field(default_factory=FakeBus)
    spending: FakeSpending = field(default_factory=FakeSpending)
    marks: FakeMarks = field(default_factory=FakeMarks)
    workflow: FakeWorkflow = field(default_factory=FakeWorkflow)
    team: FakePeople = field(default_factory=FakePeople)
    labelers: FakePeople = field(default_factory=FakePeople)
    notices: FakeNotices = field(default_factory=FakeNotices)
    workplace: Workplace = field(default_factory=Workplace)
    frames_asked: list[tuple[str, float, Fraction]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.uploads = FakeUploads(self.media)
        self.deps = Deps(
            settings=_settings(),
            media=self.media,
            results=self.results,
            uploads=self.uploads,
            projects=self.projects,
            jobs=self.jobs,
            versions=self.versions,
            served=self.served,
            house=ModelHouse(self.models, self.leases, self.bus, now=lambda: NOW),
            spending=self.spending,
            marks=self.marks,
            workflow=self.workflow,
            team=Team(
                portal=self.team,
                labelers=self.labelers if self.managed else None,
                notices=self.notices if self.managed else None,
            ),
            workplace=self.workplace,
            frame_at=self._frame_at,
        )
        self.app = make_app(lambda: self.deps, origin=ORIGIN)

    def _frame_at(self, url: str, seconds: float, rate: Fraction) -> bytes:
        self.frames_asked.append((url, seconds, rate))
        return JPEG

    def call(
        self,
        method: str,
        resource: str,
        body: Any = None,
        *,
        by: Group | str = "editor",
        query: Mapping[str, str | list[str]] | None = None,
        content_type: str = "application/json",
        **path: str,
    ) -> Answer:
        """Call the route `resource`, such as `/jobs/{job}`, as a person of a group, or as a role of its own.

        A `body` of text or bytes is sent as it is, anything else as JSON. Whatever the answer is, the OpenAPI
        document tells of its status.
        """
        given = {name: [value] if isinstance(value, str) else value for name, value in (query or {}).items()}
        text = None if body is None else body if isinstance(body, str) else json.dumps(body)
        event = {
            "headers": {"content-type": content_type},
            "multiValueQueryStringParameters": given or None,
            "pathParameters": path or None,
            "stageVariables": None,
            "body": text,
            "isBase64Encoded": False,
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "requestId": "request-1",
                "identity": identity(by),
            },
        }
        answer = self.app(event, None)
        headers = answer["headers"] | {
            name: values[-1] for name, values in answer.get("multiValueHeaders", {}).items()
        }
        status = answer["statusCode"]
        assert str(status) in PATHS[resource][method.lower()]["responses"], f"{status} is not documented"
        return Answer(status, headers, answer["body"])

    def finished(
        self,
        key: str = "inbox/cup/analyze/final.mp4",
        *,
        appearances: int = 1,
        duration_seconds: float = 10.0,
    ) -> Job:
        """Have an analysis of the video `key` be there with its results."""
        made = job(key)
        self.jobs.receive(made, "analysis")
        folder = f"{made.project}/{made.job_id}/"
        self.jobs.finish(made.job_id, JobState.SUCCEEDED, now=NOW, result=f"s3://results/{folder}")
        analysis = with_appearances(analysis_of(made), appearances)
        media = analysis.media.model_copy(update={"duration_seconds": duration_seconds})
        analysis = analysis.model_copy(update={"media": media})
        self.results.write(
            f"{folder}analysis.json", analysis.model_dump_json().encode(), content_type="application/json"
        )
        for appearance in analysis.appearances:
            self.results.write(folder + appearance.proof_frame.file, JPEG, content_type="image/jpeg")
        return made


def with_appearances(analysis: Analysis, count: int) -> Analysis:
    return analysis.model_copy(
        update={
            "appearances": tuple(
                Appearance(
                    id=f"a{number}",
                    label="Acme",
                    start_seconds=float(number),
                    end_seconds=number + 0.5,
                    mean_area_fraction=0.1,
                    zone="middle-center",
                    peak_confidence=90.0,
                    sharpness=0.5,
                    others_on_screen=(),
                    proof_frame=ProofFrame(
                        index=number, seconds=float(number), file=f"frames/{number:08d}.jpg", box=None
                    ),
                )
                for number in range(count)
            )
        }
    )


def identity(by: str) -> dict[str, Any]:
    """What API Gateway says of a person in a group, or of another role of the account."""
    if by in ("viewer", "editor"):
        role = f"assumed-role/brandlens-dev-{by}/CognitoIdentityCredentials"
        return {
            "userArn": f"arn:aws:sts::123456789012:{role}",
            "user": "AROA:CognitoIdentityCredentials",
            "cognitoIdentityId": f"eu-west-1:{by}",
            "cognitoAuthenticationProvider": f"cognito-idp.x/pool,cognito-idp.x/pool:CognitoSignIn:{by}-sub",
        }
    return {"userArn": f"arn:aws:sts::123456789012:assumed-role/{by}/session", "user": f"AROA:{by}"}


def _settings() -> ApiSettings:
    return ApiSettings(
        media_bucket="media",
        results_bucket="results",
        projects_table="projects",
        jobs_table="jobs",
        models_table="models",
        spending_table="spending",
        marks_table="marks",
        event_bus="bus",
        analysis_state_machine_arn="arn:analysis",
        rekognition_project_prefix="brandlens-dev-",
        quote_terms=TERMS.model_dump_json(),  # type: ignore[arg-type]  # as the variable has it
        budget_per_job=None,
        budget_per_month=None,
        labeling_job_arn_prefix="arn:aws:sagemaker:eu-west-1:123456789012:labeling-job/brandlens-dev-",
        work_team_arn="arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/labelers",
        portal_origin=ORIGIN,
        viewer_role="brandlens-dev-viewer",
        editor_role="brandlens-dev-editor",
        team_pool_id="pool",
        labeler_pool_id="labelers",
        labeler_group="labelers",
        labeling_notices_arn="arn:aws:sns:eu-west-1:123456789012:notices",
    )
