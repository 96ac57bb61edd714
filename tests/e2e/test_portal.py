"""People use the portal in the local cloud: they sign in, make a project, analyze, correct, and leave."""

import base64
import gzip
import hmac
import time
from pathlib import Path

import pytest

from infra.portal_build import WEB, portal_files
from local.cloud import LocalCloud
from tests.e2e.people import add, invite
from tests.e2e.system import System
from tests.web.portal import Portal

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

FIRST_LOAD_BYTES = 350_000

INVITED, INVITATION, OWN = "ina@example.com", "Invited-by-mail-1", "Chosen-by-myself-2"
LOOKER, LOOKING = "leo@example.com", "Only-looking-3"
CAREFUL, CARE = "cara@example.com", "Twice-is-better-4"


def _loaded_bytes(portal: Portal) -> int:
    """Weigh, after gzip, every file of the portal that the browser has asked for."""
    asked = portal.run(
        "return performance.getEntriesByType('resource').filter(e => e.name.startsWith(location.origin))"
        ".map(e => new URL(e.name).pathname)"
    )
    files = {path.relative_to(WEB / "dist").as_posix(): path for path in portal_files(WEB / "dist")}
    loaded = {"index.html", *(path.lstrip("/") for path in asked)} & files.keys()
    assert len(loaded) > 20
    return sum(len(gzip.compress(files[name].read_bytes())) for name in loaded)


def test_an_editor_signs_in_makes_a_project_analyzes_a_video_corrects_the_result_and_leaves(
    portal: Portal, system: System, cloud: LocalCloud, video: Path
) -> None:
    invite(system, cloud, INVITED, INVITATION, "editor")
    portal.sign_in(INVITED, INVITATION)
    portal.shows("Choose your own password")
    portal.type("New password", OWN)
    portal.press("Set password")
    portal.shows("Cost this month", "Jobs", INVITED)
    assert _loaded_bytes(portal) < FIRST_LOAD_BYTES

    portal.press("Projects")
    portal.press("New project")
    portal.type("Name", "Spring Cup!")
    portal.shows("Only small letters, digits and single dashes between them.")
    portal.type("Name", "spring-cup")
    portal.type("Brand 1", "Acme")
    portal.press("Make project")
    portal.shows("Train spring-cup")
    assert system.projects.get("spring-cup") is not None

    portal.press("Analyze")
    portal.shows("Drop files or folders here")
    portal.choose("Project", system.PROJECT)
    portal.choose_files(video)
    portal.shows(video.name, "All of it costs at most")
    portal.press("Analyze 1 file")
    portal.press("Follow the job")
    portal.shows("Totals", "Appearances")

    portal.press("Mark as wrong: Acme at 0:01")
    portal.shows("Wrong: Acme")
    struck = portal.find("//s[starts-with(@aria-label, 'Found')]")
    assert struck.text.endswith("s")
    portal.open(portal.path)
    portal.shows("Wrong: Acme", INVITED)

    portal.press("Sign out")
    portal.shows("Forgot your password?")


def test_a_viewer_sees_results_and_no_editors_control(
    portal: Portal, system: System, cloud: LocalCloud
) -> None:
    add(system, cloud, LOOKER, LOOKING, "viewer")
    portal.sign_in(LOOKER, LOOKING)
    portal.shows("Cost this month", "Viewer")
    assert not portal.has("Analyze")

    portal.press("match.mp4")
    portal.shows("Totals", "Appearances")
    assert not any(portal.has(name) for name in ("Mark", "Take back", "Cancel job"))
    portal.press("Projects")
    portal.shows(system.PROJECT)
    assert not portal.has("New project")
    portal.press(system.PROJECT)
    portal.shows("Model versions")
    assert not any(portal.has(name) for name in ("Train", "Use"))
    for path in ("/analyze", "/new-project", f"/projects/{system.PROJECT}/train"):
        portal.open(path)
        portal.shows("You may not do this")


def _code(key: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    secret = base64.b32decode(key + "=" * (-len(key) % 8))
    seen = hmac.digest(secret, (int(time.time()) // 30).to_bytes(8, "big"), "sha1")
    at = seen[-1] & 0xF
    return f"{(int.from_bytes(seen[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def test_a_person_switches_the_second_step_on_and_is_asked_for_a_code(
    portal: Portal, system: System, cloud: LocalCloud
) -> None:
    add(system, cloud, CAREFUL, CARE, "viewer")
    portal.sign_in(CAREFUL, CARE)
    portal.shows("Cost this month")
    portal.open("/account")
    portal.shows("The password alone is asked for")
    portal.press("Set up an authenticator app")
    key = portal.find("//code").text
    portal.type("Code", _code(key))
    portal.press("Ask for a code from now on")
    portal.shows("A code is asked for")
    portal.press("Sign out")

    portal.sign_in(CAREFUL, CARE)
    portal.shows("Enter your code")
    portal.type("Code", _code(key))
    portal.press("Sign in")
    portal.shows("A code is asked for", CAREFUL)
