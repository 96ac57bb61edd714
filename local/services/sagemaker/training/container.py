"""The files of a training job's container, laid out as SageMaker documents them, and the way to and from S3.

https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html
"""

import io
import json
import shutil
import tarfile
from pathlib import Path

from local.services.sagemaker.errors import JobFailed
from local.services.sagemaker.objects import Objects
from local.services.sagemaker.training.records import TrainingJobRecord


class Container:
    """`root` stands for /opt/ml; what lies in `checkpoints` outlives an attempt."""

    def __init__(self, root: Path, job: TrainingJobRecord, objects: Objects) -> None:
        self.root, self._job, self._objects = root, job, objects

    def prepare(self) -> None:
        """Lay out an attempt's folders and bring every channel; `JobFailed` where there is nothing."""
        for name in ("input", "model", "output"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir(parents=True)
        if "CheckpointConfig" in self._job.request:
            (self.root / "checkpoints").mkdir(exist_ok=True)
        config = self.root / "input" / "config"
        config.mkdir()
        (config / "hyperparameters.json").write_text(json.dumps(self._job.request.get("HyperParameters", {})))
        for channel in self._job.request.get("InputDataConfig", []):
            self._bring(channel["ChannelName"], channel["DataSource"]["S3DataSource"]["S3Uri"])

    def upload(self) -> None:
        """Send what the program left in its model folder to where the job wants it."""
        model = self.root / "model"
        files = sorted(path for path in model.rglob("*") if path.is_file())
        names = [path.relative_to(model).as_posix() for path in files]
        if not self._job.model_uri.endswith(".tar.gz"):
            for path, name in zip(files, names, strict=True):
                self._objects.write(f"{self._job.model_uri}/{name}", path.read_bytes(), _BYTES)
            return
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w:gz") as packed:
            for path, name in zip(files, names, strict=True):
                packed.add(path, name)
        self._objects.write(self._job.model_uri, archive.getvalue(), _BYTES)

    def failure(self) -> str:
        """Return what the program says of its failure; it may say nothing."""
        file = self.root / "output" / "failure"
        return file.read_text(errors="replace").strip() if file.is_file() else ""

    def remove(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def _bring(self, channel: str, uri: str) -> None:
        """Fetch the objects whose keys begin with the URI's, named from its last slash on."""
        folder = self.root / "input" / "data" / channel
        folder.mkdir(parents=True)
        start = uri.rpartition("/")[0] + "/"
        found = self._objects.uris(uri)
        if not found:
            raise JobFailed(f"Data download failed: no object begins with {uri}.")
        for one in found:
            target = (folder / one.removeprefix(start)).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise JobFailed(f"Data download failed: {one} lies outside its channel.")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self._objects.read(one))


_BYTES = "application/octet-stream"
