"""What the functions' image installs: what the code asks for, at the versions tested here, hash by hash."""

from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {"pip", "setuptools", "wheel"}
"""Chalice's command line asks for them; no function installs anything."""
IN_THE_IMAGE = default_environment() | {
    "python_version": "3.12",
    "python_full_version": "3.12.12",
    "sys_platform": "linux",
    "platform_system": "Linux",
}


def _pinned(path: Path) -> dict[str, str]:
    lines = (line.split(" ")[0] for line in path.read_text().splitlines() if "==" in line and line[0] != "#")
    pairs = (line.split("==") for line in lines)
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.fixture(scope="module")
def installed() -> dict[str, str]:
    return _pinned(ROOT / "containers/ffmpeg/requirements.txt")


def _needed(name: str, extras: frozenset[str], seen: dict[tuple[str, frozenset[str]], None]) -> set[str]:
    """Return what `name` needs in the image, itself included."""
    if (name, extras) in seen:
        return set()
    seen[name, extras] = None
    found = {name}
    for line in requires(name) or []:
        requirement = Requirement(line)
        asked = [{"extra": extra} for extra in extras] or [{"extra": ""}]
        if requirement.marker and not any(requirement.marker.evaluate(IN_THE_IMAGE | one) for one in asked):
            continue
        found |= _needed(canonicalize_name(requirement.name), frozenset(requirement.extras), seen)
    return found


def test_everything_that_the_code_imports_is_installed_and_nothing_else(installed: dict[str, str]) -> None:
    needed = _needed("brandlens", frozenset({"api", "detect"}), {}) - {"brandlens"} - LEFT_OUT
    assert set(installed) == needed


def test_the_versions_are_those_that_the_tests_run_with(installed: dict[str, str]) -> None:
    tested = _pinned(ROOT / "constraints.txt")
    assert {name: tested[name] for name in installed} == installed


def test_every_package_has_hashes_and_the_image_is_built_with_no_other() -> None:
    entries = (ROOT / "containers/ffmpeg/requirements.txt").read_text().replace("\\\n", "").splitlines()
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    dockerfile = (ROOT / "containers/ffmpeg/Dockerfile").read_text()
    assert "--require-hashes --no-deps --only-binary=:all:" in dockerfile
