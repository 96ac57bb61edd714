"""Keeping what the emulator holds: MiniStack saves once, when it is stopped and nothing is left to wait for.

Hypercorn waits for open connections before that, and one whose reader has stalled keeps it waiting for ever;
after it the interpreter waits for the threads of a Distributed Map. Here the signal saves at once and ends
the process, and what changed is saved every few seconds besides, so that a killed process loses little.
"""

import asyncio
import json
import logging
import os
import signal
import threading
import time
from typing import Any, NoReturn

import hypercorn.asyncio
import psutil
from ministack import app
from ministack.core import persistence

from local.emulator import pending_invocations

EVERY_SECONDS = 3.0
LARGEST_SHARE = 0.05
"""Of the time that may go into saving; the pauses grow with what there is to save."""

PATIENCE_SECONDS = 30.0

_one = threading.Lock()


def build() -> None:
    persistence.json = _Json()
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
    """The application, counting the requests that may have changed something."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.count = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
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
        child = os.fork()
        if child == 0:
            _save_and_exit()
        if not _succeeds(child):
            persistence.save_all(app._build_persistence_save_dict())
        for event in done:
            event.unlink()


def _save_and_exit() -> NoReturn:
    try:
        # The parent's event loop hears of signals through a socket that the child has as well.
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        logging.disable()
        persistence.save_all(app._build_persistence_save_dict())
        os._exit(0)
    finally:
        os._exit(1)


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
        save()
        pause = max(EVERY_SECONDS, (time.monotonic() - began) / LARGEST_SHARE)


def _end() -> NoReturn:
    try:
        save()
        for function in psutil.Process().children(recursive=True):
            function.kill()
    finally:
        os._exit(0)


class _Json:
    """The module `json`, which encodes in C only what it is not asked to write into a file bit by bit."""

    def __getattr__(self, name: str) -> Any:
        return getattr(json, name)

    def dump(self, value: Any, file: Any, **options: Any) -> None:
        file.write(json.dumps(value, **options))
