"""The files that the images are built from: what `.dockerignore` lets through."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPOSITORY_ROOT = ".."
"""Seen from this program's folder, which Pulumi starts its providers in. Relative, lest two checkouts of the
same files differ and the image be built anew."""
DOCKERFILE = "containers/ffmpeg/Dockerfile"


def image_sources(root: Path = ROOT) -> tuple[str, ...]:
    """Return the paths below `root` of every file that a build sees, sorted, the Dockerfile among them."""
    rules = (root / ".dockerignore").read_text("utf-8").splitlines()
    let_through = [root / rule[1:] for rule in rules if rule.startswith("!")]
    files = [file for path in let_through for file in (path.rglob("*") if path.is_dir() else [path])]
    seen = [file for file in files if file.is_file() and "__pycache__" not in file.parts]
    return tuple(sorted(str(file.relative_to(root)) for file in [*seen, root / DOCKERFILE]))


def sources_digest(paths: tuple[str, ...], *parameters: str, root: Path = ROOT) -> str:
    """Return 16 hexadecimal digits that change whenever a file, its path or a parameter of the build does."""
    digest = hashlib.sha256("\0".join(parameters).encode())
    for path in paths:
        body = hashlib.sha256((root / path).read_bytes()).hexdigest()
        digest.update(f"\n{path}\0{body}".encode())
    return digest.hexdigest()[:16]
