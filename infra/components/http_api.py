"""The HTTP API in API Gateway."""

import hashlib

import pulumi
import pulumi_aws as aws

from infra.components.function import Function
from infra.naming import Place
from infra.rest_api import STAGE, body

RATE_PER_SECOND, BURST = 100, 200
"""Calls that all people and programs together may make; one more is told to come back."""


class HttpApi(pulumi.ComponentResource):
    """Makes the REST API of the table of routes, its one stage, and lets it call the function `api`.

    `origin` is the one whose pages may call, None for none.
    """

    def __init__(
        self,
        place: Place,
        function: Function,
        origin: pulumi.Input[str] | None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("brandlens:infra:HttpApi", "api", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        asked_from = pulumi.Output.from_input("" if origin is None else origin)
        definition = asked_from.apply(lambda known: body(place, place.function_arn("api"), known))
        api = aws.apigateway.RestApi(
            "api",
            name=place.name("api"),
            body=definition,
            endpoint_configuration=aws.apigateway.RestApiEndpointConfigurationArgs(types="REGIONAL"),
            minimum_compression_size="1024",
            opts=child,
        )
        aws.lambda_.Permission(
            "api",
            statement_id="api",
            function=function.function.name,
            action="lambda:InvokeFunction",
            principal="apigateway.amazonaws.com",
            source_arn=api.id.apply(lambda api_id: place.arn("execute-api", f"{api_id}/*")),
            opts=child,
        )
        deployment = aws.apigateway.Deployment(
            "api",
            rest_api=api.id,
            # A deployment is a snapshot: another definition needs another.
            triggers={"definition": definition.apply(lambda text: hashlib.sha256(text.encode()).hexdigest())},
            opts=child,
        )
        stage = aws.apigateway.Stage(
            "api",
            rest_api=api.id,
            deployment=deployment.id,
            stage_name=STAGE,
            xray_tracing_enabled=True,
            opts=child,
        )
        aws.apigateway.MethodSettings(
            "api",
            rest_api=api.id,
            stage_name=stage.stage_name,
            method_path="*/*",
            settings=aws.apigateway.MethodSettingsSettingsArgs(
                throttling_rate_limit=RATE_PER_SECOND, throttling_burst_limit=BURST, metrics_enabled=True
            ),
            opts=child,
        )
        self.id = api.id
        self.url = stage.invoke_url
        self.register_outputs({"url": self.url})
