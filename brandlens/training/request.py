"""What a batch's `job.json` asks for.

::

    {"labels": ["Acme"], "type": "object"|"concept", "annotations": "a.json"|null, "keys": ["a.mp4"]|null}

`annotations` and `keys` are names relative to the folder that `job.json` lies in, and may be left out.
"""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from pydantic import ValidationError

from brandlens.errors import InvalidInput, InvalidTrainingRequest
from brandlens.jobs import Value
from brandlens.projects import validated_labels
from brandlens.training.labeling_limits import require_labels

MAX_BYTES = 1_000_000
"""Of a `job.json`."""
REQUEST_FILE = "job.json"
_FOR_EXAMPLE = '{"labels": ["Acme"], "type": "object"}'


class TrainingRequest(Value):
    """One training, checked as far as its own text goes.

    `annotations` and `keys` are relative to `prefix`, the key prefix of the batch's folder, which ends with a
    slash. Without `keys` everything in the folder is meant; without `annotations` people are asked to label.
    """

    labels: tuple[str, ...]
    type: Literal["object", "concept"]
    annotations: str | None = None
    keys: tuple[str, ...] | None = None
    prefix: str


class _RequestFile(Value):
    labels: tuple[str, ...]
    type: Literal["object", "concept"]
    annotations: str | None = None
    keys: tuple[str, ...] | None = None


def parse_request(body: bytes, *, key: str) -> TrainingRequest:
    """Read the `job.json` whose key is `key`; `InvalidTrainingRequest` names what is wrong and the rule."""
    given = _read(body, key)
    try:
        labels = validated_labels(given.labels)
    except InvalidInput as error:
        raise _invalid(key, f"{error.what[:1].lower()}{error.what[1:]}, {error.why}", error.remedy) from error
    if not labels:
        raise _invalid(key, "it names no label", "Name each brand that is to be learned in labels")
    if given.annotations is None:
        # Whether there are videos, which allow fewer, is not known before the files are looked at.
        require_labels(
            len(labels), "image" if given.type == "object" else "concept", what=f"{key!r} is refused"
        )
    else:
        _check_names([given.annotations], key)
    if given.keys is not None:
        _check_keys(given.keys, key)
    return TrainingRequest(
        labels=labels,
        type=given.type,
        annotations=given.annotations,
        keys=given.keys,
        prefix=key.removesuffix(REQUEST_FILE),
    )


def _read(body: bytes, key: str) -> _RequestFile:
    if len(body) > MAX_BYTES:
        raise _invalid(
            key, f"it has more than {MAX_BYTES:,} bytes", "Leave keys out to mean everything in the folder"
        )
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid(key, "it is no UTF-8 text", "Save it as UTF-8") from error
    try:
        request = _RequestFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _invalid(
            key, _complaint(first["type"], first["loc"], first["msg"]), f"Write it like {_FOR_EXAMPLE}"
        ) from error
    names = json.loads(text, object_pairs_hook=lambda pairs: [name for name, _ in pairs])
    for name, times in Counter(names).items():
        if times > 1:
            raise _invalid(key, f"it says {name} twice", "Say it once")
    return request


def _complaint(kind: str, place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place)
    match kind:
        case "json_invalid":
            return f"it is not JSON ({message.removeprefix('Invalid JSON: ')})"
        case "extra_forbidden":
            return f"{where!r} means nothing here, which knows labels, type, annotations and keys"
        case "missing":
            return f"{where} is missing"
        case "model_type" | "model_attributes_type":
            return "it is no JSON object"
        case _:
            return f"{where}: {message[:1].lower()}{message[1:]}"


def _check_keys(keys: tuple[str, ...], key: str) -> None:
    if not keys:
        raise _invalid(key, "keys is an empty list", "Leave keys out to mean everything in the folder")
    if len(set(keys)) != len(keys):
        raise _invalid(key, "keys names a file twice", "Name each file once")
    _check_names(keys, key)


def _check_names(names: Iterable[str], key: str) -> None:
    for name in names:
        if name == REQUEST_FILE:
            raise _invalid(key, f"it names {name!r}, itself, as one of its files", "Leave that name out")
        if any(step in ("", ".", "..") for step in name.split("/")):
            raise _invalid(
                key,
                f"{name!r} is no file inside its folder",
                "Name files by their path below the folder, clips/match.mp4 for example",
            )


def _invalid(key: str, why: str, remedy: str) -> InvalidTrainingRequest:
    return InvalidTrainingRequest(f"{key!r} is refused", why, remedy)
