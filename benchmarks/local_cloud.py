"""What the local cloud costs: seconds from a picture's drop to its event. `python -m benchmarks.local_cloud`.

Asks the model of the demo's project, so `make demo` comes first. The first pictures start the model and the
functions and are not counted.
"""

import json
import time
from pathlib import Path
from statistics import median

from benchmarks.figures import report
from brandlens.adapters.transfer import Transfer
from brandlens.cli.cloud import LOCAL, open_cloud
from brandlens.errors import NoTrainedModel
from brandlens.jobs import job_id_for
from local import cloud as local_cloud
from local.home import default_home

PROJECT = "demo"
WARM_UP, COUNTED = 2, 7
LIMIT_SECONDS = 60


def main() -> None:
    local_cloud.up()
    cloud = open_cloud(LOCAL)
    project = cloud.projects.get(PROJECT)
    if project is None or project.active_model is None:
        raise NoTrainedModel(
            "The local cloud cannot be measured", "no model is trained", "Run `make demo` first"
        )
    transfer = Transfer(cloud.outputs.media_bucket)
    picture = next((default_home().path.parent / "demo").glob("v*/pictures/bridge-morning.png"))
    seconds = [drop_to_event(transfer, picture) for _ in range(WARM_UP + COUNTED)][WARM_UP:]
    print("seconds from drop to event:", *(f"{each:.2f}" for each in seconds))
    report("seconds from drop to event, one picture, the model running", median(seconds), 2)


def drop_to_event(transfer: Transfer, picture: Path) -> float:
    """Drop the picture and return the seconds until its terminal event is in the event log."""
    started = time.perf_counter()
    with default_home().events.open() as events:
        events.seek(0, 2)
        source = transfer.upload(
            picture, f"inbox/{PROJECT}/analyze/bench/{picture.name}", sent=lambda _: None
        )
        job_id = job_id_for(source)
        line = ""
        while time.perf_counter() - started < LIMIT_SECONDS:
            line += events.readline()
            if not line.endswith("\n"):
                time.sleep(0.01)
                continue
            event, line = json.loads(line), ""
            if event["detail"]["job_id"] == job_id and event["detail-type"] != "Analysis Started":
                if event["detail-type"] == "Analysis Failed":
                    raise RuntimeError(event["detail"]["error"]["message"])
                if event["detail-type"] == "Analysis Completed":
                    return time.perf_counter() - started
    raise TimeoutError(f"no event within {LIMIT_SECONDS} s")


if __name__ == "__main__":
    main()
