"""The resource types that the local cloud can realise, one module per service."""

from local.resources import (
    analytics,
    apigateway,
    cloudfront,
    cognito,
    dynamodb,
    event_contracts,
    events,
    functions,
    iam,
    logs,
    monitoring,
    s3,
    sagemaker,
    scheduler,
    sns,
    sqs,
    states,
)
from local.resources.kinds import Kind

KINDS: dict[str, Kind] = (
    s3.KINDS
    | iam.KINDS
    | dynamodb.KINDS
    | sqs.KINDS
    | logs.KINDS
    | events.KINDS
    | states.KINDS
    | scheduler.KINDS
    | functions.KINDS
    | cognito.KINDS
    | apigateway.KINDS
    | cloudfront.KINDS
    | sns.KINDS
    | monitoring.KINDS
    | event_contracts.KINDS
    | sagemaker.KINDS
    | analytics.KINDS
)
