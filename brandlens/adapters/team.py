"""A stack's team, in Cognito and SNS."""

import boto3

from brandlens.adapters.notices import Topic
from brandlens.adapters.user_pool import UserPool
from brandlens.team import Team


def open_team(
    *,
    pool_id: str,
    labeler_pool_id: str,
    labeler_group: str,
    notices_arn: str,
    session: boto3.Session | None = None,
) -> Team:
    """Open the team; what is of labelers is empty where they are not ours."""
    return Team(
        portal=UserPool(pool_id, {"viewer": "viewer", "editor": "editor"}, session),
        labelers=UserPool(labeler_pool_id, {"labeler": labeler_group}, session) if labeler_pool_id else None,
        notices=Topic(notices_arn, session) if notices_arn else None,
    )
