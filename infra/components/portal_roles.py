"""What the portal's people may do in AWS: call the API's methods of their group, and nothing else.

What they upload and read of results travels by URLs that the API signs, one object each: no role of theirs
opens a bucket.
"""

import pulumi
import pulumi_aws as aws

from brandlens.api.routes import Group
from infra.components.http_api import HttpApi
from infra.components.sign_in import SignIn
from infra.naming import Place
from infra.policies import allow, document, trust_identities
from infra.rest_api import invocations

GROUPS: tuple[Group, ...] = ("editor", "viewer")
"""The one with more rights first: it counts for a person in both."""


class PortalRoles(pulumi.ComponentResource):
    """Makes a role for each group, and has the identity pool choose by the groups in a person's token.

    A person in no group gets no credentials.
    """

    def __init__(
        self,
        place: Place,
        sign_in: SignIn,
        api: HttpApi,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:PortalRoles", "portal", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        roles = {group: self._role(place, group, sign_in, api, child) for group in GROUPS}
        aws.cognito.IdentityPoolRoleAttachment(
            "portal",
            identity_pool_id=sign_in.identities.id,
            roles={"authenticated": roles["viewer"].arn},
            role_mappings=[
                aws.cognito.IdentityPoolRoleAttachmentRoleMappingArgs(
                    identity_provider=pulumi.Output.concat(sign_in.provider, ":", sign_in.client.id),
                    type="Rules",
                    ambiguous_role_resolution="Deny",
                    mapping_rules=[
                        aws.cognito.IdentityPoolRoleAttachmentRoleMappingMappingRuleArgs(
                            claim="cognito:groups",
                            match_type="Contains",
                            value=group,
                            role_arn=roles[group].arn,
                        )
                        for group in GROUPS
                    ],
                )
            ],
            opts=child,
        )
        self.register_outputs({})

    def _role(
        self, place: Place, group: Group, sign_in: SignIn, api: HttpApi, child: pulumi.ResourceOptions
    ) -> aws.iam.Role:
        role = aws.iam.Role(
            f"portal-{group}",
            name=place.name(group),
            assume_role_policy=sign_in.identities.id.apply(trust_identities),
            opts=child,
        )
        aws.iam.RolePolicy(
            f"portal-{group}",
            name="rights",
            role=role.name,
            policy=api.id.apply(
                lambda api_id: document(allow("execute-api:Invoke", on=invocations(place, api_id, group)))
            ),
            opts=child,
        )
        return role
