import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from brandlens.api.openapi import document
from brandlens.api.problems import problem_of, status_of
from brandlens.api.routes import ROUTES
from brandlens.errors import BrandlensError, leaves


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    text = json.dumps(document())
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_every_route_is_one_operation_of_the_document(openapi: dict[str, Any]) -> None:
    operations = {
        (method.upper(), path, operation["operationId"])
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    }
    assert operations == {(route.method, route.path, route.name) for route in ROUTES}
    assert len({route.name for route in ROUTES}) == len(ROUTES)


def test_every_schema_of_the_document_is_one(openapi: dict[str, Any]) -> None:
    for schema in openapi["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_of_the_document_leads_somewhere(openapi: dict[str, Any]) -> None:
    def references(node: Any) -> set[str]:
        if isinstance(node, list):
            return set().union(*map(references, node))
        if not isinstance(node, dict):
            return set()
        own = {node["$ref"]} if "$ref" in node else set()
        return own.union(*map(references, node.values()))

    found = references(openapi)
    assert found
    for reference in found:
        place: Any = openapi
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_what_an_answer_always_holds_is_required(openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]
    assert set(schemas["JobItem"]["required"]) == set(schemas["JobItem"]["properties"])
    assert schemas["NewProject"]["required"] == ["name", "labels"]


def test_the_committed_document_is_that_of_the_routes(openapi: dict[str, Any]) -> None:
    committed = Path(__file__).parents[2] / "schemas" / "openapi.json"
    assert json.loads(committed.read_text("utf-8")) == openapi, "run `make schemas` and commit the result"


@pytest.mark.parametrize("leaf", list(leaves()), ids=lambda leaf: leaf.__name__)
def test_an_error_that_is_our_own_fault_tells_a_caller_nothing_of_itself(leaf: type[BrandlensError]) -> None:
    error = leaf("a secret thing", "of a secret reason")
    status, problem = problem_of(error, "r-1")
    assert status == status_of(error)
    assert problem.request_id == "r-1"
    assert ("secret" in problem.message) == (status < 500 or status == 503)
    assert (problem.code == leaf.__name__) == ("secret" in problem.message)
