"""Who calls the local cloud: the developer's own IAM user, and the mark by which its state is known."""

import json
import uuid

from botocore.exceptions import ClientError
from pydantic import BaseModel, ConfigDict

from local.aws import Aws
from local.files import write_whole
from local.home import Home
from local.resources.kinds import code_of, unless

USER = "developer"
EPOCH = "brandlens-epoch"
GONE = "NoSuchEntity"

EVERYTHING = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
)
"""The developer administers their own machine's cloud; functions still run under their own narrow roles."""


class AccessKey(BaseModel):
    """A pair as `aws configure` asks for it."""

    model_config = ConfigDict(frozen=True)

    id: str
    secret: str


def known_key(home: Home) -> AccessKey | None:
    """Return the developer's key as it was last given out."""
    try:
        return AccessKey.model_validate_json(home.developer.read_text("utf-8"))
    except FileNotFoundError:
        return None


def ensure_developer(aws: Aws, home: Home) -> AccessKey:
    """Make the developer's user where it is missing; return its access key, the known one while it works."""
    iam = aws.client("iam")
    with unless("EntityAlreadyExists"):
        iam.create_user(UserName=USER)
    iam.put_user_policy(UserName=USER, PolicyName="everything", PolicyDocument=EVERYTHING)
    valid = {key["AccessKeyId"] for key in iam.list_access_keys(UserName=USER)["AccessKeyMetadata"]}
    key = known_key(home)
    if key is not None and key.id in valid:
        return key
    for stale in valid:
        iam.delete_access_key(UserName=USER, AccessKeyId=stale)
    made = iam.create_access_key(UserName=USER)["AccessKey"]
    key = AccessKey(id=made["AccessKeyId"], secret=made["SecretAccessKey"])
    write_whole(home.developer, key.model_dump_json())
    return key


def epoch(aws: Aws) -> str | None:
    """Return the mark that the emulator bears, None for one that starts from nothing."""
    try:
        tags = aws.client("iam").list_user_tags(UserName=USER)["Tags"]
    except ClientError as error:
        if code_of(error) == GONE:
            return None
        raise
    return next((tag["Value"] for tag in tags if tag["Key"] == EPOCH), None)


def new_epoch(aws: Aws) -> str:
    """Mark the emulator anew and return the mark."""
    mark = uuid.uuid4().hex
    aws.client("iam").tag_user(UserName=USER, Tags=[{"Key": EPOCH, "Value": mark}])
    return mark
