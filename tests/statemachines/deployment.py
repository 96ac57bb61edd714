"""Sets the stage: the emulator, every function a stub that follows the script, and the machines."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from infra import machines
from local import children, processes, settings
from local.aws import Aws
from local.home import REPOSITORY, Home
from local.resources.functions import put_function
from local.settings import LOOPBACK, REGION
from tests.statemachines.definitions import HURRIED_CHILDREN, HURRIED_STATES, PLACE, definition
from tests.statemachines.director import Director
from tests.statemachines.scenarios import EVENTS
from tests.statemachines.stage import Stage
from tests.statemachines.stub import DIRECTOR_URL

WAIT_SCALE = "0.001"
"""Retries and polls come a thousand times sooner than on AWS."""

_TRUST = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}


@contextmanager
def standing(home: Home) -> Iterator[Stage]:
    """Start the emulator, deploy stubs and machines, and stop it in the end."""
    chosen, director = settings.fresh(), Director()
    with director.listening(LOOPBACK) as url:
        usual = children.emulator(home, chosen)
        child = replace(
            usual,
            arguments=[sys.executable, "-m", "tests.statemachines.emulator"],
            environment={**usual.environment}
            | {
                "SFN_WAIT_SCALE": WAIT_SCALE,
                "PERSIST_STATE": "0",
                "S3_PERSIST": "0",
                "PYTHONPATH": str(REPOSITORY),
                DIRECTOR_URL: url,
            },
        )
        processes.start(home, child)
        try:
            processes.wait_for_health(home, child)
            with closing(Aws(chosen.endpoint, chosen.root_key_id, chosen.root_secret)) as aws:
                _deploy(aws, url)
                yield Stage(aws, director)
        finally:
            processes.stop(home, child.name)
            processes.stop_left_behind(home)


def _deploy(aws: Aws, director_url: str) -> None:
    aws.client("s3").create_bucket(
        Bucket=PLACE.bucket("work"), CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    trust = json.dumps({"Version": "2012-10-17", "Statement": [_TRUST]})
    role = aws.client("iam").create_role(RoleName="stage", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    for function in EVENTS:
        inputs = {
            "name": function,
            "role": role,
            "packageType": "Image",
            "imageConfig": {"commands": ["tests.statemachines.stub.lambda_handler"]},
            "environment": {"variables": {"PYTHONPATH": str(REPOSITORY), DIRECTOR_URL: director_url}},
            "timeout": 60,
        }
        put_function(aws, inputs)
    for machine in machines.MACHINES:
        for place in (PLACE, HURRIED_STATES, HURRIED_CHILDREN):
            aws.client("stepfunctions").create_state_machine(
                name=place.name(machine), roleArn=role, definition=json.dumps(definition(machine, place))
            )
