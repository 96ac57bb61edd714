"""The Chalice app, made of the table of routes and the views."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from chalice.app import Chalice, CORSConfig, IAMAuthorizer, Request, Response

from brandlens.api.problems import Problem, problem_of
from brandlens.api.routes import ROUTES, SIGNED_HEADERS, Route
from brandlens.errors import BrandlensError
from functions.api.call import Call, caller_of, read_body, read_path, read_query, require_group
from functions.api.deps import Deps
from functions.api.operations import VIEWS, View
from functions.runtime import logger

_HEADERS: dict[str, str | list[str]] = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
"""Answers may hold presigned URLs, which are credentials: nothing keeps them."""


def make_app(deps: Callable[[], Deps], *, origin: str) -> Chalice:
    """Register every route with its view. `origin` is the one whose pages may call, empty for none."""
    # Chalice writes what it runs in into its environment; ours stays as Lambda made it.
    app = Chalice(app_name="brandlens", configure_logs=False, env={})
    cors = CORSConfig(allow_origin=origin, allow_headers=list(SIGNED_HEADERS)) if origin else False
    for route in ROUTES:
        app.route(route.path, methods=[route.method], name=route.name, authorizer=IAMAuthorizer(), cors=cors)(
            _answering(app, route, VIEWS[route.name], deps)
        )
    app.middleware("http")(_in_one_form)
    return app


def _answering(app: Chalice, route: Route, view: View, deps: Callable[[], Deps]) -> Callable[..., Response]:
    def answer(**path: str) -> Response:
        request = app.current_request
        assert request is not None
        try:
            given = deps()
            caller = caller_of(
                request.context["identity"],
                viewer_role=given.settings.viewer_role,
                editor_role=given.settings.editor_role,
            )
            require_group(route, caller)
            call = Call(
                caller=caller,
                path=read_path(path),
                query=read_query(route, _multi(request)),
                body=read_body(route, _raw(request)),
                now=datetime.now(UTC),
            )
            made = view(call, given)
        except Exception as error:  # every error has the one form, whatever it is
            return _refusal(error, request.context["requestId"])
        return Response("" if made is None else made.model_dump_json(), dict(_HEADERS), route.status.value)

    answer.__name__ = route.name
    return answer


def _raw(request: Request) -> bytes:
    body = request.raw_body
    return body if isinstance(body, bytes) else body.encode()


def _multi(request: Request) -> dict[str, list[str]]:
    """Return the query as API Gateway gives it: every value of every name."""
    given: dict[str, list[str]] | None = request.to_original_event()["multiValueQueryStringParameters"]
    return given or {}


def _refusal(error: Exception, request_id: str) -> Response:
    status, problem = problem_of(error, request_id)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # An error of ours explains itself; a stack trace is for what we did not foresee.
        foreseen = isinstance(error, BrandlensError)
        logger.error(
            str(error) if foreseen else "failed unexpectedly",
            exc_info=not foreseen,
            extra={"error": type(error).__name__},
        )
    return Response(problem.model_dump_json(), dict(_HEADERS), status.value)


def _in_one_form(request: Any, get_response: Callable[[Any], Response]) -> Response:
    """Give what Chalice itself refuses, such as a body of another type, the form of our errors."""
    response = get_response(request)
    if isinstance(response.body, dict) and "Code" in response.body:
        problem = Problem(
            code=response.body["Code"],
            message=response.body["Message"],
            request_id=request.context["requestId"] if request else "",
        )
        response.body = problem.model_dump_json()
        response.headers |= _HEADERS
    return response
