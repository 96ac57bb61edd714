"""The service as a server."""

from functools import partial

from local.services.aws_json.server import Api, ApiServer
from local.services.aws_json.signature import Callers
from local.services.rekognition.context import Context
from local.services.rekognition.emulator import Emulator
from local.services.rekognition.operations import OPERATIONS, WIRE


def make_server(port: int, context: Context, emulator: Emulator) -> ApiServer:
    """Return the service, ready to serve; GET /health tells the state of every model."""

    def health() -> dict[str, dict[str, str]]:
        return {"models": {version.arn: version.status for version in context.versions_below("")}}

    operations = {name: partial(operation, context) for name, operation in OPERATIONS.items()}
    callers = Callers(WIRE.service, emulator.account_of)
    return ApiServer(port, Api(WIRE, callers, operations, health))
