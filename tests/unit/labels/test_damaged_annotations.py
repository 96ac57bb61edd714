"""Whatever a file holds, it is read or refused: nothing else is ever raised."""

import contextlib
import json
from collections.abc import Mapping
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidLabels
from brandlens.labels.image_manifest import ClassifiedPicture, write_image_manifest
from brandlens.labels.reading import read_annotations, read_classifications
from brandlens.labels.sizes import Size
from brandlens.labels.writing import Format, write_annotations
from tests.unit.labels.pictures import CREATED, LABELS, datasets, size_of
from tests.unit.labels.test_round_trips import ENTRIES

ODD: list[Any] = [
    None,
    True,
    "",
    "x",
    "\ud800",
    [],
    {},
    -1,
    0,
    1.5,
    10**400,
    1e308,
    float("nan"),
    [[]],
    {"a": 1},
]
TEXTS = [
    b"",
    b"\x00",
    b"\xff",
    b"<",
    b"&#0;",
    b"{",
    b"[" * 2_000,
    b"1e999",
    b"-1",
    b"9" * 5_000,
    b"\n- a\n: b",
    b"*a",
]


@st.composite
def damaged(draw: st.DrawFn, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """One of the files, with a part of its text replaced, or with one value of its JSON."""
    name = draw(st.sampled_from(sorted(files)))
    body = files[name]
    if name.endswith((".json", ".manifest")) and draw(st.booleans()):
        first, *others = body.splitlines() if name.endswith(".manifest") else [body]
        document = json.loads(first)
        spoil(document, draw)
        return {**files, name: b"\n".join([json.dumps(document).encode(), *others])}
    start = draw(st.integers(0, len(body)))
    end = draw(st.integers(start, min(len(body), start + 12)))
    return {**files, name: body[:start] + draw(st.sampled_from(TEXTS)) + body[end:]}


def spoil(document: Any, draw: st.DrawFn) -> None:
    """Replace one value, however deep."""
    while True:
        keys = list(document) if isinstance(document, dict) else range(len(document))
        key = draw(st.sampled_from(keys))
        if not document[key] or not isinstance(document[key], dict | list) or draw(st.booleans()):
            document[key] = draw(st.sampled_from(ODD))
            return
        document = document[key]


@pytest.mark.parametrize("fmt", get_args(Format))
@given(data=st.data())
def test_damaged_boxes_are_read_or_refused(fmt: Format, data: st.DataObject) -> None:
    pictures = data.draw(datasets())
    sizes = {picture.name: Size(*size_of(picture)) for picture in pictures}
    files = write_annotations(pictures, fmt, labels=LABELS, pictures_at="s3://media", created_at=CREATED)
    harmed = data.draw(damaged(files))

    with contextlib.suppress(InvalidLabels):
        read = read_annotations(ENTRIES[fmt], harmed, labels=LABELS, sizes=sizes)
        assert {picture.name for picture in read} <= sizes.keys()


@given(data=st.data())
def test_damaged_labels_of_whole_pictures_are_read_or_refused(data: st.DataObject) -> None:
    pictures = [
        ClassifiedPicture(name=name, labels=("Acme", "三菱"), scene="s") for name in ("1.jpg", "2.jpg")
    ]
    manifest = write_image_manifest(
        pictures, LABELS, source_ref="s3://media/{}".format, job_name="job", created_at=CREATED
    )
    harmed = data.draw(damaged({"m.manifest": manifest.encode()}))

    with contextlib.suppress(InvalidLabels):
        read = read_classifications(
            "m.manifest", harmed, labels=LABELS, sizes={"1.jpg": Size(64, 64), "2.jpg": Size(64, 64)}
        )
        assert {picture.name for picture in read} <= {"1.jpg", "2.jpg"}
