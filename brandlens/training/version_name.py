"""How model versions are named: after all they learn from, so that the same lesson has the same name."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

_VOLATILE = frozenset({"creation-date", "job-name"})
"""What a manifest's line says of its own making."""
_LENGTH = 12
_ATTEMPTS = 20


def version_name(manifests: Sequence[bytes], digests: Mapping[str, str]) -> str:
    """Return 12 hexadecimal digits that depend on the pictures' content and their labels, and nothing else.

    Parameters
    ----------
    manifests
        Those to learn from and to be tested on, in this order: JSON lines as Custom Labels takes them. The
        order of their lines does not matter, nor do the pictures' names and when they were labeled.
    digests
        The SHA-256 of each picture by its key in S3, whose own ETag depends on how it is encrypted there.
    """
    digest = hashlib.sha256()
    for manifest in manifests:
        for line in sorted(_lesson(line, digests) for line in manifest.splitlines() if line.strip()):
            digest.update(line.encode() + b"\n")
        digest.update(b"\n")
    return digest.hexdigest()[:_LENGTH]


def attempts(name: str) -> Iterator[str]:
    """Yield the names of the first, second, ... training of one lesson: a failed version keeps its name."""
    yield name
    yield from (f"{name}-{number}" for number in range(2, _ATTEMPTS + 1))


def _lesson(line: bytes, digests: Mapping[str, str]) -> str:
    fields = json.loads(line)
    source = fields.pop("source-ref")
    _bucket, _, key = source.removeprefix("s3://").partition("/")
    kept = {
        name: {key: part for key, part in value.items() if key not in _VOLATILE}
        if isinstance(value, dict) and name.endswith("-metadata")
        else value
        for name, value in fields.items()
    }
    return json.dumps([digests[key], kept], sort_keys=True)
