"""The API's rights over people, whose pools' ARNs are known only once they are made."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from infra.components.function import Function
from infra.grants import manage_people
from infra.naming import Place
from infra.policies import document


class TeamRights(pulumi.ComponentResource):
    """Lets a function invite, group and remove the people of `pools`."""

    def __init__(
        self,
        place: Place,
        function: Function,
        pools: Sequence[aws.cognito.UserPool],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:TeamRights", "team-rights", None, opts)
        aws.iam.RolePolicy(
            "team-rights",
            name="people",
            role=function.role_name,
            policy=pulumi.Output.all(*(pool.id for pool in pools)).apply(
                lambda ids: document(*manage_people(*(place.user_pool_arn(pool_id) for pool_id in ids)))
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
