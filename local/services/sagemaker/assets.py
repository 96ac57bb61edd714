"""The files of the worker page: our own, and the annotation library's out of its npm package."""

import mimetypes
import threading
from pathlib import Path

from local.packages import Package, extract

ANNOTORIOUS = Package(
    client="npm",
    requirement="@annotorious/annotorious@3.8.10",
    archive="annotorious-annotorious-3.8.10.tgz",
    sha256="33d3baf0b76349dd967d720d7b0a6e147daecb2e009cb502f566b86b89c5bf5e",
)
_LIBRARY = {
    "annotorious.js": "package/dist/annotorious.js",
    "annotorious.css": "package/dist/annotorious.css",
}
_OWN = Path(__file__).parent / "page"


class Assets:
    """Files by name. The library is obtained into `packages` when first asked for, and kept there."""

    def __init__(self, packages: Path) -> None:
        self._packages = packages / ANNOTORIOUS.archive.removesuffix(".tgz")
        self._lock = threading.Lock()

    def read(self, name: str) -> tuple[bytes, str] | None:
        """Return a file and its content type, None where there is no such file.

        Raises as `local.packages.extract` does.
        """
        if name in _LIBRARY:
            with self._lock:
                files = {member: self._packages / file for file, member in _LIBRARY.items()}
                extract(ANNOTORIOUS, files, self._packages)
            path = self._packages / name
        else:
            path = _OWN / name
            if name not in {file.name for file in _OWN.iterdir()}:
                return None
        return path.read_bytes(), mimetypes.guess_type(name)[0] or "application/octet-stream"
