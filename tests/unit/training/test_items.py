from collections.abc import Iterator

import pytest

from brandlens.errors import InvalidTrainingRequest, NoTrainingPictures
from brandlens.jobs import Source
from brandlens.training.items import MAX_ITEMS, batch_items
from brandlens.training.request import TrainingRequest

PREFIX = "inbox/cup/train/spring/"


def request(*, annotations: str | None = None, keys: tuple[str, ...] | None = None) -> TrainingRequest:
    return TrainingRequest(labels=("Acme",), type="object", annotations=annotations, keys=keys, prefix=PREFIX)


def found(*names: str) -> Iterator[Source]:
    return (Source(bucket="media", key=PREFIX + name, version='"etag"') for name in names)


def listed(asked: TrainingRequest, *names: str) -> list[str]:
    return [item.source.key.removeprefix(PREFIX) for item in batch_items(found(*names), asked)]


def test_every_file_of_the_folder_is_an_item_with_a_number_of_its_own() -> None:
    items = list(batch_items(found("a.mp4", "b/a.mp4", "job.json", "notes.txt"), request()))
    assert [item.part for item in items] == ["000000", "000001", "000002"]
    assert [item.source.key for item in items] == [PREFIX + n for n in ("a.mp4", "b/a.mp4", "notes.txt")]
    assert items[0].source.version == '"etag"'


def test_folders_as_consoles_draw_them_are_no_items() -> None:
    assert listed(request(), "", "b/", "b/a.mp4") == ["b/a.mp4"]


def test_a_request_on_a_lower_level_is_a_file_like_others() -> None:
    assert listed(request(), "a.mp4", "b/job.json") == ["a.mp4", "b/job.json"]


def test_only_the_files_that_are_named_are_items() -> None:
    asked = request(keys=("c.mp4", "a.mp4"))
    assert listed(asked, "a.mp4", "b.mp4", "c.mp4", "c.mp4.part") == ["a.mp4", "c.mp4"]


def test_annotations_of_all_formats_are_no_items_of_a_batch_that_comes_with_some() -> None:
    names = ("a.jpg", "data.yaml", "labels.json", "labels/a.txt", "more/a.XML", "out.manifest", "z.png")
    assert listed(request(annotations="labels.json"), *names) == ["a.jpg", "z.png"]


@pytest.mark.parametrize(
    ("keys", "named"), [(("a.mp4", "no.mp4"), "'no.mp4', which"), (("no1", "no2", "no3"), "'no1' and 2 more")]
)
def test_a_key_that_is_not_there_is_refused_by_name(keys: tuple[str, ...], named: str) -> None:
    with pytest.raises(InvalidTrainingRequest, match=named):
        listed(request(keys=keys), "a.mp4")


def test_annotations_may_be_a_folder() -> None:
    names = ("Annotations/a.xml", "JPEGImages/a.jpg")
    assert listed(request(annotations="Annotations"), *names) == ["JPEGImages/a.jpg"]


def test_annotations_that_are_not_there_are_refused_by_name() -> None:
    with pytest.raises(InvalidTrainingRequest, match="which the folder does not hold"):
        listed(request(annotations="labels.json"), "a.jpg", "other.json")


@pytest.mark.parametrize("names", [(), ("job.json",), ("job.json", "clips/")])
def test_a_batch_without_files_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(NoTrainingPictures, match="no pictures or videos beside"):
        listed(request(), *names)


def test_a_batch_takes_as_many_files_as_the_limit_says_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ITEMS == 1_000_000
    monkeypatch.setattr("brandlens.training.items.MAX_ITEMS", 1_100)  # a million would take ten seconds
    names = [f"{number:04d}.jpg" for number in range(1_101)]
    assert len(listed(request(), *names[1:])) == 1_100
    with pytest.raises(InvalidTrainingRequest, match="more than 1,100 files"):
        listed(request(), *names)
