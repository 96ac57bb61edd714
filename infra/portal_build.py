"""Builds the portal, `web/`, into files to be served; a build of the same sources is kept."""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

WEB = Path(__file__).resolve().parents[1] / "web"

_SOURCES = ("index.html", "package-lock.json", "tsconfig.json", "vite.config.ts", "public", "src")
_BUILD_SECONDS = 900


class PortalNotBuilt(RuntimeError):
    """npm or the build failed; the message ends with what it said last."""


def built_portal() -> Path:
    """Return the folder of the built portal, built anew if its sources changed. Needs npm."""
    built, stamp = WEB / "dist", WEB / "dist" / ".sources"
    digest = _digest()
    with _alone():
        if not (stamp.is_file() and stamp.read_text("ascii") == digest):
            _install()
            npm("run", "build")
            stamp.write_text(digest, "ascii")
    return built


def install() -> None:
    """Install what the build needs, as package-lock.json has it, unless that is there."""
    with _alone():
        _install()


def _alone() -> FileLock:
    """Tests beside each other, and a deployment, write into the same folders."""
    return FileLock(WEB / ".building", timeout=_BUILD_SECONDS)


def _install() -> None:
    stamp = WEB / "node_modules" / ".installed"
    digest = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text("ascii") == digest):
        npm("ci", "--no-audit", "--no-fund")
        stamp.write_text(digest, "ascii")


def npm(*arguments: str) -> None:
    """Run npm in web/; raises `PortalNotBuilt`."""
    try:
        done = subprocess.run(
            ["npm", *arguments], cwd=WEB, capture_output=True, text=True, timeout=_BUILD_SECONDS, check=False
        )
    except FileNotFoundError as error:
        raise PortalNotBuilt(
            "The portal cannot be built: npm is not on this machine. Install Node.js 20.19 or newer, or "
            "type: pulumi config set portal false"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise PortalNotBuilt(f"`npm {' '.join(arguments)}` in {WEB} did not end: {error}") from error
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise PortalNotBuilt(f"`npm {' '.join(arguments)}` in {WEB} failed:\n{last}")


def portal_files(built: Path) -> Iterator[Path]:
    """Yield the files to be served, sorted; what the build keeps for itself is left out."""
    return (path for path in sorted(built.rglob("*")) if path.is_file() and path.name not in _OWN)


_OWN = {".sources", "manifest.json"}


def _digest() -> str:
    """Digest names and contents of all sources."""
    seen = hashlib.sha256()
    for source in _SOURCES:
        root = WEB / source
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file():
                seen.update(f"{path.relative_to(WEB)}\0{path.stat().st_size}\0".encode())
                seen.update(path.read_bytes())
    return seen.hexdigest()
