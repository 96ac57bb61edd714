"""``python -m local.services.sagemaker --port 4590 --state DIR …``: serve until ended."""

import argparse
import logging
import signal
import threading
from pathlib import Path

from local.services.aws_json.emulated_account import EmulatedAccount
from local.services.aws_json.server import utc_now
from local.services.sagemaker.context import Context
from local.services.sagemaker.events import Events
from local.services.sagemaker.keeper import Keeper
from local.services.sagemaker.notices import Notices
from local.services.sagemaker.objects import Objects
from local.services.sagemaker.server import make_server
from local.services.sagemaker.store import Store
from local.services.sagemaker.training.jobs import TrainingJobs


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.services.sagemaker", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--state", type=Path, required=True, help="folder for jobs and labels")
    parser.add_argument("--packages", type=Path, required=True, help="folder for files out of npm packages")
    parser.add_argument("--aws-endpoint", required=True, help="URL of the emulator")
    parser.add_argument("--event-source", required=True, help="source of the state-change event")
    parser.add_argument(
        "--start-seconds", type=float, default=1, help="how long a job takes to start or stop, at least"
    )
    given = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    account = EmulatedAccount(given.aws_endpoint)
    store = Store(given.state / "sagemaker.sqlite")
    objects = Objects(account.client("s3"))
    events = Events(account.client("events"), given.event_source)
    site = f"127.0.0.1:{given.port}"
    notices = Notices(account.client("sns"), store, site)
    keeper = Keeper(store, objects, events, notices, utc_now, given.start_seconds)
    trainings = TrainingJobs(store, objects, given.state / "training", utc_now)
    context = Context(store, objects, site, given.packages, utc_now, trainings)
    server = make_server(given.port, context, account)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: threading.Thread(target=server.shutdown).start())
    keeper.start()
    trainings.resume()
    logging.getLogger("sagemaker").info("listening on http://127.0.0.1:%d", server.server_port)
    with server:
        server.serve_forever(poll_interval=0.1)
    keeper.close()
    trainings.close()
    store.close()


if __name__ == "__main__":
    main()
