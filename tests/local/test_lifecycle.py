"""Starting, finding again, stopping and forgetting the local cloud."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pulumi_aws as aws
import pytest
from botocore.exceptions import EndpointConnectionError
from filelock import FileLock

from brandlens.errors import LocalCloudFailed
from local import children, cloud, processes, settings
from local.cloud import LocalCloud
from local.home import Home, default_home
from tests.cloud import client, private_home
from tests.local import sample

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("lifecycle")]


def nothing() -> None:
    """A program without resources."""


def queue() -> None:
    aws.sqs.Queue("letters", name="letters")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = private_home(tmp_path)
    yield home
    cloud.reset(home=home)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A cloud for the tests that leave it as it is."""
    home = private_home(tmp_path_factory.mktemp("standing"))
    yield up(home)
    cloud.reset(home=home)


def up(home: Home) -> LocalCloud:
    return cloud.up(home=home, program=sample.program(queue))


def pid_of(home: Home, name: str) -> int:
    process = processes.find(home, name)
    assert process is not None
    return process.pid


def ours(home: Home) -> list[psutil.Process]:
    """Return every process that belongs to the home."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(processes.HOME_MARK) == str(home.path):
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_what_was_stored_is_there_again_after_down_and_up(home: Home) -> None:
    first = up(home)
    sqs = client(first, "sqs")
    url = sqs.get_queue_url(QueueName="letters")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="kept")
    client(first, "s3").create_bucket(
        Bucket="kept", CreateBucketConfiguration={"LocationConstraint": first.region}
    )
    client(first, "s3").put_object(Bucket="kept", Key="a key", Body=b"kept")
    cloud.down(home=home)
    second = up(home)
    assert second == first
    assert client(second, "sqs").receive_message(QueueUrl=url)["Messages"][0]["Body"] == "kept"
    assert client(second, "s3").get_object(Bucket="kept", Key="a key")["Body"].read() == b"kept"


def test_down_leaves_no_process_and_no_listener(home: Home) -> None:
    standing = up(home)
    cloud.down(home=home)
    after = cloud.status(home=home)
    assert (after.is_up, after.endpoint, after.resources) == (False, None, 1)
    assert ours(home) == []
    with pytest.raises(EndpointConnectionError):
        client(standing, "sqs").list_queues()


def test_every_child_listens_on_loopback_only(standing: LocalCloud) -> None:
    for name in children.NAMES:
        process = processes.find(standing.home, name)
        assert process is not None
        addresses = {one.laddr.ip for one in process.net_connections() if one.status == psutil.CONN_LISTEN}
        assert addresses == {"127.0.0.1"}


def test_status_tells_what_runs_and_where(standing: LocalCloud) -> None:
    status = cloud.status(home=standing.home)
    assert status.is_up
    assert status.endpoint == standing.endpoint
    assert status.resources == 1
    assert status.disk_bytes > 0
    for process in status.processes:
        assert process.pid == pid_of(standing.home, process.name)
        assert process.memory_bytes > 0
        assert process.since is not None
        assert process.log.exists()


def test_a_home_where_nothing_was_started_has_no_status_and_no_logs(home: Home) -> None:
    status = cloud.status(home=home)
    assert (status.is_up, status.endpoint, status.resources, status.disk_bytes) == (False, None, 0, 0)
    assert cloud.logs(home=home) == {}


def test_logs_are_the_last_lines_of_each_child(standing: LocalCloud) -> None:
    logs = cloud.logs(home=standing.home, lines=3)
    assert set(logs) == set(children.NAMES)
    assert all(0 < len(lines) <= 3 for lines in logs.values())


def test_reset_forgets_everything(home: Home) -> None:
    standing = up(home)
    cloud.reset(home=home)
    assert [path for path in home.path.iterdir() if path != home.lock] == []
    with pytest.raises(LocalCloudFailed, match="is not up"):
        cloud.connect(home=home)
    again = cloud.up(home=home, program=sample.program(nothing))
    assert client(again, "sqs").list_queues().get("QueueUrls", []) == []
    assert again.access_key_id != standing.access_key_id


def test_an_emulator_that_was_killed_is_named_and_its_resources_are_made_again(home: Home) -> None:
    up(home)
    killed = pid_of(home, children.EMULATOR)
    psutil.Process(killed).kill()
    psutil.Process(killed).wait(5)
    assert cloud.status(home=home).processes[0].died == killed
    told: list[str] = []
    again = cloud.up(lambda step, *_: told.append(step), home=home, program=sample.program(queue))
    assert f"The emulator (pid {killed}) had ended without being stopped" in told
    assert client(again, "sqs").get_queue_url(QueueName="letters")


def test_a_pid_that_is_another_programs_now_is_not_ours(home: Home) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        home.pid(children.EMULATOR).parent.mkdir(parents=True)
        record = {"pid": bystander.pid, "started_at": time.time() - 3600, "port": 1}
        home.pid(children.EMULATOR).write_text(json.dumps(record))
        assert processes.find(home, children.EMULATOR) is None
        up(home)
        cloud.down(home=home)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_what_a_lost_start_left_behind_is_found_named_and_stopped(home: Home) -> None:
    environment = {**os.environ, processes.HOME_MARK: str(home.path)}
    lost = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], env=environment)
    told: list[str] = []
    try:
        cloud.up(lambda step, *_: told.append(step), home=home, program=sample.program(nothing))
        lost.wait(5)
        assert any(f"pid {lost.pid}" in step for step in told)
    finally:
        lost.kill()
        lost.wait()


def test_a_port_that_another_program_took_is_left_to_it(home: Home) -> None:
    before = up(home)
    cloud.down(home=home)
    kept = settings.load(home)
    assert kept is not None
    with socket.create_server((settings.LOOPBACK, kept.emulator_port)):
        after = up(home)
    assert after.endpoint != before.endpoint
    url = client(after, "sqs").get_queue_url(QueueName="letters")["QueueUrl"]
    assert url.startswith(after.endpoint)


def test_a_child_that_hangs_is_replaced(home: Home) -> None:
    up(home)
    hung = pid_of(home, children.REKOGNITION)
    psutil.Process(hung).suspend()
    try:
        up(home)
        assert pid_of(home, children.REKOGNITION) != hung
    finally:
        if psutil.pid_exists(hung):
            psutil.Process(hung).resume()


def test_a_child_that_does_not_start_says_why(home: Home) -> None:
    child = processes.Child(
        "broken", [sys.executable, "-c", "raise SystemExit('no disk')"], os.environ, 1, "/"
    )
    processes.start(home, child)
    with pytest.raises(LocalCloudFailed, match=r"broken did not start: it ended: no disk"):
        processes.wait_for_health(home, child)
    processes.stop(home, "broken")


def test_a_second_command_at_the_same_time_is_refused(home: Home) -> None:
    home.path.mkdir(parents=True)
    with FileLock(home.lock), pytest.raises(LocalCloudFailed, match="another command is at it"):
        up(home)


def test_an_interrupted_start_leaves_nothing_running_and_can_be_repeated(home: Home) -> None:
    def interrupted() -> None:
        aws.sqs.Queue("letters", name="letters")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cloud.up(home=home, program=sample.program(interrupted))
    assert ours(home) == []
    assert client(up(home), "sqs").get_queue_url(QueueName="letters")


def test_an_interrupted_second_run_leaves_standing_what_stood(standing: LocalCloud) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cloud.up(home=standing.home, program=sample.program(interrupted))
    assert cloud.connect(home=standing.home) == standing
    assert client(standing, "sqs").get_queue_url(QueueName="letters")


def test_two_homes_are_two_clouds(home: Home, standing: LocalCloud) -> None:
    second = cloud.up(home=home, program=sample.program(nothing))
    assert second.endpoint != standing.endpoint
    assert client(second, "sqs").list_queues().get("QueueUrls", []) == []
    cloud.reset(home=home)
    assert cloud.connect(home=standing.home) == standing


def test_secrets_are_readable_by_their_owner_only(standing: LocalCloud) -> None:
    home = standing.home
    for file in (home.settings, home.developer, home.deployed):
        assert file.stat().st_mode & 0o077 == 0


def test_the_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BRANDLENS_HOME", str(tmp_path))
    assert default_home().path == tmp_path / "local"
    monkeypatch.delenv("BRANDLENS_HOME")
    assert default_home().path.parts[-2:] == (".brandlens", "local")
