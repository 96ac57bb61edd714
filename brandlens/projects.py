"""What a project's name and labels may be."""

import re
from collections import Counter
from collections.abc import Iterable

from brandlens.errors import InvalidInput
from brandlens.labels.second_class import is_second_class

_NAME = re.compile(r"[a-z0-9](-?[a-z0-9])*")
_MAX_NAME = 63
_LABEL = re.compile(r"\w[\w -]*", re.ASCII)
_MAX_LABEL = 100
_SHOWN = 20
_MAX_LABELS = 250
"""Amazon Rekognition Custom Labels' default quota of labels in one dataset."""


def validated_name(name: str) -> str:
    """Return `name`; `InvalidInput` unless it is lower-case letters and digits joined by single dashes."""
    if len(name) <= _MAX_NAME and _NAME.fullmatch(name):
        return name
    raise InvalidInput(
        f"A project cannot be named {name!r}",
        f"a name is at most {_MAX_NAME} lower-case letters and digits, joined by single dashes",
        "Choose such a name, summer-cup for example",
    )


def validated_labels(labels: Iterable[str]) -> tuple[str, ...]:
    """Return the labels without the blanks around them; `InvalidInput` names the first that breaks a rule."""
    stripped = tuple(label.strip() for label in labels)
    for label in stripped:
        if not _LABEL.fullmatch(label) or len(label) > _MAX_LABEL:
            raise InvalidInput(
                f"A brand cannot be labeled {_shown(label)}",
                f"a label is 1 to {_MAX_LABEL} letters, digits, blanks, _ and -, not begun by a blank or -",
                "Choose such a label",
            )
        if is_second_class(label):
            raise InvalidInput(
                f"A brand cannot be labeled {label!r}",
                "that is what pictures without the brand are called",
                "Choose another label",
            )
    label, times = next(iter(Counter(stripped).most_common(1)), ("", 0))
    if times > 1:
        raise InvalidInput("The labels cannot be used", f"{label} is there twice", "Name each brand once")
    if len(stripped) > _MAX_LABELS:
        raise InvalidInput(
            f"{len(stripped)} labels cannot be used",
            f"Custom Labels takes {_MAX_LABELS}",
            "Split the project",
        )
    return stripped


def _shown(label: str) -> str:
    """Quote a label, the beginning of a long one."""
    return repr(label) if len(label) <= _MAX_LABEL else f"{label[:_SHOWN]!r}... ({len(label)} characters)"
