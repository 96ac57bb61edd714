"""Where the local cloud keeps its files."""

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGES = REPOSITORY / ".brandlens" / "cache" / "packages"
"""Files out of published packages that the local cloud serves; every home uses the same."""


@dataclass(frozen=True)
class Home:
    """The folder of one local cloud. Two homes are two clouds that know nothing of each other.

    Attributes
    ----------
    path
        `$BRANDLENS_HOME/local`, or `.brandlens/local` at the repository's root.
    """

    path: Path

    @property
    def settings(self) -> Path:
        """Ports and keys, kept from one start to the next; readable by the owner only."""
        return self.path / "settings.json"

    @property
    def developer(self) -> Path:
        """The developer's access key; readable by the owner only."""
        return self.path / "developer.json"

    @property
    def portal_user(self) -> Path:
        """Who may sign in to the portal; readable by the owner only."""
        return self.path / "portal-user.json"

    @property
    def deployed(self) -> Path:
        """Which resources of the program are realised."""
        return self.path / "deployed.json"

    @property
    def events(self) -> Path:
        """Every event that reached an event log, a JSON document a line."""
        return self.path / "events.jsonl"

    @property
    def pending(self) -> Path:
        """Accepted events: `<emulator's pid>-<id>.json`, `.done` once a function has dealt with it.

        What it did is saved when the file is gone.
        """
        return self.path / "pending"

    @property
    def lock(self) -> Path:
        return self.path / "lock"

    @property
    def temporary(self) -> Path:
        """`TMPDIR` of the children; emptied when they stop."""
        return self.path / "tmp"

    def data(self, process: str) -> Path:
        """What the process of that name stores."""
        return self.path / "data" / process

    def log(self, process: str) -> Path:
        return self.path / "logs" / f"{process}.log"

    def pid(self, process: str) -> Path:
        return self.path / "processes" / f"{process}.json"

    def size_bytes(self) -> int:
        """Bytes of all files in the home."""
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())


def default_home() -> Home:
    """Return the home that `$BRANDLENS_HOME` names, or the repository's own."""
    root = os.environ.get("BRANDLENS_HOME")
    return Home((Path(root).expanduser().resolve() if root else REPOSITORY / ".brandlens") / "local")
