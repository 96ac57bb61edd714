"""The team in the local cloud: its people in the pools, through the API and from the command line."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from brandlens.environment import Outputs
from local.cloud import LocalCloud
from tests.cloud import client
from tests.e2e.system import System
from tests.portal import ApiCaller, developer, member

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]


@pytest.fixture(scope="module")
def system(cloud: LocalCloud) -> System:
    return System(cloud)


@pytest.fixture(scope="module")
def editor(cloud: LocalCloud) -> ApiCaller:
    return member(cloud, "tess@example.com", "editor")


class Labelers:
    """Those who label, as AWS has them."""

    def __init__(self, cloud: LocalCloud) -> None:
        self.outputs = Outputs.model_validate(cloud.outputs)
        self._pools, self._topics = client(cloud, "cognito-idp"), client(cloud, "sns")

    @property
    def pool(self) -> set[str]:
        return _emails(self._pools.list_users(UserPoolId=self.outputs.labeler_pool_id))

    @property
    def group(self) -> set[str]:
        return _emails(
            self._pools.list_users_in_group(
                UserPoolId=self.outputs.labeler_pool_id, GroupName=self.outputs.labeler_group
            )
        )

    @property
    def told(self) -> list[str]:
        """Whom the notices go to."""
        found = self._topics.list_subscriptions_by_topic(TopicArn=self.outputs.labeling_notices_arn)
        return [each["Endpoint"] for each in found["Subscriptions"]]


def _emails(listed: Any) -> set[str]:
    return {
        attribute["Value"]
        for user in listed["Users"]
        for attribute in user["Attributes"]
        if attribute["Name"] == "email"
    }


@pytest.fixture(scope="module")
def labelers(cloud: LocalCloud) -> Labelers:
    return Labelers(cloud)


def test_the_work_team_is_the_labelers_group_and_its_notices_go_to_their_topic(
    system: System, labelers: Labelers
) -> None:
    outputs = labelers.outputs
    name = outputs.work_team_arn.rpartition("/")[2]
    team = system.sagemaker.describe_workteam(WorkteamName=name)["Workteam"]
    (members,) = team["MemberDefinitions"]

    assert members["CognitoMemberDefinition"]["UserPool"] == outputs.labeler_pool_id
    assert members["CognitoMemberDefinition"]["UserGroup"] == outputs.labeler_group
    assert team["NotificationConfiguration"]["NotificationTopicArn"] == outputs.labeling_notices_arn


def test_a_labeler_who_is_added_is_in_pool_and_group_told_and_listed_until_removed(
    editor: ApiCaller, labelers: Labelers
) -> None:
    who = "lou@example.com"
    made = editor.call("POST", "/team/members", {"email": who, "role": "labeler"})
    assert made.status_code == 201, made.text
    assert who in labelers.pool & labelers.group
    assert who in labelers.told
    listed = editor.call("GET", "/team/members").json()
    (person,) = [each for each in listed["members"] if each["email"] == who]
    assert person["roles"] == ["labeler"]
    assert listed["labelers_managed_here"] is True

    assert editor.call("DELETE", f"/team/members/{person['id']}").status_code == 204
    assert who not in labelers.pool | labelers.group
    assert who not in labelers.told
    left = editor.call("GET", "/team/members").json()["members"]
    assert who not in {each["email"] for each in left}


def test_the_same_person_added_at_once_is_one_member(editor: ApiCaller, labelers: Labelers) -> None:
    new = {"email": "once@example.com", "role": "labeler"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: editor.call("POST", "/team/members", new), range(6)))
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert "once@example.com" in labelers.group
    assert labelers.told.count("once@example.com") == 1


def test_the_command_line_adds_lists_and_removes_whom_the_api_does(
    cloud: LocalCloud, system: System, labelers: Labelers
) -> None:
    who = "cleo@example.com"
    for role in ("viewer", "labeler"):
        added = system.cli("team", "add", who, "--role", role)
        assert added.returncode == 0, added.stderr
    assert who in labelers.group
    listed = {each["email"]: each for each in json.loads(system.cli("team", "list", "--json").stdout)}
    assert listed[who]["roles"] == ["viewer", "labeler"]
    seen = developer(cloud).call("GET", "/team/members").json()["members"]
    assert {each["id"] for each in seen} == {each["id"] for each in listed.values()}

    twice = system.cli("team", "add", who, "--role", "viewer")
    assert (twice.returncode, "a viewer already" in twice.stderr) == (2, True)
    assert system.cli("team", "remove", who).returncode == 0
    gone = system.cli("team", "remove", who)
    assert (gone.returncode, "is no member" in gone.stderr) == (2, True)
    assert who not in labelers.pool


def test_an_editor_who_asks_for_it_stays_an_editor(editor: ApiCaller) -> None:
    (own,) = [
        each
        for each in editor.call("GET", "/team/members").json()["members"]
        if each["email"] == "tess@example.com"
    ]
    refusals = (
        editor.call("POST", "/team/members", {"email": "tess@example.com", "role": "viewer"}),
        editor.call("DELETE", f"/team/members/{own['id']}"),
        editor.call("DELETE", f"/team/members/{own['id']}", query={"role": "editor"}),
    )
    assert [(each.status_code, each.json()["code"]) for each in refusals] == [(409, "Conflict")] * 3
    assert editor.call("GET", "/team/members").status_code == 200
