"""Keeping what the emulator holds: MiniStack saves once, when it is stopped and nothing is left to wait for.

Hypercorn waits for open connections before that, and one whose reader has stalled keeps it waiting for ever;
after it the interpreter waits for the threads of a Distributed Map. Here the signal saves at once and ends
the process, and what changed is saved now and then besides. What must not be lost in between is in the
journal, which a save makes shorter.
"""

import asyncio
import copy
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import hypercorn.asyncio
import psutil
from ministack import app
from ministack.core import persistence

from local.emulator import journal, pending_invocations, resumed_executions
from local.files import write_whole
from local.orders import RESUME, SAVE

EVERY_SECONDS = 3.0
LARGEST_SHARE = 0.05
"""Of the time that may go into saving; the pauses grow with what there is to save."""

PATIENCE_SECONDS = 30.0

LOG = logging.getLogger("saving")

_one = threading.Lock()


def build() -> None:
    serve = hypercorn.asyncio.serve

    async def serve_and_save(application: Any, config: Any) -> None:
        changes = Changes(application)
        asked = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
        threading.Thread(target=_save_changes, args=(changes,), daemon=True, name="saving").start()

        async def end() -> None:
            await asked.wait()
            # No other request is answered meanwhile, so nothing that was answered is lost.
            _end()

        await serve(changes, config, shutdown_trigger=end)

    hypercorn.asyncio.serve = serve_and_save  # type: ignore[assignment] # as MiniStack calls it


class Changes:
    """The application, counting the requests that may have changed something, and two of our own."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.count = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] in ORDERS:
            answer = await asyncio.to_thread(ORDERS[scope["path"]])
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
            return
        try:
            await self._application(scope, receive, send)
        finally:
            if scope["type"] == "http" and not scope["path"].startswith("/_ministack/"):
                self.count += 1


def save() -> None:
    """Write down the state of one moment, whatever goes on meanwhile: a forked child has it all to itself.

    Copied in this process, tables and executions would be of different moments, and copying what another
    thread changes fails. The child inherits locks that other threads held; where one stalls it, this process
    saves.
    """
    with _one:
        done = pending_invocations.done()
        with journal.lock:
            done += journal.turn()
            child = os.fork()
        if child == 0:
            _write_and_exit()
        if not _succeeds(child):
            _write()
        for saved in done:
            saved.unlink()


def _write_and_exit() -> NoReturn:
    try:
        # The parent's event loop hears of signals through a socket that the child has as well.
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        logging.disable()
        # Nothing changes any more while it is written.
        copy.deepcopy = _uncopied  # type: ignore[assignment] # called with a value only
        _write()
        os._exit(0)
    finally:
        os._exit(1)


def _uncopied(value: Any, _memo: Any = None) -> Any:
    return value


def _write() -> None:
    """Write every service's state as MiniStack does, but raise what keeps one from being written."""
    for name, state_of in app._build_persistence_save_dict().items():
        state = state_of()
        if state is not None:
            document = {"__ministack_format__": persistence._state_format_version(name), "payload": state}
            text = json.dumps(document, default=persistence._json_default)
            write_whole(Path(persistence.STATE_DIR) / f"{name}.json", text)


def _succeeds(child: int) -> bool:
    try:
        return psutil.Process(child).wait(PATIENCE_SECONDS) == 0
    except psutil.TimeoutExpired:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return False


def _save_changes(changes: Changes) -> None:
    saved, pause = 0, EVERY_SECONDS
    while True:
        time.sleep(pause)
        if changes.count == saved:
            continue
        saved, began = changes.count, time.monotonic()
        try:
            save()
        except Exception:
            LOG.exception("The state is not saved; the journal has what changed")
        pause = max(EVERY_SECONDS, (time.monotonic() - began) / LARGEST_SHARE)


def _end() -> NoReturn:
    try:
        save()
        for function in psutil.Process().children(recursive=True):
            function.kill()
    finally:
        os._exit(0)


ORDERS: Mapping[str, Callable[[], object]] = {SAVE: save, RESUME: resumed_executions.resume}
