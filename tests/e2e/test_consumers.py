"""`examples/consumers/`, each deployed beside the system: one video goes in, and all of them take note."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from brandlens.errors import LocalCloudFailed
from brandlens.jobs import JobRecord, JobState
from examples.consumers import local_cloud
from examples.consumers.sqs_worker import worker
from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.system import System, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

SECRET = "Bearer none-of-your-business"
Posted = tuple[str | None, Any]
"""The header that authorizes, and the message."""


@pytest.fixture(scope="module")
def posted() -> Iterator[tuple[str, list[Posted]]]:
    """A chat on this machine: where it takes messages, and those it took."""
    taken: list[Posted] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append((self.headers["Authorization"], json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep the tests' output to themselves."""

    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/chat.postMessage", taken
        server.shutdown()


@pytest.fixture(scope="module")
def consumers(
    cloud: LocalCloud, system: System, posted: tuple[str, list[Posted]]
) -> Iterator[Mapping[str, Mapping[str, str]]]:
    """The outputs of each consumer's stack, by its folder."""
    configurations: dict[str, dict[str, str]] = {
        "sqs_worker": {},
        "chat_webhook": {"url": posted[0], "channel": "C012"},
        "athena_table": {"projects": json.dumps([system.PROJECT]), "since": "2026-01-01"},
    }
    secrets = {"chat_webhook": {"authorization": SECRET}}
    yield {
        name: local_cloud.put(cloud, name, given, secrets.get(name)) for name, given in configurations.items()
    }
    for name in configurations:
        local_cloud.remove(cloud, name)


@pytest.fixture(scope="module")
def finished(system: System, video: Path, consumers: Mapping[str, Mapping[str, str]]) -> JobRecord:
    record = system.ended(system.drop("for consumers.mp4", video.read_bytes()))
    assert record.state is JobState.SUCCEEDED
    return record


@contextmanager
def rights(system: System, policy_arn: str) -> Iterator[Callable[[str], Any]]:
    """Clients of somebody who has no rights but those of the policy."""
    iam, name = system.aws("iam"), "worker"
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn=policy_arn)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    session: Any = boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name=iam.meta.region_name)
    endpoint = system.aws("s3").meta.endpoint_url
    try:
        yield lambda service: session.client(service, endpoint_url=endpoint)
    finally:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
        iam.detach_user_policy(UserName=name, PolicyArn=policy_arn)
        iam.delete_user(UserName=name)


def test_the_worker_stores_each_appearance_and_empties_its_queue(
    system: System, finished: JobRecord, consumers: Mapping[str, Mapping[str, str]], tmp_path: Path
) -> None:
    made = consumers["sqs_worker"]
    with (
        rights(system, made["worker_policy_arn"]) as client,
        closing(worker.open_database(tmp_path / "exposures.sqlite")) as database,
    ):
        handle = worker.handler(client("s3"), database)
        eventually(
            lambda: worker.take(client("sqs"), made["queue_url"], handle, 1) or None,
            lambda: "no message came",
        )
        while worker.take(client("sqs"), made["queue_url"], handle, 1):
            pass
        stored = database.execute(
            "SELECT label, on_screen_seconds FROM exposures WHERE job_id = ?", (finished.job_id,)
        ).fetchall()
    assert [(label, float(seconds)) for label, seconds in stored] == [
        (each["label"], each["end_seconds"] - each["start_seconds"])
        for each in system.analysis_of(finished)["appearances"]
    ]
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    left = system.aws("sqs").get_queue_attributes(QueueUrl=made["queue_url"], AttributeNames=counts)
    assert left["Attributes"] == dict.fromkeys(counts, "0")


def test_the_workers_rights_end_at_the_rows_of_results(
    system: System, finished: JobRecord, consumers: Mapping[str, Mapping[str, str]]
) -> None:
    with (
        rights(system, consumers["sqs_worker"]["worker_policy_arn"]) as client,
        pytest.raises(ClientError, match="AccessDenied"),
    ):
        client("s3").get_object(
            Bucket=system.outputs.results_bucket, Key=f"{system.PROJECT}/{finished.job_id}/analysis.json"
        )


def test_the_chat_is_told_once_by_who_knows_the_secret(
    finished: JobRecord, posted: tuple[str, list[Posted]]
) -> None:
    def of_the_job() -> list[Posted] | None:
        return [each for each in posted[1] if finished.job_id in each[1]["text"]] or None

    ((authorization, message),) = eventually(of_the_job, lambda: "nothing was posted")
    assert authorization == SECRET
    assert message["channel"] == "C012"
    assert message["text"].startswith(f"*{System.PROJECT}*: found [{brands.ACME}], for about $0.")


