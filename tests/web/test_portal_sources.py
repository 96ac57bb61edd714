"""What the portal is made from, and what opening it loads."""

import json
import subprocess
from pathlib import Path

import pytest

from infra.portal_build import WEB, built_portal, portal_files
from tests.web import exposure_cases


@pytest.fixture(scope="module")
def built() -> Path:
    return built_portal()


def test_the_page_is_held_to_what_the_library_computes_now() -> None:
    assert exposure_cases.PARITY.read_text("utf-8") == exposure_cases.text(), (
        "run python -m tests.web.exposure_cases"
    )


def test_the_lock_names_no_registry() -> None:
    packages = json.loads((WEB / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.mark.parametrize("script", ["test", "types:check", "size"])
def test_npm_is_content_with(built: Path, script: str) -> None:
    """`test`: the portal's own tests. `types:check`: types are those of schemas/. `size`: the first load is
    within its limit.
    """
    done = subprocess.run(
        ["npm", "run", "--silent", script], cwd=WEB, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_but_the_pages_bears_the_hash_of_its_content(built: Path) -> None:
    unhashed = {path.name for path in portal_files(built) if path.parent == built}
    assert unhashed == {"index.html", "icon.svg"}


def test_the_page_holds_no_script_or_style_of_its_own(built: Path) -> None:
    page = (built / "index.html").read_text("utf-8")
    assert "<style" not in page
    assert page.count("<script") == page.count('<script type="module" crossorigin src=')
