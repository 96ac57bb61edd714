"""Cognito's user pools and identity pools."""

from typing import Any

from botocore.exceptions import ClientError

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, code_of, given, pascal, unless

GONE = "ResourceNotFoundException"
_LISTED = 60
"""What Cognito lists at most in one answer."""


def put_pool(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("cognito-idp"), inputs["name"]
    there = {pool["Name"]: pool["Id"] for pool in client.list_user_pools(MaxResults=_LISTED)["UserPools"]}
    changeable = _pool(inputs)
    pool_id = there.get(name)
    if pool_id:
        client.update_user_pool(UserPoolId=pool_id, **changeable)
    else:
        fixed = given(
            UsernameAttributes=inputs.get("usernameAttributes"),
            UsernameConfiguration=pascal(inputs.get("usernameConfiguration")),
        )
        pool_id = client.create_user_pool(PoolName=name, **fixed, **changeable)["UserPool"]["Id"]
    if factor := inputs.get("softwareTokenMfaConfiguration"):
        client.set_user_pool_mfa_config(
            UserPoolId=pool_id,
            SoftwareTokenMfaConfiguration=pascal(factor),
            MfaConfiguration=inputs["mfaConfiguration"],
        )
    endpoint = f"cognito-idp.{aws.region}.amazonaws.com/{pool_id}"
    return Made(pool_id, {"arn": aws.arn("cognito-idp", f"userpool/{pool_id}"), "endpoint": endpoint})


def _pool(inputs: Inputs) -> dict[str, Any]:
    """What may be changed of a pool. A second factor is configured by a call of its own."""
    invitations = pascal(inputs.get("adminCreateUserConfig")) or {}
    template = invitations.get("InviteMessageTemplate")
    if template and "SmsMessage" in template:
        template["SMSMessage"] = template.pop("SmsMessage")
    return given(
        AdminCreateUserConfig=invitations or None,
        LambdaConfig=pascal(inputs.get("lambdaConfig")),
        AutoVerifiedAttributes=inputs.get("autoVerifiedAttributes"),
        AccountRecoverySetting=pascal(inputs.get("accountRecoverySetting")),
        Policies={"PasswordPolicy": pascal(inputs["passwordPolicy"])},
    )


def delete_pool(aws: Aws, pool_id: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("cognito-idp").delete_user_pool(UserPoolId=pool_id)


def put_client(aws: Aws, inputs: Inputs) -> Made:
    client, pool_id, name = aws.client("cognito-idp"), inputs["userPoolId"], inputs["name"]
    listed = client.list_user_pool_clients(UserPoolId=pool_id, MaxResults=_LISTED)["UserPoolClients"]
    there = {each["ClientName"]: each["ClientId"] for each in listed}
    settings = given(
        ExplicitAuthFlows=inputs.get("explicitAuthFlows"),
        PreventUserExistenceErrors=inputs.get("preventUserExistenceErrors"),
        EnableTokenRevocation=inputs.get("enableTokenRevocation"),
        AccessTokenValidity=inputs.get("accessTokenValidity"),
        IdTokenValidity=inputs.get("idTokenValidity"),
        RefreshTokenValidity=inputs.get("refreshTokenValidity"),
        TokenValidityUnits=pascal(inputs.get("tokenValidityUnits")),
        SupportedIdentityProviders=inputs.get("supportedIdentityProviders"),
        CallbackURLs=inputs.get("callbackUrls"),
        AllowedOAuthFlows=inputs.get("allowedOauthFlows"),
        AllowedOAuthFlowsUserPoolClient=inputs.get("allowedOauthFlowsUserPoolClient"),
        AllowedOAuthScopes=inputs.get("allowedOauthScopes"),
    )
    if name in there:
        client.update_user_pool_client(UserPoolId=pool_id, ClientId=there[name], **settings)
        return Made(there[name])
    made = client.create_user_pool_client(
        UserPoolId=pool_id, ClientName=name, GenerateSecret=bool(inputs.get("generateSecret")), **settings
    )
    return Made(made["UserPoolClient"]["ClientId"])


def delete_client(aws: Aws, client_id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("cognito-idp").delete_user_pool_client(UserPoolId=inputs["userPoolId"], ClientId=client_id)


def put_domain(aws: Aws, inputs: Inputs) -> Made:
    client, pool_id, domain = aws.client("cognito-idp"), inputs["userPoolId"], inputs["domain"]
    there = client.describe_user_pool_domain(Domain=domain)["DomainDescription"]
    if there.get("UserPoolId") != pool_id:
        if there:
            client.delete_user_pool_domain(UserPoolId=there["UserPoolId"], Domain=domain)
        client.create_user_pool_domain(UserPoolId=pool_id, Domain=domain)
    return Made(domain)


def delete_domain(aws: Aws, domain: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("cognito-idp").delete_user_pool_domain(UserPoolId=inputs["userPoolId"], Domain=domain)


def put_group(aws: Aws, inputs: Inputs) -> Made:
    client = aws.client("cognito-idp")
    group = {"UserPoolId": inputs["userPoolId"], "GroupName": inputs["name"]}
    described = given(Description=inputs.get("description"))
    try:
        client.create_group(**group, **described)
    except ClientError as error:
        if code_of(error) != "GroupExistsException":
            raise
        client.update_group(**group, **described)
    return Made(f"{inputs['userPoolId']}/{inputs['name']}")


def delete_group(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("cognito-idp").delete_group(UserPoolId=inputs["userPoolId"], GroupName=inputs["name"])


def put_identities(aws: Aws, inputs: Inputs) -> Made:
    client, name = aws.client("cognito-identity"), inputs["identityPoolName"]
    listed = client.list_identity_pools(MaxResults=_LISTED)["IdentityPools"]
    there = {pool["IdentityPoolName"]: pool["IdentityPoolId"] for pool in listed}
    settings: dict[str, Any] = {
        "IdentityPoolName": name,
        "AllowUnauthenticatedIdentities": bool(inputs.get("allowUnauthenticatedIdentities")),
        "AllowClassicFlow": bool(inputs.get("allowClassicFlow")),
        "CognitoIdentityProviders": pascal(inputs.get("cognitoIdentityProviders") or []),
    }
    if name in there:
        client.update_identity_pool(IdentityPoolId=there[name], **settings)
        return Made(there[name])
    return Made(client.create_identity_pool(**settings)["IdentityPoolId"])


def delete_identities(aws: Aws, pool_id: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("cognito-identity").delete_identity_pool(IdentityPoolId=pool_id)


def put_roles(aws: Aws, inputs: Inputs) -> Made:
    mappings = {
        mapping["identityProvider"]: {
            "Type": mapping["type"],
            "AmbiguousRoleResolution": mapping["ambiguousRoleResolution"],
            "RulesConfiguration": {
                "Rules": [
                    {
                        "Claim": rule["claim"],
                        "MatchType": rule["matchType"],
                        "Value": rule["value"],
                        "RoleARN": rule["roleArn"],
                    }
                    for rule in mapping["mappingRules"]
                ]
            },
        }
        for mapping in inputs.get("roleMappings") or []
    }
    aws.client("cognito-identity").set_identity_pool_roles(
        IdentityPoolId=inputs["identityPoolId"], Roles=inputs["roles"], RoleMappings=mappings
    )
    return Made(inputs["identityPoolId"])


def delete_roles(aws: Aws, pool_id: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("cognito-identity").set_identity_pool_roles(IdentityPoolId=pool_id, Roles={})


KINDS = {
    "aws:cognito/userPool:UserPool": Kind(
        put_pool,
        delete_pool,
        named_by="name",
        replaced_when=("usernameAttributes", "usernameConfiguration"),
    ),
    "aws:cognito/userPoolClient:UserPoolClient": Kind(
        put_client, delete_client, named_by="name", replaced_when=("userPoolId", "generateSecret")
    ),
    "aws:cognito/userPoolDomain:UserPoolDomain": Kind(
        put_domain, delete_domain, replaced_when=("domain", "userPoolId")
    ),
    "aws:cognito/userGroup:UserGroup": Kind(
        put_group, delete_group, named_by="name", replaced_when=("userPoolId",)
    ),
    "aws:cognito/identityPool:IdentityPool": Kind(
        put_identities, delete_identities, named_by="identityPoolName"
    ),
    "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment": Kind(
        put_roles, delete_roles, replaced_when=("identityPoolId",)
    ),
}
