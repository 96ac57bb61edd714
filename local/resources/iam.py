"""Roles and their policies."""

import json
from typing import Any

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, given, tag_list, unless

GONE = "NoSuchEntity"


def document(policy: Any) -> str:
    """Return the policy as JSON text; a program may give it as a mapping."""
    return policy if isinstance(policy, str) else json.dumps(policy)


def put_role(aws: Aws, inputs: Inputs) -> Made:
    iam, name, trust = aws.client("iam"), inputs["name"], document(inputs["assumeRolePolicy"])
    with unless("EntityAlreadyExists"):
        iam.create_role(
            RoleName=name,
            AssumeRolePolicyDocument=trust,
            **given(
                Path=inputs.get("path"),
                Description=inputs.get("description"),
                MaxSessionDuration=inputs.get("maxSessionDuration"),
                PermissionsBoundary=inputs.get("permissionsBoundary"),
                Tags=tag_list(inputs) or None,
            ),
        )
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=trust)
    role = iam.get_role(RoleName=name)["Role"]
    return Made(name, {"arn": role["Arn"], "uniqueId": role["RoleId"]})


def delete_role(aws: Aws, name: str, _inputs: Inputs) -> None:
    iam = aws.client("iam")
    with unless(GONE):
        for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            iam.delete_role_policy(RoleName=name, PolicyName=policy)
        for policy in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
            iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
        iam.delete_role(RoleName=name)


def put_role_policy(aws: Aws, inputs: Inputs) -> Made:
    aws.client("iam").put_role_policy(
        RoleName=inputs["role"], PolicyName=inputs["name"], PolicyDocument=document(inputs["policy"])
    )
    return Made(f"{inputs['role']}:{inputs['name']}")


def delete_role_policy(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("iam").delete_role_policy(RoleName=inputs["role"], PolicyName=inputs["name"])


def put_policy(aws: Aws, inputs: Inputs) -> Made:
    iam, name, policy = aws.client("iam"), inputs["name"], document(inputs["policy"])
    arn = f"arn:aws:iam::{aws.account}:policy/{name}"
    try:
        iam.create_policy(PolicyName=name, PolicyDocument=policy)
    except iam.exceptions.EntityAlreadyExistsException:
        before = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy, SetAsDefault=True)
        iam.delete_policy_version(PolicyArn=arn, VersionId=before)
    return Made(arn, {"arn": arn})


def delete_policy(aws: Aws, arn: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("iam").delete_policy(PolicyArn=arn)


def put_attachment(aws: Aws, inputs: Inputs) -> Made:
    aws.client("iam").attach_role_policy(RoleName=inputs["role"], PolicyArn=inputs["policyArn"])
    return Made(f"{inputs['role']}-{inputs['policyArn']}")


def delete_attachment(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("iam").detach_role_policy(RoleName=inputs["role"], PolicyArn=inputs["policyArn"])


KINDS = {
    "aws:iam/role:Role": Kind(put_role, delete_role, named_by="name", replaced_when=("path",)),
    "aws:iam/rolePolicy:RolePolicy": Kind(
        put_role_policy, delete_role_policy, named_by="name", replaced_when=("role",)
    ),
    "aws:iam/policy:Policy": Kind(put_policy, delete_policy, named_by="name"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Kind(
        put_attachment, delete_attachment, replaced_when=("role", "policyArn")
    ),
}
