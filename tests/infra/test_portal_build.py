"""The portal is built once for everybody who needs it, and anew when its sources change."""

import os
import threading
from pathlib import Path

import pytest

from infra import portal_build

NPM = """#!/bin/sh
echo "$@" >> calls
sleep 0.2
mkdir -p node_modules dist
"""


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A web/ of sources alone, and an npm that tells what it was asked for."""
    web = tmp_path / "web"
    (web / "src").mkdir(parents=True)
    for source in ("index.html", "package-lock.json", "tsconfig.json", "vite.config.ts", "src/main.tsx"):
        (web / source).write_text(source, "utf-8")
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(NPM, "utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(portal_build, "WEB", web)
    return web


def _calls(web: Path) -> list[str]:
    return (web / "calls").read_text("utf-8").splitlines()


def test_two_who_need_it_at_once_build_it_once(web: Path) -> None:
    both = [threading.Thread(target=portal_build.built_portal) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert _calls(web) == ["ci --no-audit --no-fund", "run build"]


def test_another_source_is_built_anew_with_what_is_installed(web: Path) -> None:
    portal_build.built_portal()
    portal_build.built_portal()
    (web / "src" / "main.tsx").write_text("changed", "utf-8")
    portal_build.built_portal()
    assert _calls(web) == ["ci --no-audit --no-fund", "run build", "run build"]


def test_other_packages_are_installed_anew(web: Path) -> None:
    portal_build.install()
    (web / "package-lock.json").write_text("changed", "utf-8")
    portal_build.install()
    assert _calls(web) == ["ci --no-audit --no-fund"] * 2


def test_a_build_that_fails_tells_what_npm_said_and_is_tried_again(web: Path) -> None:
    npm = web.parent / "bin" / "npm"
    npm.write_text("#!/bin/sh\necho 'no such module' >&2\nexit 1\n", "utf-8")
    with pytest.raises(portal_build.PortalNotBuilt, match=r"npm ci[\s\S]*no such module"):
        portal_build.built_portal()
    npm.write_text(NPM, "utf-8")
    assert portal_build.built_portal() == web / "dist"
