"""The service as a server: the API and the worker page on one port."""

from functools import partial

from local.services.aws_json.emulated_account import EmulatedAccount
from local.services.aws_json.errors import ServiceError
from local.services.aws_json.server import Api, ApiHandler, ApiServer
from local.services.aws_json.signature import Callers
from local.services.sagemaker.context import Context
from local.services.sagemaker.operations import OPERATIONS, WIRE
from local.services.sagemaker.page_routes import PageRoutes
from local.services.sagemaker.records import LabelingJobRecord
from local.services.sagemaker.training.records import TrainingJobRecord


class _Handler(ApiHandler):
    server: "LabelingServer"

    def do_GET(self) -> None:  # noqa: N802 - http.server's name
        if self.path == "/health":
            super().do_GET()
        else:
            self._page()

    def do_POST(self) -> None:  # noqa: N802 - http.server's name
        if "X-Amz-Target" in self.headers:
            super().do_POST()
        else:
            self._page()

    def do_PUT(self) -> None:  # noqa: N802 - http.server's name
        self._page()

    def _page(self) -> None:
        try:
            body = self.read_body()
        except ServiceError as error:
            self.answer(error.http_status, b"{}")
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.routes.reply(self.command, self.path, headers, body)
        self.answer(reply.status, reply.body, reply.content_type, reply.headers)


class LabelingServer(ApiServer):
    def __init__(self, port: int, api: Api, routes: PageRoutes) -> None:
        self.routes = routes
        super().__init__(port, api, _Handler)


def make_server(port: int, context: Context, account: EmulatedAccount) -> LabelingServer:
    """Return the service, ready to serve; GET /health tells the state of every job."""

    def health() -> dict[str, dict[str, str]]:
        jobs: list[LabelingJobRecord | TrainingJobRecord] = [
            *context.store.every(LabelingJobRecord),
            *context.store.every(TrainingJobRecord),
        ]
        return {"jobs": {job.arn: job.status for job in jobs}}

    operations = {name: partial(operation, context) for name, operation in OPERATIONS.items()}
    callers = Callers(WIRE.service, account.account_of)
    return LabelingServer(port, Api(WIRE, callers, operations, health), PageRoutes(context))
