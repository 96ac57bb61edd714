"""Who may sign in, and what that lets them do: API Gateway's methods are the table of routes, no more."""

import json
from fnmatch import fnmatchcase

import pytest

from brandlens.api.routes import ROUTES
from functions.api.app import make_app
from tests.infra.recording import ACCOUNT, REGION, Program, evaluate

ORIGIN = "https://brands.example.com"


@pytest.fixture(scope="module")
def with_portal() -> Program:
    return evaluate(portal_origin=ORIGIN, mfa="on")


def definition(program: Program) -> dict[str, dict[str, dict[str, object]]]:
    paths: dict[str, dict[str, dict[str, object]]] = json.loads(
        program.one("aws:apigateway/restApi:RestApi", "api").inputs["body"]
    )["paths"]
    return paths


def test_api_gateways_methods_are_the_apps_own_routes(dev: Program) -> None:
    def never() -> object:
        raise AssertionError("nothing is called")

    app = make_app(never, origin="")  # type: ignore[arg-type]
    registered = {(method, path) for path, methods in app.routes.items() for method in methods}
    deployed = {(method.upper(), path) for path, methods in definition(dev).items() for method in methods}

    assert deployed == registered == {(route.method, route.path) for route in ROUTES}


def test_every_method_is_guarded_by_iam_and_answered_by_the_api_function(with_portal: Program) -> None:
    for methods in definition(with_portal).values():
        for method, operation in methods.items():
            integration = operation["x-amazon-apigateway-integration"]
            assert isinstance(integration, dict)
            if method == "options":
                assert integration["type"] == "mock"
                assert "security" not in operation
            else:
                assert operation["security"] == [{"sigv4": []}]
                assert integration["type"] == "aws_proxy"
                assert ":function:brandlens-dev-api/invocations" in integration["uri"]


def test_pages_of_the_portals_origin_may_call_and_no_others(dev: Program, with_portal: Program) -> None:
    text = json.dumps(definition(with_portal))

    assert ORIGIN in text
    assert "'*'" not in text
    assert not any("options" in methods for methods in definition(dev).values())
    rules = with_portal.one("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "labeling").inputs
    assert [rule["allowedOrigins"] for rule in rules["corsRules"] if "PUT" in rule["allowedMethods"]] == [
        [ORIGIN]
    ]


@pytest.mark.parametrize("group", ["viewer", "editor"])
def test_a_group_may_call_its_routes_and_do_nothing_else(group: str, dev: Program) -> None:
    policy = json.loads(dev.one("aws:iam/rolePolicy:RolePolicy", f"portal-{group}").inputs["policy"])
    (statement,) = policy["Statement"]
    prefix = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:api-id/v1/"

    assert statement["Action"] == ["execute-api:Invoke"]
    assert all(resource.startswith(prefix) for resource in statement["Resource"])
    for route in ROUTES:
        called = prefix + route.method + route.path.replace("{", "").replace("}", "")
        allowed = any(fnmatchcase(called, resource) for resource in statement["Resource"])
        assert allowed == (group == "editor" or route.group == "viewer"), route.name


def test_only_people_signed_in_to_this_identity_pool_get_a_role(dev: Program) -> None:
    for group in ("viewer", "editor"):
        role = dev.one("aws:iam/role:Role", f"portal-{group}").inputs
        (trusted,) = json.loads(role["assumeRolePolicy"])["Statement"]
        assert trusted["Action"] == ["sts:AssumeRoleWithWebIdentity"]
        assert trusted["Condition"] == {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": "team-id"},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "authenticated"},
        }
    attached = dev.one("aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment", "portal").inputs
    (mapping,) = attached["roleMappings"]
    assert mapping["ambiguousRoleResolution"] == "Deny"
    assert [(rule["value"], rule["roleArn"].rpartition("-")[2]) for rule in mapping["mappingRules"]] == [
        ("editor", "editor"), ("viewer", "viewer"),
    ]  # fmt: skip


def test_nobody_signs_up_by_themselves(dev: Program) -> None:
    for pool in dev.of("aws:cognito/userPool:UserPool"):
        assert pool.inputs["adminCreateUserConfig"]["allowAdminCreateUserOnly"] is True
    identities = dev.one("aws:cognito/identityPool:IdentityPool", "team").inputs
    assert identities["allowUnauthenticatedIdentities"] is False
    assert identities["allowClassicFlow"] is False


def test_passwords_never_travel_and_a_page_keeps_no_secret(dev: Program) -> None:
    client = dev.one("aws:cognito/userPoolClient:UserPoolClient", "portal").inputs

    assert client["generateSecret"] is False
    assert set(client["explicitAuthFlows"]) == {"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}
    assert client["preventUserExistenceErrors"] == "ENABLED"


def test_a_second_factor_is_as_the_settings_say(dev: Program, with_portal: Program) -> None:
    assert dev.one("aws:cognito/userPool:UserPool", "team").inputs["mfaConfiguration"] == "OPTIONAL"
    assert with_portal.one("aws:cognito/userPool:UserPool", "team").inputs["mfaConfiguration"] == "ON"


def test_the_api_reaches_the_people_of_its_own_pools_only(dev: Program) -> None:
    policy = json.loads(dev.one("aws:iam/rolePolicy:RolePolicy", "team-rights").inputs["policy"])
    (statement,) = policy["Statement"]

    assert {action.split(":")[0] for action in statement["Action"]} == {"cognito-idp"}
    assert set(statement["Resource"]) == {
        f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/team-id",
        f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/labelers-id",
    }
