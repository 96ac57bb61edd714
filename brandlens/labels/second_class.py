"""The class that a concept job with a single label needs besides, and no result ever shows.

A classifier tells classes apart, so Custom Labels refuses to train one on a single label
(ERROR_MANIFEST_TOO_FEW_LABELS in
https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/tm-debugging-aggregate-errors.html), and a
labeling task needs a choice. Pictures that do not show the one label are of this class.
"""

from collections.abc import Sequence

SECOND_CLASS = "None of these"
"""As people who label read it. No label of a project may be called so."""


def concept_classes(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the classes that pictures are sorted into: the labels, and a second class if there is one."""
    return (*labels, SECOND_CLASS) if len(labels) == 1 else tuple(labels)


def is_second_class(label: str) -> bool:
    return label.casefold() == SECOND_CLASS.casefold()
