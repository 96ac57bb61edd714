from pathlib import Path

import pytest

from brandlens.cli.dropping import plan_drops
from brandlens.errors import InvalidInput, InvalidKey


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_a_file_goes_to_the_projects_drop_folder_under_its_own_name(tmp_path: Path) -> None:
    (drop,) = plan_drops([_file(tmp_path / "a clip+%2B 🎬.mp4")], "cup")
    assert drop.key == "inbox/cup/analyze/a clip+%2B 🎬.mp4"


def test_a_folders_files_keep_their_path_so_that_base_names_never_meet(tmp_path: Path) -> None:
    _file(tmp_path / "match" / "day 1" / "clip.mp4")
    _file(tmp_path / "match" / "day 2" / "clip.mp4")
    keys = [drop.key for drop in plan_drops([tmp_path / "match"], "cup")]
    assert keys == ["inbox/cup/analyze/match/day 1/clip.mp4", "inbox/cup/analyze/match/day 2/clip.mp4"]


def test_hidden_files_of_a_folder_are_left_out(tmp_path: Path) -> None:
    _file(tmp_path / "match" / ".DS_Store")
    _file(tmp_path / "match" / ".cache" / "clip.mp4")
    kept = _file(tmp_path / "match" / "clip.mp4")
    assert [drop.path for drop in plan_drops([tmp_path / "match"], "cup")] == [kept]


def test_the_same_file_named_twice_is_uploaded_once(tmp_path: Path) -> None:
    clip = _file(tmp_path / "clip.mp4")
    assert len(plan_drops([clip, clip], "cup")) == 1


def test_two_files_that_would_meet_under_one_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"both would be uploaded as inbox/cup/analyze/clip\.mp4"):
        plan_drops([_file(tmp_path / "a" / "clip.mp4"), _file(tmp_path / "b" / "clip.mp4")], "cup")


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there is no such file or folder"):
        plan_drops([tmp_path / "nowhere"], "cup")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no file"):
        plan_drops([tmp_path], "cup")


def test_a_key_over_s3s_limit_is_refused_before_anything_is_uploaded(tmp_path: Path) -> None:
    deep = tmp_path / "root" / "/".join(["d" * 200] * 5) / "clip.mp4"
    with pytest.raises(InvalidKey, match="bytes of UTF-8 and S3 takes 1,024"):
        plan_drops([_file(deep).parents[5]], "cup")


def test_a_link_is_uploaded_under_its_own_name(tmp_path: Path) -> None:
    link = tmp_path / "final.mp4"
    link.symlink_to(_file(tmp_path / "v17.mp4"))
    (drop,) = plan_drops([link], "cup")
    assert drop.key == "inbox/cup/analyze/final.mp4"


def test_what_is_neither_a_file_nor_a_folder_is_refused() -> None:
    with pytest.raises(InvalidInput, match="neither a file nor a folder"):
        plan_drops([Path("/dev/null")], "cup")


def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidKey, match="its name is not UTF-8"):
        plan_drops([_file(tmp_path / "bad\udcff.png")], "cup")
