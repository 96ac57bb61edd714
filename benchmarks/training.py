"""What the local cloud adds to a training of 200 labeled pictures, by step: `python -m benchmarks.training`.

Drops pictures drawn as the demo's are, with their annotations, into a project of its own, and looks several
times a second which step the job is at. All but the step in which the model learns is overhead.
"""

import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import report
from brandlens.adapters.transfer import Transfer
from brandlens.cli.batches import plan_batch, upload_batch
from brandlens.cli.cloud import LOCAL, Cloud, open_cloud
from brandlens.cli.follow_training import TRAINING
from brandlens.jobs import JobState
from local import cloud as local_cloud
from local.demo import training
from local.demo.brands import LABELS
from local.demo.footage import CLIPS, fetch
from local.home import default_home

PICTURES = 200
SEED = 77
LOOK_SECONDS = 0.1
UPLOADING = "upload"
BEGINNING = "begin"


def main() -> None:
    local_cloud.up()
    cloud = open_cloud(LOCAL)
    project = f"bench-{datetime.now(UTC):%Y%m%d%H%M%S}"
    cloud.projects.create(
        project, LABELS, label_type="object", detector="rekognition", min_f1=0, now=datetime.now(UTC)
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            seconds = measure(cloud, project, Path(folder))
    finally:
        cloud.projects.delete(project)
    for step, lasted in seconds.items():
        print(f"{step}: {lasted:.1f} s")
    overhead = sum(lasted for step, lasted in seconds.items() if step != TRAINING)
    report(f"seconds around the training on {PICTURES} labeled pictures", overhead, 20)


def measure(cloud: Cloud, project: str, folder: Path) -> dict[str, float]:
    """Teach `project` and return the seconds that each step took, in order."""
    footage = default_home().path.parent / "demo" / "footage"
    clips = {clip: fetch(clip, footage) for clip in CLIPS}
    annotations = training.make(folder, clips, SEED, lambda: None, PICTURES)
    batch = plan_batch([folder], annotations, project=project, labels=LABELS, label_type="object")
    seconds: dict[str, float] = defaultdict(float)
    looked = time.perf_counter()
    job_id = upload_batch(
        batch, (), Transfer(cloud.outputs.media_bucket), lambda _what, _done, _total: None
    ).job_id
    step = UPLOADING
    while True:
        now = time.perf_counter()
        seconds[step] += now - looked
        looked = now
        record = cloud.jobs.get(job_id)
        if record is not None and record.state.is_terminal:
            if record.state is not JobState.SUCCEEDED:
                raise RuntimeError(record.error.message if record.error else record.state)
            return dict(seconds)
        step = (record and record.step) or BEGINNING
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    main()
