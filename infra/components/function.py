"""One Lambda function with everything that is its own."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from infra.components.dead_letters import DeadLetters
from infra.environment import environment
from infra.function_spec import FunctionSpec
from infra.grants import use_key
from infra.naming import Place
from infra.policies import TRACING, allow, document, trust
from infra.settings import Settings

ASYNC_RETRIES = 2
ASYNC_MAX_AGE_SECONDS = 6 * 3600
"""Lambda's longest: a function without its dependencies for some hours still handles what came meanwhile."""


class Function(pulumi.ComponentResource):
    """Makes the role with its policy, the log group, the function and where its failed events go.

    `image` is the URI in Amazon ECR of the image that all functions share, `values` those of the variables
    that functions may be given.
    """

    def __init__(
        self,
        place: Place,
        settings: Settings,
        spec: FunctionSpec,
        image: pulumi.Input[str],
        values: Mapping[str, pulumi.Input[str]],
        dead_letters: DeadLetters,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:Function", spec.name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        name = place.name(spec.name)
        log_group = aws.cloudwatch.LogGroup(
            spec.name,
            name=place.function_log_group(spec.name),
            retention_in_days=settings.retention_days,
            opts=child,
        )
        role = aws.iam.Role(
            spec.name, name=name, assume_role_policy=trust("lambda.amazonaws.com"), opts=child
        )
        policy = aws.iam.RolePolicy(
            spec.name,
            name="rights",
            role=role.name,
            policy=document(
                *spec.rights(place),
                *use_key(place, settings.kms),
                allow(
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                    on=place.log_group_arn(place.function_log_group(spec.name)),
                ),
                allow("sqs:SendMessage", on=dead_letters.arn),
                TRACING,
            ),
            opts=child,
        )
        self.function = aws.lambda_.Function(
            spec.name,
            name=name,
            role=role.arn,
            package_type="Image",
            image_uri=image,
            image_config=aws.lambda_.FunctionImageConfigArgs(
                commands=[f"functions.{spec.name}.handler.lambda_handler"]
            ),
            architectures=[settings.architecture],
            memory_size=spec.memory_mb,
            timeout=spec.timeout_seconds,
            tracing_config=aws.lambda_.FunctionTracingConfigArgs(mode="Active"),
            environment=aws.lambda_.FunctionEnvironmentArgs(
                variables=environment(spec, values, settings, place)
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, log_group]),
        )
        aws.lambda_.FunctionEventInvokeConfig(
            spec.name,
            function_name=self.function.name,
            maximum_retry_attempts=ASYNC_RETRIES,
            maximum_event_age_in_seconds=ASYNC_MAX_AGE_SECONDS,
            destination_config=aws.lambda_.FunctionEventInvokeConfigDestinationConfigArgs(
                on_failure=aws.lambda_.FunctionEventInvokeConfigDestinationConfigOnFailureArgs(
                    destination=dead_letters.queue.arn
                )
            ),
            opts=child,
        )
        self.arn = self.function.arn
        self.role_name = role.name
        self.register_outputs({"arn": self.arn})
