"""Trainings under way: each in a process of its own, so that the service keeps answering."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from local.services.rekognition import lifecycle
from local.services.rekognition.records import Evaluation, ProjectRecord, VersionRecord
from local.services.rekognition.settings import Settings
from local.services.rekognition.store import Store
from local.services.rekognition.training_job import MODEL, Job

_MAX_ATTEMPTS = 3
_SERVICE_ISSUE = "Amazon Rekognition experienced a service issue"


class Trainings:
    """Starts training processes and records how they end."""

    def __init__(self, settings: Settings, store: Store, now: Callable[[], datetime]) -> None:
        self._settings, self._store, self._now = settings, store, now
        self._processes: dict[str, subprocess.Popen[str]] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._progress: dict[str, float] = {}
        self._closing = False

    def directory(self, version: VersionRecord) -> Path:
        """The folder of a version's manifests, pictures and model."""
        return self._settings.state / "models" / version.arn.replace(":", "_").replace("/", "_")

    def start(self, version: VersionRecord) -> None:
        """Begin the training of a version whose state is TRAINING_IN_PROGRESS already."""
        project = self._store.get(ProjectRecord, version.project_arn)
        assert project is not None, version.project_arn
        version = version.model_copy(update={"attempts": version.attempts + 1})
        self._store.put(version)
        directory = self.directory(version)
        directory.mkdir(parents=True, exist_ok=True)
        # What an interrupted training left behind is not a model.
        shutil.rmtree(directory / MODEL, ignore_errors=True)
        job = Job(
            version_arn=version.arn,
            project_name=project.name,
            version_name=version.name,
            directory=directory,
            train_manifests=version.train_manifests,
            test_manifests=version.test_manifests,
            split_test_off=version.split_test_off,
            output_bucket=version.output_bucket,
            output_prefix=version.output_prefix,
            budget_seconds=self._settings.training_seconds,
            engine=self._settings.engine,
            aws_endpoint=self._settings.aws_endpoint,
        )
        log = (directory / "training.log").open("w")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", "local.services.rekognition.training_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            )
        assert process.stdin is not None
        process.stdin.write(job.model_dump_json() + "\n")
        process.stdin.flush()
        self._processes[version.arn] = process
        thread = threading.Thread(target=self._follow, args=(version, process), daemon=True)
        self._threads[version.arn] = thread
        thread.start()

    def resume(self) -> None:
        """Begin anew every training that was cut short when the service last ended."""
        for version in self._store.every(VersionRecord):
            if version.status != "TRAINING_IN_PROGRESS":
                continue
            if version.attempts >= _MAX_ATTEMPTS:
                message = f"The training was interrupted {version.attempts} times."
                self._store.put(lifecycle.failed(version, self._now(), message))
            else:
                self.start(version)

    def progress(self, arn: str) -> float | None:
        """Return the fraction done of a training under way."""
        return self._progress.get(arn)

    def close(self) -> None:
        """End every training process; their versions stay TRAINING_IN_PROGRESS and are resumed."""
        self._closing = True
        for process in list(self._processes.values()):
            process.kill()
        for thread in list(self._threads.values()):
            thread.join()

    def _follow(self, version: VersionRecord, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        assert process.stdin is not None
        outcome: dict[str, object] = {}
        with process.stdin, process.stdout:
            for line in process.stdout:
                message = json.loads(line)
                if "progress" in message:
                    self._progress[version.arn] = message["progress"]
                else:
                    outcome = message
            process.wait()
        if self._closing:
            return
        shutil.rmtree(self.directory(version) / "pictures", ignore_errors=True)
        self._store.put(self._ended(version, outcome, process.returncode))
        self._progress.pop(version.arn, None)
        self._processes.pop(version.arn, None)
        self._threads.pop(version.arn, None)

    def _ended(self, version: VersionRecord, outcome: dict[str, object], status: int) -> VersionRecord:
        if "evaluation" in outcome:
            done = lifecycle.trained(version, self._now())
            return done.model_copy(update={"evaluation": Evaluation.model_validate(outcome["evaluation"])})
        reason = outcome.get("failed")
        if reason is None:
            lines = (self.directory(version) / "training.log").read_text(errors="replace").split("\n")
            last = next((line for line in reversed(lines) if line.strip()), "no message")
            reason = f"{_SERVICE_ISSUE} (the training process ended with status {status}: {last})"
        return lifecycle.failed(version, self._now(), str(reason))
