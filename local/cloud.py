"""The local cloud, as the command line and the tests use it: up, down, status, logs, reset, connect."""

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from brandlens.errors import LocalCloudFailed
from local import children, identity, orders, portal_user, processes, settings, unfinished
from local.aws import Aws
from local.deploy import Progress, deploy
from local.home import Home, default_home
from local.program import Program, infra
from local.realised import Realised
from local.resources import KINDS
from local.resources.functions import sources_digest
from local.settings import REGION, Settings

STARTING = "Starting the local cloud"


@dataclass(frozen=True)
class LocalCloud:
    """A local cloud that is up.

    Attributes
    ----------
    access_key_id, secret_access_key
        Of the developer's own IAM user.
    sagemaker_endpoint
        Of the labeling service; the page where people label is at the same address.
    outputs
        The stack's outputs, named as on AWS.
    """

    endpoint: str
    rekognition_endpoint: str
    sagemaker_endpoint: str
    region: str
    access_key_id: str
    secret_access_key: str
    outputs: Mapping[str, str]
    home: Home

    @property
    def portal_user(self) -> portal_user.PortalUser | None:
        """Who may sign in to the portal, where the program has one."""
        return portal_user.known(self.home)

    @property
    def environment(self) -> dict[str, str]:
        """What makes any AWS SDK, and the AWS CLI, work with this cloud."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ENDPOINT_URL_REKOGNITION": self.rekognition_endpoint,
            "AWS_ENDPOINT_URL_SAGEMAKER": self.sagemaker_endpoint,
            "AWS_ACCESS_KEY_ID": self.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret_access_key,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
        }


@dataclass(frozen=True)
class ProcessStatus:
    """One child: `pid` None when it does not run, `died` the pid of one that ended without being stopped."""

    name: str
    port: int | None
    pid: int | None
    since: datetime | None
    memory_bytes: int
    died: int | None
    log: Path


@dataclass(frozen=True)
class Status:
    """What runs, where, since when, how large."""

    home: Path
    processes: tuple[ProcessStatus, ...]
    endpoint: str | None
    resources: int
    disk_bytes: int

    @property
    def is_up(self) -> bool:
        return all(process.pid for process in self.processes)


def _quiet(_step: str, _done: float, _total: float | None) -> None:
    """Tell nobody."""


def up(
    progress: Progress = _quiet, *, home: Home | None = None, program: Program | None = None
) -> LocalCloud:
    """Start what does not run, and make the program's resources what the program says now.

    Interrupted or failing before anything was up, it stops what it started; what stood before still stands.

    Raises
    ------
    LocalCloudFailed
        A child did not start, a resource could not be made, or another command is at it.
    """
    home = home or default_home()
    with _alone(home):
        before = [name for name in children.NAMES if processes.find(home, name)]
        try:
            return _up(home, program or infra(), progress)
        except BaseException:
            for name in children.NAMES:
                if name not in before:
                    processes.stop(home, name)
            raise


def _up(home: Home, program: Program, progress: Progress) -> LocalCloud:
    kept = _start(home, progress)
    with contextlib.closing(_aws(kept)) as aws:
        realised = Realised(home)
        lost = identity.epoch(aws) != realised.epoch
        key = identity.ensure_developer(aws, home)
        realised.begin(identity.new_epoch(aws), lost=lost)
        outputs = deploy(aws, program.served_at(kept.portal_endpoint), KINDS, realised, progress)
        portal_user.ensure(aws, home, outputs)
        # From here on things may be dropped, which must find all this again.
        orders.give(aws.endpoint, orders.SAVE)
        unfinished.resume(aws, home, lambda words: progress(words, 1, 1))
    return _cloud(home, kept, key, outputs)


def _aws(kept: Settings) -> Aws:
    return Aws(
        kept.endpoint,
        kept.root_key_id,
        kept.root_secret,
        endpoints={"sagemaker": kept.sagemaker_endpoint},
        function_environment=children.function_environment(kept),
        sources=sources_digest(),
    )


def _start(home: Home, progress: Progress) -> Settings:
    """Start the children that do not answer, on the kept ports where these are free."""
    total = len(children.NAMES)
    kept = settings.load(home) or settings.fresh()
    for name in children.NAMES:
        if pid := processes.died(home, name):
            progress(f"The {name} (pid {pid}) had ended without being stopped", 1, 1)
    if not any(processes.find(home, name) for name in children.NAMES):
        for leftover in processes.stop_left_behind(home):
            progress(f"Stopped {leftover}, left behind by an earlier start", 1, 1)
        if any(settings.is_taken(port) for port in kept.ports):
            kept = kept.on_free_ports()
            progress(f"Another program has a port of before: now on {kept.emulator_port}", 1, 1)
    settings.save(home, kept)
    wanted = [
        children.emulator(home, kept),
        children.rekognition(home, kept),
        children.sagemaker(home, kept),
        children.portal(kept),
    ]
    missing = [child for child in wanted if not _serves(home, child)]
    progress(STARTING, total - len(missing), total)
    for child in missing:
        processes.start(home, child)
    for done, child in enumerate(missing, total - len(missing) + 1):
        processes.wait_for_health(home, child)
        progress(STARTING, done, total)
    return kept


def _serves(home: Home, child: processes.Child) -> bool:
    """Say whether the child runs and answers; one that runs and does not is ended."""
    if processes.find(home, child.name) and not processes.answers(child):
        processes.stop(home, child.name, patience_seconds=2)
    return processes.find(home, child.name) is not None


def down(progress: Progress = _quiet, *, home: Home | None = None) -> None:
    """Stop everything in order; the next `up` finds all that the cloud holds, and goes on with what runs."""
    home = home or default_home()
    with _alone(home):
        _down(home, progress)


def _down(home: Home, progress: Progress) -> None:
    step, total = "Stopping the local cloud", len(children.NAMES)
    for done, name in enumerate(children.NAMES):
        progress(step, done, total)
        processes.stop(home, name)
    processes.stop_left_behind(home)
    shutil.rmtree(home.temporary, ignore_errors=True)
    progress(step, total, total)


def reset(progress: Progress = _quiet, *, home: Home | None = None) -> None:
    """Stop everything and forget everything: the next `up` begins from nothing."""
    home = home or default_home()
    with _alone(home):
        _down(home, progress)
        for path in home.path.iterdir():
            if path != home.lock:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def connect(*, home: Home | None = None) -> LocalCloud:
    """Return the local cloud that is up; `LocalCloudFailed` when none is."""
    home = home or default_home()
    kept, key, realised = settings.load(home), identity.known_key(home), Realised(home)
    running = all(processes.find(home, name) for name in children.NAMES)
    if not (kept and key and running and realised.stack_outputs is not None):
        raise LocalCloudFailed(
            "the local cloud is not up", "its processes do not run", "Run `brandlens local up`"
        )
    return _cloud(home, kept, key, realised.stack_outputs)


def status(*, home: Home | None = None) -> Status:
    """Tell what runs, where, since when, and how large it is in memory and on disk."""
    home = home or default_home()
    kept = settings.load(home)
    ports = dict(zip(children.NAMES, kept.ports, strict=True)) if kept else {}
    running = tuple(_process_status(home, name, ports.get(name)) for name in children.NAMES)
    return Status(
        home=home.path,
        processes=running,
        endpoint=kept.endpoint if kept and running[0].pid else None,
        resources=len(Realised(home)),
        disk_bytes=home.size_bytes(),
    )


def logs(*, home: Home | None = None, lines: int = 50) -> dict[str, list[str]]:
    """Return the last lines of each child's log, by the child's name."""
    home = home or default_home()
    found = {name: home.log(name) for name in children.NAMES if home.log(name).exists()}
    return {
        name: path.read_text("utf-8", errors="replace").splitlines()[-lines:] for name, path in found.items()
    }


def _process_status(home: Home, name: str, port: int | None) -> ProcessStatus:
    process = processes.find(home, name)
    return ProcessStatus(
        name=name,
        port=port,
        pid=process.pid if process else None,
        since=datetime.fromtimestamp(process.create_time(), UTC) if process else None,
        memory_bytes=_memory_bytes(process) if process else 0,
        died=processes.died(home, name),
        log=home.log(name),
    )


def _memory_bytes(process: psutil.Process) -> int:
    """Sum the resident memory of the process and its descendants: the emulator's are the functions."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_info().rss
    return total


def _cloud(home: Home, kept: Settings, key: identity.AccessKey, outputs: Mapping[str, str]) -> LocalCloud:
    return LocalCloud(
        endpoint=kept.endpoint,
        rekognition_endpoint=kept.rekognition_endpoint,
        sagemaker_endpoint=kept.sagemaker_endpoint,
        region=REGION,
        access_key_id=key.id,
        secret_access_key=key.secret,
        outputs=dict(outputs),
        home=home,
    )


@contextlib.contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Hold the home for one command at a time; the lock goes with the process, however it ends."""
    home.path.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(home.lock, timeout=0):
            yield
    except Timeout as error:
        raise LocalCloudFailed(
            "the local cloud is being started or stopped", "another command is at it", "Wait for it to end"
        ) from error
