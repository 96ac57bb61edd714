import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.dropfolder import NO_PROJECT, Drop, batch_of, drop_of, name_in_batch

NAMES = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1, max_size=40)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("key", "size", "purpose", "project"),
    [
        ("inbox/cup/analyze/final.mp4", 9, "analyze", "cup"),
        ("inbox/cup/analyze/a/b/c d.mp4", 9, "analyze", "cup"),
        ("inbox/cup/analyze//final.mp4", 9, "analyze", "cup"),
        ("inbox/cup/analyze/final.mp4", 0, "analyze", "cup"),
        ("inbox/cup/train/batch/job.json", 9, "training", "cup"),
        ("inbox/cup/train/batch 1 %2F/job.json", 0, "training", "cup"),
        ("inbox/cup/train/batch/more/job.json", 9, "misplaced", "cup"),
        ("inbox/cup/train/job.json", 9, "misplaced", "cup"),
        ("inbox/cup/train//job.json", 9, "misplaced", "cup"),
        ("inbox/cup/train/batch/JOB.JSON", 9, "misplaced", "cup"),
        ("inbox/cup/train/batch/my job.json", 9, "train", "cup"),
        ("inbox/cup/train/batch/match.mp4", 9, "train", "cup"),
        ("inbox/cup/analyze/batch/job.json", 9, "analyze", "cup"),
        ("inbox/cup/analyze/", 0, "folder", NO_PROJECT),
        ("inbox/cup/", 0, "folder", NO_PROJECT),
        ("inbox/", 0, "folder", NO_PROJECT),
        ("inbox/cup/analyze/folder/", 9, "unknown", "cup"),
        ("inbox/cup/analyze", 9, "unknown", "cup"),
        ("inbox/cup/other/final.mp4", 9, "unknown", "cup"),
        ("inbox/cup/Analyze/final.mp4", 9, "unknown", "cup"),
        ("inbox/final.mp4", 9, "unknown", NO_PROJECT),
        ("inbox//analyze/final.mp4", 9, "unknown", NO_PROJECT),
        ("outbox/cup/analyze/final.mp4", 9, "elsewhere", NO_PROJECT),
        ("inbox", 9, "elsewhere", NO_PROJECT),
    ],
)
def test_a_key_asks_for_what_its_folders_say(key: str, size: int, purpose: str, project: str) -> None:
    assert drop_of(key, size) == Drop.model_validate({"purpose": purpose, "project": project})


@given(project=NAMES, path=PATHS, size=st.integers(0, 2**40))
def test_whatever_project_and_path_are_called_nothing_in_them_is_decoded(
    project: str, path: str, size: int
) -> None:
    assert drop_of(f"inbox/{project}/analyze/{path}", size) == Drop(purpose="analyze", project=project)


@given(key=st.text(max_size=60), size=st.integers(0, 9))
def test_every_key_has_an_answer_with_a_project_that_an_index_can_hold(key: str, size: int) -> None:
    assert drop_of(key, size).project


@given(batch=NAMES, path=PATHS)
def test_a_file_of_a_batch_is_called_as_it_was_before_it_was_dropped(batch: str, path: str) -> None:
    key = f"inbox/cup/train/{batch}/{path}"
    assert (batch_of(key), name_in_batch(key)) == (batch, path)
