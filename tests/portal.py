"""The portal's people in a local cloud: they sign in as a browser does, and call the API."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from pycognito.aws_srp import AWSSRP
from pycognito.exceptions import ForceChangePasswordException

from local.cloud import LocalCloud
from tests.cloud import client

TEMPORARY, OWN = "Temporary-pass-1", "Correct-horse-battery-1"


class Signed(requests.auth.AuthBase):
    """Signs requests to the API, version 4."""

    def __init__(self, credentials: Credentials, region: str) -> None:
        self._signer = SigV4Auth(credentials, "execute-api", region)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        signed = AWSRequest(request.method, request.url, data=request.body)
        self._signer.add_auth(signed)
        request.headers.update(dict(signed.headers))
        return request


@dataclass(frozen=True)
class ApiCaller:
    """Somebody who calls the API of `cloud`."""

    cloud: LocalCloud
    credentials: Credentials

    @property
    def auth(self) -> Signed:
        return Signed(self.credentials, self.cloud.region)

    def call(
        self, method: str, path: str, body: Any = None, *, query: Mapping[str, Any] | None = None
    ) -> requests.Response:
        return requests.request(
            method,
            self.cloud.outputs["api_url"] + path,
            data=None if body is None else json.dumps(body),
            params=query,
            headers={"Content-Type": "application/json"},
            auth=self.auth,
            timeout=30,
        )


def developer(cloud: LocalCloud) -> ApiCaller:
    """Whoever administers the local cloud: an IAM user, no person of the portal."""
    return ApiCaller(cloud, Credentials(cloud.access_key_id, cloud.secret_access_key))


def invited(cloud: LocalCloud, email: str, role: str) -> None:
    """Have a person be invited, with a temporary password that we know."""
    answer = developer(cloud).call("POST", "/team/members", {"email": email, "role": role})
    assert answer.status_code == 201, answer.text
    client(cloud, "cognito-idp").admin_set_user_password(
        UserPoolId=cloud.outputs["user_pool_id"], Username=email, Password=TEMPORARY, Permanent=False
    )


def id_token(cloud: LocalCloud, email: str, password: str = OWN) -> str:
    """Sign in by SRP; `ForceChangePasswordException` for a temporary password."""
    tokens = _srp(cloud, email, password).authenticate_user()
    return str(tokens["AuthenticationResult"]["IdToken"])


def new_password(cloud: LocalCloud, email: str, temporary: str = TEMPORARY) -> None:
    """Sign in for the first time, which asks for a password of one's own."""
    try:
        id_token(cloud, email, temporary)
    except ForceChangePasswordException:
        _srp(cloud, email, temporary).set_new_password_challenge(OWN)
    else:
        raise AssertionError("a temporary password was good enough")


def signed_in(cloud: LocalCloud, email: str) -> ApiCaller:
    """Sign in, and get credentials from the identity pool."""
    provider = f"cognito-idp.{cloud.region}.amazonaws.com/{cloud.outputs['user_pool_id']}"
    logins = {provider: id_token(cloud, email)}
    identities = client(cloud, "cognito-identity")
    identity = identities.get_id(IdentityPoolId=cloud.outputs["identity_pool_id"], Logins=logins)
    given = identities.get_credentials_for_identity(IdentityId=identity["IdentityId"], Logins=logins)
    keys = given["Credentials"]
    return ApiCaller(cloud, Credentials(keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"]))


def member(cloud: LocalCloud, email: str, role: str) -> ApiCaller:
    """Have a new person of the team be signed in."""
    invited(cloud, email, role)
    new_password(cloud, email)
    return signed_in(cloud, email)


def _srp(cloud: LocalCloud, email: str, password: str) -> AWSSRP:
    return AWSSRP(
        username=email,
        password=password,
        pool_id=cloud.outputs["user_pool_id"],
        client_id=cloud.outputs["user_pool_client_id"],
        client=client(cloud, "cognito-idp"),
    )
