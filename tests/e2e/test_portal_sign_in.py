"""Who signs in to the portal of the local cloud and has no role there."""

import pytest

from local.cloud import LocalCloud
from tests.e2e.people import add
from tests.e2e.system import System
from tests.web.portal import Portal

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

NEWCOMER, OWN = "nora@example.com", "Nothing-to-do-yet-8"


@pytest.fixture(scope="module")
def untaught(cloud: LocalCloud) -> System:
    return System(cloud)


def test_a_person_without_a_role_is_told_and_may_sign_out(
    portal: Portal, untaught: System, cloud: LocalCloud
) -> None:
    add(untaught, cloud, NEWCOMER, OWN, None)

    portal.sign_in(NEWCOMER, OWN)
    portal.shows("You are signed in, but cannot go on", "ask an editor of the team")
    portal.open()
    portal.shows("You are signed in, but cannot go on")
    portal.press("Sign out")
    portal.sign_in(NEWCOMER, OWN)
    portal.shows("You are signed in, but cannot go on")
