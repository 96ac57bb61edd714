"""A stack's team over Cognito and SNS."""

import boto3
import pytest

from brandlens.adapters.team import open_team
from brandlens.errors import Conflict

LOU = "lou@example.com"


def make_pool(session: boto3.Session, name: str, *groups: str) -> str:
    client = session.client("cognito-idp")
    pool = client.create_user_pool(PoolName=name, UsernameAttributes=["email"])["UserPool"]["Id"]
    for group in groups:
        client.create_group(UserPoolId=pool, GroupName=group)
    return pool


def test_whoever_is_viewer_and_labeler_is_one_member_in_two_pools(session: boto3.Session) -> None:
    sns = session.client("sns")
    labelers = make_pool(session, "labelers", "our-labelers")
    arn = sns.create_topic(Name="notices")["TopicArn"]
    team = open_team(
        pool_id=make_pool(session, "team", "viewer", "editor"),
        labeler_pool_id=labelers,
        labeler_group="our-labelers",
        notices_arn=arn,
        session=session,
    )

    team.add(LOU, "viewer")
    team.add(LOU, "labeler")

    (member,) = team.members()
    assert (member.email, member.roles) == (LOU, ("viewer", "labeler"))
    (told,) = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
    assert told["Endpoint"] == LOU
    listed = session.client("cognito-idp").list_users_in_group(UserPoolId=labelers, GroupName="our-labelers")
    assert len(listed["Users"]) == 1

    team.remove(LOU, "labeler")

    assert [member.roles for member in team.members()] == [("viewer",)]
    assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"] == []


def test_where_labelers_are_not_ours_only_the_portals_people_are_the_team(session: boto3.Session) -> None:
    team = open_team(
        pool_id=make_pool(session, "team", "viewer", "editor"),
        labeler_pool_id="",
        labeler_group="",
        notices_arn="",
        session=session,
    )
    with pytest.raises(Conflict):
        team.add(LOU, "labeler")
    assert team.add(LOU, "editor").roles == ("editor",)
