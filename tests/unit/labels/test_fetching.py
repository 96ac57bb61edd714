"""Formats of a file for each picture: the files come several at a time, for each takes a while to come."""

from collections.abc import Iterator, Mapping
from threading import Barrier
from time import sleep

import pytest

from brandlens.errors import InvalidLabels
from brandlens.labels.fetching import contents
from brandlens.labels.pictures import LabeledBox, LabeledPicture
from brandlens.labels.reading import read_annotations
from brandlens.labels.sizes import Size
from brandlens.labels.writing import Format, write_annotations
from brandlens.results import Box
from tests.jobs import NOW

PICTURES = tuple(
    LabeledPicture(
        name=f"images/{number}.jpg",
        width=640,
        height=480,
        boxes=(LabeledBox(label="Acme", box=Box(left=0.25, top=0.25, width=0.5, height=number / 100)),),
        scene="images",
    )
    for number in range(1, 9)
)


class InPairs(Mapping[str, bytes]):
    """Files of which those of single pictures come only when two are asked for at once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files, self._pair = files, Barrier(2, timeout=30)

    def __getitem__(self, name: str) -> bytes:
        if name.endswith((".txt", ".xml")):
            self._pair.wait()
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __len__(self) -> int:
        return len(self._files)


@pytest.mark.parametrize(("fmt", "entry"), [("voc", ""), ("yolo", "data.yaml")])
def test_the_files_of_single_pictures_are_read_several_at_a_time(fmt: Format, entry: str) -> None:
    files = write_annotations(PICTURES, fmt, labels=["Acme"], pictures_at="", created_at=NOW)
    sizes = {picture.name: Size(640, 480) for picture in PICTURES}
    read = read_annotations(entry, InPairs(files), labels=["Acme"], sizes=sizes)
    assert {picture.name: round(picture.boxes[0].box.height, 6) for picture in read} == {
        picture.name: picture.boxes[0].box.height for picture in PICTURES
    }


def test_contents_come_in_the_order_asked_for() -> None:
    files = {str(number): bytes([number]) for number in range(100)}
    names = list(reversed(files))
    assert list(contents(files, names)) == [files[name] for name in names]


def test_the_files_after_one_that_is_refused_are_left_alone() -> None:
    asked: list[str] = []

    class Noted(dict[str, bytes]):
        def __getitem__(self, name: str) -> bytes:
            asked.append(name)
            sleep(0.01)  # else the others may all have come before the first is looked at
            return super().__getitem__(name)

    files = Noted({f"{number:05}.xml": b"no XML" for number in range(5000)})
    with pytest.raises(InvalidLabels, match=r"00000\.xml"):
        read_annotations("", files, labels=["Acme"], sizes={})
    assert len(asked) < len(files)
