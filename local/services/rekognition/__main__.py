"""``python -m local.services.rekognition --port 4580 --state DIR --s3-endpoint URL``: serve until ended."""

import argparse
import logging
import os
import signal
import threading
from pathlib import Path

from local.services.rekognition.context import make_context
from local.services.rekognition.emulator import Emulator
from local.services.rekognition.server import make_server
from local.services.rekognition.settings import Settings

_EMBEDDED = "local.services.rekognition.embedded:EmbeddedEngine"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.services.rekognition", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--state", type=Path, required=True, help="folder for projects and models")
    parser.add_argument("--s3-endpoint", required=True, help="URL of the emulator")
    parser.add_argument(
        "--start-seconds",
        type=float,
        default=os.environ.get("BRANDLENS_START_SECONDS", "3"),
        help="how long a model takes to start or stop; by default $BRANDLENS_START_SECONDS, or 3",
    )
    parser.add_argument(
        "--training-seconds",
        type=float,
        default=os.environ.get("BRANDLENS_TRAINING_SECONDS", "240"),
        help="time budget of one training; by default $BRANDLENS_TRAINING_SECONDS, or 240",
    )
    parser.add_argument("--calls-per-second-per-unit", type=float, default=5)
    parser.add_argument(
        "--engine",
        default=os.environ.get("BRANDLENS_REKOGNITION_ENGINE", _EMBEDDED),
        help=f"module:attribute that trains and detects, $BRANDLENS_REKOGNITION_ENGINE or {_EMBEDDED}",
    )
    given = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    settings = Settings(
        state=given.state,
        aws_endpoint=given.s3_endpoint,
        start_seconds=given.start_seconds,
        training_seconds=given.training_seconds,
        calls_per_second_per_unit=given.calls_per_second_per_unit,
        engine=given.engine,
    )
    emulator = Emulator(settings.aws_endpoint)
    context = make_context(settings, emulator)
    server = make_server(given.port, context, emulator)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: threading.Thread(target=server.shutdown).start())
    context.trainings.resume()
    logging.getLogger("rekognition").info("listening on http://127.0.0.1:%d", server.server_port)
    with server:
        server.serve_forever(poll_interval=0.1)
    context.trainings.close()
    context.store.close()


if __name__ == "__main__":
    main()
