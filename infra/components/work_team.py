"""The people who label, where the account has none yet."""

import pulumi
import pulumi_aws as aws

from brandlens.labeling.invitation import SUBJECT, invitation
from infra.components.function import Function
from infra.components.sign_in import INVITATION_DAYS
from infra.naming import Place
from infra.policies import allow_service, document, refuse_plaintext


class WorkTeam(pulumi.ComponentResource):
    """Makes a private workforce of Cognito users, whom only an editor adds, one team of it, and the topic by
    which they are told that there is something to label.

    Their invitations are worded by the function `inviting`: the page's address is known only once there is a
    workforce, which needs the pool that sends them. A region of an account has one private workforce at most:
    https://docs.aws.amazon.com/sagemaker/latest/dg/sms-workforce-private.html.
    """

    def __init__(self, place: Place, inviting: Function, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:WorkTeam", "labelers", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        name = place.name("labelers")
        pool = aws.cognito.UserPool(
            "labelers",
            name=name,
            admin_create_user_config=aws.cognito.UserPoolAdminCreateUserConfigArgs(
                allow_admin_create_user_only=True,
                invite_message_template=aws.cognito.UserPoolAdminCreateUserConfigInviteMessageTemplateArgs(
                    email_subject=SUBJECT,
                    email_message=invitation(None, user="{username}", code="{####}", days=INVITATION_DAYS),
                    sms_message="brandlens: {username}, {####}",
                ),
            ),
            lambda_config=aws.cognito.UserPoolLambdaConfigArgs(custom_message=inviting.arn),
            auto_verified_attributes=["email"],
            username_attributes=["email"],
            username_configuration=aws.cognito.UserPoolUsernameConfigurationArgs(case_sensitive=False),
            password_policy=aws.cognito.UserPoolPasswordPolicyArgs(
                minimum_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_numbers=True,
                require_symbols=True,
                temporary_password_validity_days=INVITATION_DAYS,
            ),
            opts=child,
        )
        aws.lambda_.Permission(
            "labelers",
            statement_id="labelers",
            function=inviting.function.name,
            action="lambda:InvokeFunction",
            principal="cognito-idp.amazonaws.com",
            source_arn=pool.id.apply(place.user_pool_arn),
            opts=child,
        )
        aws.cognito.UserPoolDomain(
            "labelers", domain=f"{name}-{place.account}", user_pool_id=pool.id, opts=child
        )
        client = aws.cognito.UserPoolClient(
            "labelers",
            name=name,
            user_pool_id=pool.id,
            generate_secret=True,
            allowed_oauth_flows=["code", "implicit"],
            allowed_oauth_flows_user_pool_client=True,
            allowed_oauth_scopes=["email", "openid", "profile"],
            supported_identity_providers=["COGNITO"],
            # The workforce writes the address of its portal here once it has one.
            callback_urls=["https://localhost/"],
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["callbackUrls", "logoutUrls"]),
        )
        topic = aws.sns.Topic(
            "labeling-notices",
            name=place.name("labeling-notices"),
            display_name="brandlens",
            # SageMaker publishes in its own name, so an AWS managed key would refuse it.
            opts=child,
        )
        notices = place.arn("sns", place.name("labeling-notices"))
        aws.sns.TopicPolicy(
            "labeling-notices",
            arn=topic.arn,
            policy=document(
                allow_service(
                    "sagemaker.amazonaws.com",
                    "sns:Publish",
                    on=notices,
                    when={"StringEquals": {"aws:SourceAccount": place.account}},
                ),
                refuse_plaintext(notices, actions="sns:Publish"),
            ),
            opts=child,
        )
        group = aws.cognito.UserGroup("labelers", name=name, user_pool_id=pool.id, opts=child)
        workforce = aws.sagemaker.Workforce(
            "labelers",
            workforce_name=name,
            cognito_config=aws.sagemaker.WorkforceCognitoConfigArgs(client_id=client.id, user_pool=pool.id),
            opts=child,
        )
        self.team = aws.sagemaker.Workteam(
            "labelers",
            workteam_name=name,
            workforce_name=workforce.workforce_name,
            description="They label pictures for brandlens",
            notification_configuration=aws.sagemaker.WorkteamNotificationConfigurationArgs(
                notification_topic_arn=topic.arn
            ),
            member_definitions=[
                aws.sagemaker.WorkteamMemberDefinitionArgs(
                    cognito_member_definition=aws.sagemaker.WorkteamMemberDefinitionCognitoMemberDefinitionArgs(
                        client_id=client.id, user_group=group.name, user_pool=pool.id
                    )
                )
            ],
            opts=child,
        )
        self.pool = pool
        self.register_outputs({"arn": self.team.arn})
