"""What the emulator's journal gives back after a kill."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from local.emulator import journal

CHANGES = st.lists(st.dictionaries(st.text(), st.integers() | st.text()), min_size=1, max_size=5)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(journal.FOLDER, str(tmp_path))
    return tmp_path


def restarted() -> list[Any]:
    """Return the changes that an emulator makes again when it starts."""
    made: list[Any] = []
    journal.replay_with("sample", made.append)
    journal.replay()
    return made


def empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, data=st.data())
def test_a_kill_in_the_middle_of_a_line_leaves_every_line_before_it(
    folder: Path, changes: list[Any], data: st.DataObject
) -> None:
    empty(folder)
    assert restarted() == []
    ends = [0]
    (file,) = folder.iterdir()
    for change in changes:
        journal.write("sample", change)
        ends.append(file.stat().st_size)
    cut = data.draw(st.integers(0, ends[-1]))
    file.write_bytes(file.read_bytes()[:cut])
    assert restarted() == changes[: sum(end <= cut for end in ends) - 1]


def test_changes_are_made_again_in_their_order_until_they_are_saved(folder: Path) -> None:
    restarted()
    journal.write("sample", 1)
    before = journal.turn()
    journal.write("sample", 2)
    assert restarted() == [1, 2]
    for file in before:
        file.unlink()
    journal.write("sample", 3)
    assert restarted() == [2, 3]
    assert restarted() == [2, 3], "making them again is no change"
