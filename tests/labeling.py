"""In-memory implementations of what asking people to label needs; the contract suites in
`tests/unit/adapters` hold them to what the adapters do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from brandlens.jobs import JobError
from brandlens.labeling.plan import LabelingTerms
from brandlens.labeling.state import LabelingJob
from brandlens.labeling.waits import LabelingWait

JOB_ARN_PREFIX = "arn:aws:sagemaker:eu-west-1:123456789012:labeling-job/brandlens-dev-"

TERMS = LabelingTerms(
    job_arn_prefix=JOB_ARN_PREFIX,
    role_arn="arn:aws:iam::123456789012:role/brandlens-dev-labeling",
    work_team_arn="arn:aws:sagemaker:eu-west-1:123456789012:workteam/private-crowd/brandlens-dev",
    workers_per_item=1,
    task_seconds=3600,
    days_open=10,
)


@dataclass
class FakeGroundTruth:
    """Labeling jobs by name, with the parameters they were created with."""

    jobs: dict[str, LabelingJob] = field(default_factory=dict)
    created: list[Mapping[str, Any]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def create(self, parameters: Mapping[str, Any]) -> bool:
        if self.failures:
            raise self.failures.pop(0)
        name = parameters["LabelingJobName"]
        if name in self.jobs:
            return False
        self.jobs[name] = LabelingJob(status="InProgress")
        self.created.append(parameters)
        return True

    def describe(self, name: str) -> LabelingJob | None:
        return self.jobs.get(name)

    def stop(self, name: str) -> None:
        job = self.jobs.get(name)
        if job is not None and not job.has_ended:
            self.jobs[name] = LabelingJob(status="Stopping")

    def end(self, name: str, job: LabelingJob) -> None:
        self.jobs[name] = job


@dataclass
class FakeWaits:
    waits: dict[str, LabelingWait] = field(default_factory=dict)

    def put(self, wait: LabelingWait) -> None:
        self.waits[wait.labeling_job_arn] = wait

    def get(self, labeling_job_arn: str) -> LabelingWait | None:
        return self.waits.get(labeling_job_arn)

    def remove(self, labeling_job_arn: str, token: str) -> bool:
        wait = self.waits.get(labeling_job_arn)
        if wait is not None and wait.token != token:
            return False
        self.waits.pop(labeling_job_arn, None)
        return True


@dataclass
class FakeTokens:
    """States that wait, by their tokens; `ended` is what each was ended with."""

    waiting: set[str] = field(default_factory=set)
    ended: dict[str, Mapping[str, Any] | JobError] = field(default_factory=dict)

    def succeed(self, token: str, output: Mapping[str, Any]) -> bool:
        return self._end(token, output)

    def fail(self, token: str, error: JobError) -> bool:
        return self._end(token, error)

    def _end(self, token: str, outcome: Mapping[str, Any] | JobError) -> bool:
        if token not in self.waiting:
            return False
        self.waiting.remove(token)
        self.ended[token] = outcome
        return True
