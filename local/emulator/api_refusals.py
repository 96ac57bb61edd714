"""Refusals by IAM in front of an API: MiniStack gives API Gateway's other ones the form that the API asks for
by its gateway responses, and these a form of their own, which no page of another origin may read."""

import json
from typing import Any

from ministack import app
from ministack.core.iam_evaluator import AuthError
from ministack.services import apigateway_v1

_DENIED = "AccessDeniedException"


def build() -> None:
    apigateway_v1._AUTHENTICATION_GATEWAY_ERRORS[_DENIED] = ("ACCESS_DENIED", _DENIED)
    enforce = app._enforce_execute_api

    def in_the_apis_form(
        api_id: str, stage: str, method: str, path: str, headers: Any, query: Any, **more: Any
    ) -> Any:
        refused = enforce(api_id, stage, method, path, headers, query, **more)
        if refused is None:
            return None
        told = json.loads(refused[2])
        if told.get("__type") != _DENIED:
            return refused
        error = AuthError(_DENIED, told["message"])
        return apigateway_v1.authentication_error_response(api_id, stage, error, headers, query) or refused

    app._enforce_execute_api = in_the_apis_form
