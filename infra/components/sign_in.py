"""Who may sign in to the portal."""

import pulumi
import pulumi_aws as aws

from infra.naming import Place
from infra.settings import Settings

INVITATION_DAYS = 7

_INVITATION = (
    "You are invited to brandlens{where}.<br>Your user name is {{username}}, your temporary password "
    "{{####}}: choose one of your own within {days} days."
)


class SignIn(pulumi.ComponentResource):
    """Makes the user pool of the portal's people, whom only an editor adds, its two groups, the portal's
    client, and the identity pool that gives signed-in people credentials of AWS.

    A person who has forgotten the password gets a code by e-mail. The client has no secret: a page cannot
    keep one. Passwords never travel: the client signs in by SRP.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        origin: pulumi.Input[str] | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:SignIn", "team", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        where = "" if origin is None else pulumi.Output.concat(" at ", origin)
        invitation = pulumi.Output.from_input(where).apply(
            lambda known: _INVITATION.format(where=known, days=INVITATION_DAYS)
        )
        self.pool = aws.cognito.UserPool(
            "team",
            name=place.name("team"),
            username_attributes=["email"],
            username_configuration=aws.cognito.UserPoolUsernameConfigurationArgs(case_sensitive=False),
            auto_verified_attributes=["email"],
            admin_create_user_config=aws.cognito.UserPoolAdminCreateUserConfigArgs(
                allow_admin_create_user_only=True,
                invite_message_template=aws.cognito.UserPoolAdminCreateUserConfigInviteMessageTemplateArgs(
                    email_subject="Your invitation to brandlens",
                    email_message=invitation,
                    sms_message="brandlens: {username}, {####}",
                ),
            ),
            account_recovery_setting=aws.cognito.UserPoolAccountRecoverySettingArgs(
                recovery_mechanisms=[
                    aws.cognito.UserPoolAccountRecoverySettingRecoveryMechanismArgs(
                        name="verified_email", priority=1
                    )
                ]
            ),
            password_policy=aws.cognito.UserPoolPasswordPolicyArgs(
                minimum_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_numbers=True,
                require_symbols=False,
                temporary_password_validity_days=INVITATION_DAYS,
            ),
            mfa_configuration=settings.mfa.upper(),
            software_token_mfa_configuration=None
            if settings.mfa == "off"
            else aws.cognito.UserPoolSoftwareTokenMfaConfigurationArgs(enabled=True),
            opts=child,
        )
        for group, purpose in (("viewer", "May look"), ("editor", "May do everything")):
            aws.cognito.UserGroup(
                group, name=group, description=purpose, user_pool_id=self.pool.id, opts=child
            )
        self.client = aws.cognito.UserPoolClient(
            "portal",
            name=place.name("portal"),
            user_pool_id=self.pool.id,
            generate_secret=False,
            explicit_auth_flows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            prevent_user_existence_errors="ENABLED",
            enable_token_revocation=True,
            access_token_validity=60,
            id_token_validity=60,
            refresh_token_validity=12,
            token_validity_units=aws.cognito.UserPoolClientTokenValidityUnitsArgs(
                access_token="minutes",  # noqa: S106 - a unit of time
                id_token="minutes",  # noqa: S106
                refresh_token="hours",  # noqa: S106
            ),
            opts=child,
        )
        self.provider = self.pool.id.apply(
            lambda pool_id: f"cognito-idp.{place.region}.amazonaws.com/{pool_id}"
        )
        self.identities = aws.cognito.IdentityPool(
            "team",
            identity_pool_name=place.name("team"),
            allow_unauthenticated_identities=False,
            allow_classic_flow=False,
            cognito_identity_providers=[
                aws.cognito.IdentityPoolCognitoIdentityProviderArgs(
                    client_id=self.client.id,
                    provider_name=self.provider,
                    # Whoever was signed out or removed gets no further credentials.
                    server_side_token_check=True,
                )
            ],
            opts=child,
        )
        self.register_outputs({"pool_id": self.pool.id})
