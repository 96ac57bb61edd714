"""How fast the API lists jobs: the first page of ten thousand. `python -m benchmarks.api`.

In a local cloud of its own: a call is signed, verified and let through by IAM in the emulator, and answered
by the function, which is warm.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import boto3
import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from benchmarks.figures import report
from benchmarks.private_cloud import private_cloud
from brandlens.adapters.dynamodb import attributes, stamp
from brandlens.adapters.jobs_table import JobsTable
from brandlens.jobs import JobRecord, JobState, Source, job_id_for
from local.cloud import LocalCloud

JOBS = 10_000
PROJECTS = 20
CALLS = 15
STATES = [JobState.SUCCEEDED] * 17 + [JobState.FAILED, JobState.REJECTED, JobState.CANCELED]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, private_cloud(Path(folder), [], {}) as (cloud, _):
        _fill(cloud.outputs["jobs_table"])
        for what, query in (
            ("of everything", {}),
            ("of one project", {"project": "project-7"}),
            ("of those that run", {"state": "RUNNING"}),
            ("of trainings", {"kind": "training"}),
            ("of analyses", {"kind": "analysis"}),
            ("of analyses that run", {"kind": "analysis", "state": "RUNNING"}),
            ("of trainings that succeeded", {"kind": "training", "state": "SUCCEEDED"}),
            ("of the trainings of one project", {"project": "project-0", "kind": "training"}),
            ("of the last half", {"since": f"{datetime.now(UTC) - timedelta(days=182):%Y-%m-%dT%H:%M:%SZ}"}),
        ):
            taken = [_list(cloud, query) for _ in range(CALLS)][2:]
            report(f"milliseconds for the first page of {JOBS:,} jobs, {what}", median(taken), 300)


def _fill(table: str) -> None:
    began = datetime.now(UTC) - timedelta(days=365)
    resource = boto3.resource("dynamodb")

    def write(first: int) -> None:
        with resource.Table(table).batch_writer() as batch:
            for number in range(first, first + JOBS // 10):
                batch.put_item(Item=_item(number, began + timedelta(minutes=50 * number)))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(0, JOBS, JOBS // 10)))
    assert len(JobsTable(table).newest(limit=100)) == 100


def _item(number: int, moment: datetime) -> dict[str, object]:
    project = f"project-{number % PROJECTS}"
    source = Source(bucket="media", key=f"inbox/{project}/analyze/{number}.mp4", version="1")
    record = JobRecord(
        job_id=job_id_for(source),
        project=project,
        kind="training" if number % 50 == 0 else "analysis",
        state=JobState.RUNNING if number >= JOBS - 5 else STATES[number % len(STATES)],
        source=source,
        created_at=moment,
        updated_at=moment,
    )
    return attributes(record) | {"created_at": stamp(moment), "updated_at": stamp(moment)}


def _list(cloud: LocalCloud, query: dict[str, str]) -> float:
    """Return the milliseconds that a call took."""
    request = AWSRequest("GET", f"{cloud.outputs['api_url']}/jobs", params=query)
    credentials = Credentials(cloud.access_key_id, cloud.secret_access_key)
    SigV4Auth(credentials, "execute-api", cloud.region).add_auth(request)
    prepared = request.prepare()
    started = time.perf_counter()
    answer = requests.get(prepared.url, headers=dict(prepared.headers), timeout=30)
    taken = (time.perf_counter() - started) * 1000
    answer.raise_for_status()
    assert 5 <= len(answer.json()["jobs"]) <= 20
    return taken


if __name__ == "__main__":
    main()
