"""Sign-up: MiniStack lets anybody sign up to a user pool to which only an administrator may add people."""

from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito


def build() -> None:
    sign_up = cognito._sign_up

    def where_open(data: dict[str, Any]) -> Any:
        for pool in cognito._user_pools.values():
            if data.get("ClientId") in pool["_clients"] and pool["AdminCreateUserConfig"].get(
                "AllowAdminCreateUserOnly"
            ):
                return error_response_json(
                    "NotAuthorizedException", "SignUp is not permitted for this user pool", 400
                )
        return sign_up(data)

    cognito._sign_up = where_open
