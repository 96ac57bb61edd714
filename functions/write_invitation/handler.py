"""The trigger "custom message" of the labelers' user pool: has an invitation name the page where they label.

Input: Cognito's event of a message that it is about to send. Output: the event; where that invites somebody
by e-mail, its response holds the words. Any other message, and an invitation while the page is not known,
is worded by the pool itself: better without the address than not sent. Errors: `InvalidInput`.
"""

import os
from dataclasses import dataclass
from functools import cache

from aws_lambda_powertools.utilities.parser.models import CognitoCustomMessageTriggerModel
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import ConfigDict

from brandlens.adapters.sagemaker import GroundTruth
from brandlens.api.ports import Workplace
from brandlens.errors import BrandlensError
from brandlens.labeling.invitation import SUBJECT, invitation, page_address
from brandlens.settings import WriteInvitationSettings
from functions.runtime import entry, logger

INVITES = "CustomMessage_AdminCreateUser"


class MessageToSend(CognitoCustomMessageTriggerModel):
    """Cognito takes the event back whole."""

    model_config = ConfigDict(extra="allow")


@dataclass(frozen=True)
class Deps:
    settings: WriteInvitationSettings
    workplace: Workplace


@cache
def _deps() -> Deps:
    return Deps(settings=WriteInvitationSettings.read(os.environ), workplace=GroundTruth())


@entry(MessageToSend)
def lambda_handler(event: MessageToSend, _: LambdaContext) -> MessageToSend:
    return handle(event, _deps())


def handle(event: MessageToSend, deps: Deps) -> MessageToSend:
    user = event.request.usernameParameter
    if event.triggerSource != INVITES or user is None:
        return event
    try:
        site = deps.workplace.site(deps.settings.work_team_arn)
    except BrandlensError as error:
        logger.warning("the invitation does not name the page", extra={"error": error.code})
        return event
    words = invitation(
        page_address(site),
        user=user,
        code=event.request.codeParameter,
        days=deps.settings.invitation_days,
    )
    response = event.response.model_copy(update={"emailSubject": SUBJECT, "emailMessage": words})
    return event.model_copy(update={"response": response})
