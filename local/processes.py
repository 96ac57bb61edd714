"""The local cloud's child processes: started, found again, asked for their health, stopped.

A child outlives the command that started it. Its pid file holds the pid and the moment that process began,
so a pid that the system has since given to another program is never taken for ours; and each child carries
its home's path in its environment, so that what a killed child left behind is found as well.
"""

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.error import URLError

import psutil

from brandlens.errors import LocalCloudFailed
from local.files import write_whole
from local.home import Home
from local.settings import LOOPBACK

HOME_MARK = "BRANDLENS_LOCAL_CLOUD"
START_SECONDS = 20.0
STOP_SECONDS = 15.0
POLL_SECONDS = 0.02

_started: "list[subprocess.Popen[bytes]]" = []
"""Handles of the children this process started: Python warns of one dropped while its child runs."""


@dataclass(frozen=True)
class Child:
    """How one child runs. `health` is the path that answers 200 once it serves."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    port: int
    health: str


def start(home: Home, child: Child) -> None:
    """Start the child and write down which process it is; `wait_for_health` tells when it serves."""
    log = home.log(child.name)
    log.parent.mkdir(parents=True, exist_ok=True)
    home.temporary.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        # A session of its own: Ctrl-C in the terminal is for the command, which then stops it in order.
        running = subprocess.Popen(
            child.arguments,
            env={**child.environment, HOME_MARK: str(home.path), "TMPDIR": str(home.temporary)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _started.append(running)
    record = {"pid": running.pid, "started_at": psutil.Process(running.pid).create_time(), "port": child.port}
    write_whole(home.pid(child.name), json.dumps(record))


def wait_for_health(home: Home, child: Child) -> None:
    """Return once the child answers; `LocalCloudFailed`, with the last line of its log, when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(child):
        ended = find(home, child.name) is None
        if ended or time.monotonic() > deadline:
            did = "it ended" if ended else f"it did not answer on port {child.port} in {START_SECONDS:.0f} s"
            raise LocalCloudFailed(
                f"the local cloud's {child.name} did not start",
                f"{did}: {_last_line(home, child.name)}",
                f"Read {home.log(child.name)}",
            )
        time.sleep(POLL_SECONDS)


def find(home: Home, name: str) -> psutil.Process | None:
    """Return the running child of that name, or None where it is gone or its pid is another program's now."""
    try:
        record = json.loads(home.pid(name).read_text("utf-8"))
        process = psutil.Process(record["pid"])
        same = abs(process.create_time() - record["started_at"]) < 1
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None


def died(home: Home, name: str) -> int | None:
    """Return the pid of a child that ended without being stopped, or None."""
    try:
        pid = int(json.loads(home.pid(name).read_text("utf-8"))["pid"])
    except FileNotFoundError:
        return None
    return pid if find(home, name) is None else None


def answers(child: Child) -> bool:
    """Say whether the child serves."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{child.port}{child.health}", timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def stop(home: Home, name: str, patience_seconds: float = STOP_SECONDS) -> None:
    """Ask the child to end and wait for it, so that it saves what it keeps; end it by force when it hangs."""
    process = find(home, name)
    if process is not None:
        process.terminate()
        _, alive = psutil.wait_procs([process], timeout=patience_seconds)
        for hung in alive:
            hung.kill()
        psutil.wait_procs(alive, timeout=STOP_SECONDS)
    _started[:] = [child for child in _started if child.poll() is None]
    home.pid(name).unlink(missing_ok=True)


def left_behind(home: Home) -> Iterator[psutil.Process]:
    """Yield processes of this home that no pid file names: workers of a killed child, a half-made start."""
    known = {child.pid for file in home.pid("*").parent.glob("*.json") if (child := find(home, file.stem))}
    parents = {descendant.pid for pid in known for descendant in psutil.Process(pid).children(recursive=True)}
    for process in psutil.process_iter():
        try:
            if process.environ().get(HOME_MARK) == str(home.path) and process.pid not in known | parents:
                yield process
        except (psutil.AccessDenied, psutil.NoSuchProcess):
            continue


def stop_left_behind(home: Home) -> list[str]:
    """End what `left_behind` finds and return it in words."""
    leftovers = [process for process in left_behind(home) if process.pid != psutil.Process().pid]
    words = [f"pid {process.pid} ({process.name()})" for process in leftovers]
    for process in leftovers:
        process.terminate()
    _, alive = psutil.wait_procs(leftovers, timeout=3)
    for hung in alive:
        hung.kill()
    return words


def _last_line(home: Home, name: str) -> str:
    lines = home.log(name).read_text("utf-8", errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "it said nothing"
