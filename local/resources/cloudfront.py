"""CloudFront: the emulator keeps what is configured; `local/services/portal` serves by it."""

from typing import Any

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, pascal


def put_access(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("cloudfront"), inputs["name"]
    listed = client.list_origin_access_controls()["OriginAccessControlList"].get("Items", [])
    for access in listed:
        if access["Name"] == name:
            return Made(access["Id"])
    config = {
        "Name": name,
        "OriginAccessControlOriginType": inputs["originAccessControlOriginType"],
        "SigningBehavior": inputs["signingBehavior"],
        "SigningProtocol": inputs["signingProtocol"],
    }
    made = client.create_origin_access_control(OriginAccessControlConfig=config)
    return Made(made["OriginAccessControl"]["Id"])


def delete_access(aws: Aws, access_id: str, _inputs: Inputs) -> None:
    client = aws.client("cloudfront")
    client.delete_origin_access_control(
        Id=access_id, IfMatch=_tag(client.get_origin_access_control(Id=access_id))
    )


def put_headers(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("cloudfront"), inputs["name"]
    custom = inputs["customHeadersConfig"]["items"]
    config = {
        "Name": name,
        "SecurityHeadersConfig": pascal(inputs["securityHeadersConfig"]),
        "CustomHeadersConfig": _items([pascal(item) for item in custom]),
    }
    listed = client.list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"].get(
        "Items", []
    )
    for policy in listed:
        there = policy["ResponseHeadersPolicy"]
        if there["ResponseHeadersPolicyConfig"]["Name"] == name:
            tag = _tag(client.get_response_headers_policy(Id=there["Id"]))
            client.update_response_headers_policy(
                Id=there["Id"], IfMatch=tag, ResponseHeadersPolicyConfig=config
            )
            return Made(there["Id"])
    made = client.create_response_headers_policy(ResponseHeadersPolicyConfig=config)
    return Made(made["ResponseHeadersPolicy"]["Id"])


def delete_headers(aws: Aws, policy_id: str, _inputs: Inputs) -> None:
    client = aws.client("cloudfront")
    client.delete_response_headers_policy(
        Id=policy_id, IfMatch=_tag(client.get_response_headers_policy(Id=policy_id))
    )


def put_distribution(aws: Aws, inputs: Inputs) -> Made:
    client, config = aws.client("cloudfront"), _distribution(inputs)
    listed = client.list_distributions()["DistributionList"].get("Items", [])
    for there in listed:
        if there["Comment"] == inputs["comment"]:
            tag = _tag(client.get_distribution(Id=there["Id"]))
            made = client.update_distribution(Id=there["Id"], IfMatch=tag, DistributionConfig=config)
            break
    else:
        made = client.create_distribution(DistributionConfig=config)
    distribution = made["Distribution"]
    return Made(distribution["Id"], {"domainName": distribution["DomainName"], "arn": distribution["ARN"]})


def delete_distribution(aws: Aws, distribution_id: str, inputs: Inputs) -> None:
    client = aws.client("cloudfront")
    disabled = _distribution(inputs) | {"Enabled": False}
    tag = _tag(client.get_distribution(Id=distribution_id))
    changed = client.update_distribution(Id=distribution_id, IfMatch=tag, DistributionConfig=disabled)
    client.delete_distribution(Id=distribution_id, IfMatch=_tag(changed))


def _distribution(inputs: Inputs) -> dict[str, Any]:
    """What the local portal needs of a distribution's configuration, and what the API asks for."""
    behaviour = inputs["defaultCacheBehavior"]
    errors = [
        {
            "ErrorCode": error["errorCode"],
            "ResponseCode": str(error["responseCode"]),
            "ResponsePagePath": error["responsePagePath"],
        }
        for error in inputs["customErrorResponses"]
    ]
    origins = [
        {
            "Id": origin["originId"],
            "DomainName": origin["domainName"],
            "OriginAccessControlId": origin["originAccessControlId"],
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
        for origin in inputs["origins"]
    ]
    return {
        "CallerReference": inputs["comment"],
        "Comment": inputs["comment"],
        "Enabled": inputs["enabled"],
        "DefaultRootObject": inputs["defaultRootObject"],
        "Origins": _items(origins),
        "CustomErrorResponses": _items(errors),
        "DefaultCacheBehavior": {
            "TargetOriginId": behaviour["targetOriginId"],
            "ViewerProtocolPolicy": behaviour["viewerProtocolPolicy"],
            "CachePolicyId": behaviour["cachePolicyId"],
            "ResponseHeadersPolicyId": behaviour["responseHeadersPolicyId"],
        },
    }


def _items(items: list[Any]) -> dict[str, Any]:
    return {"Quantity": len(items), "Items": items}


def _tag(answer: dict[str, Any]) -> str:
    return str(answer["ETag"])


KINDS = {
    "aws:cloudfront/originAccessControl:OriginAccessControl": Kind(
        put_access, delete_access, named_by="name"
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": Kind(
        put_headers, delete_headers, named_by="name"
    ),
    "aws:cloudfront/distribution:Distribution": Kind(
        put_distribution, delete_distribution, replaced_when=("comment",)
    ),
}