def test_the_named_query_tells_the_seconds_on_screen(
    system: System, finished: JobRecord, consumers: Mapping[str, Mapping[str, str]]
) -> None:
    made = consumers["athena_table"]

    def collected() -> set[str] | None:
        listed = system.aws("s3").list_objects_v2(Bucket=made["bucket"], Prefix="exposures/")
        jobs = {Path(each["Key"]).stem for each in listed.get("Contents", [])}
        return jobs if finished.job_id in jobs else None

    jobs = eventually(collected, lambda: "the job was not collected")
    header, *rows = answer(system.aws("athena"), made["named_query_id"])
    assert header == ["project", "brand", "appearances", "seconds_on_screen"]
    told = {(project, brand): (int(times), float(seconds or 0)) for project, brand, times, seconds in rows}
    assert told == {
        (system.PROJECT, label): (times, pytest.approx(seconds))
        for label, (times, seconds) in totals(system, jobs).items()
    }


def answer(athena: Any, named_query_id: str) -> list[list[str]]:
    """Run a named query; return the cells of its rows, the header first."""
    query = athena.get_named_query(NamedQueryId=named_query_id)["NamedQuery"]
    run = athena.start_query_execution(
        QueryString=query["QueryString"],
        QueryExecutionContext={"Database": query["Database"]},
        WorkGroup=query["WorkGroup"],
    )["QueryExecutionId"]

    def ended() -> Any:
        status = athena.get_query_execution(QueryExecutionId=run)["QueryExecution"]["Status"]
        return status if status["State"] in {"SUCCEEDED", "FAILED"} else None

    status = eventually(ended, lambda: "the query does not end")
    assert status["State"] == "SUCCEEDED", status["StateChangeReason"]
    rows = athena.get_query_results(QueryExecutionId=run)["ResultSet"]["Rows"]
    return [[cell.get("VarCharValue", "") for cell in row["Data"]] for row in rows]


def totals(system: System, jobs: set[str]) -> dict[str, tuple[int, float]]:
    """How often and how long the jobs' own documents say that each brand was on screen."""
    found: dict[str, tuple[int, float]] = {}
    for job_id in jobs:
        for brand in json.loads(system.results.read(f"{system.PROJECT}/{job_id}/analysis.json"))["brands"]:
            times, seconds = found.get(brand["label"], (0, 0.0))
            found[brand["label"]] = (
                times + brand["appearances"],
                seconds + (brand["on_screen_seconds"] or 0.0),
            )
    return found


def test_no_consumer_gave_up_on_an_event(system: System, consumers: Mapping[str, Mapping[str, str]]) -> None:
    for made in consumers.values():
        held = system.aws("sqs").receive_message(QueueUrl=made["dead_letters_url"])
        assert "Messages" not in held


def test_a_secret_that_was_set_in_plain_text_is_refused_before_anything_is_made(
    cloud: LocalCloud, consumers: Mapping[str, Mapping[str, str]]
) -> None:
    plain = {"url": "http://127.0.0.1:9/", "channel": "C012", "authorization": "Bearer plain"}
    with pytest.raises(LocalCloudFailed, match="set in plain text"):
        local_cloud.put(cloud, "chat_webhook", plain)


def test_a_consumer_follows_its_configuration_and_goes_without_a_trace(
    cloud: LocalCloud, system: System, consumers: Mapping[str, Mapping[str, str]]
) -> None:
    """Last of this module: the consumers are gone then."""
    events, glue, iam = (system.aws(service) for service in ("events", "glue", "iam"))
    changed = {"url": "http://127.0.0.1:9/elsewhere", "channel": "C345"}
    local_cloud.put(cloud, "chat_webhook", changed, {"authorization": "Bearer another"})
    (chat,) = events.list_api_destinations()["ApiDestinations"]
    assert chat["InvocationEndpoint"] == changed["url"]

    local_cloud.put(cloud, "athena_table", {"projects": '["league"]', "since": "2026-02-01"})
    table = glue.get_table(DatabaseName=consumers["athena_table"]["database"], Name="exposures")["Table"]
    assert table["Parameters"]["projection.project.values"] == "league"

    local_cloud.put(cloud, "sqs_worker", {"results_bucket": "another-bucket"})
    arn = consumers["sqs_worker"]["worker_policy_arn"]
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    policy = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    assert "another-bucket" in json.dumps(policy)

    for name in consumers:
        local_cloud.remove(cloud, name)
    left = [rule["Name"] for rule in events.list_rules(EventBusName=system.outputs.event_bus)["Rules"]]
    assert [rule for rule in left if rule.startswith("finished")] == []
    assert events.list_api_destinations()["ApiDestinations"] == []
    assert events.list_connections()["Connections"] == []
    assert glue.get_databases()["DatabaseList"] == []
    assert iam.list_policies(Scope="Local")["Policies"] == []
