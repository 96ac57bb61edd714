from pathlib import Path

import pytest
from PIL import Image

from brandlens.cli.quoting import quote_files
from brandlens.cost import published_prices
from brandlens.cost.quote import Looker
from brandlens.errors import BrandlensError, InvalidInput, TruncatedMedia, UnsupportedMedia
from tests.media_samples import sample
from tests.unit.cost.test_quote import TERMS

LOOKER = Looker(detector="embedded")


def frames(*paths: Path) -> dict[str, int]:
    quoted = quote_files(paths, LOOKER, TERMS, published_prices())
    assert not quoted.errors
    return {each.file: each.quote.frames for each in quoted.files}


def refusal(path: Path) -> BrandlensError:
    quoted = quote_files([path], LOOKER, TERMS, published_prices())
    assert not quoted.files
    (error,) = quoted.errors
    return error


def test_files_and_folders_are_quoted_by_what_their_headers_say(tmp_path: Path) -> None:
    folder = tmp_path / "match"
    (folder / "stills").mkdir(parents=True)
    Image.new("RGB", (640, 480)).save(folder / "stills" / "a.png")
    (folder / ".hidden").write_bytes(b"x")
    (folder / "clip.mov").symlink_to(sample("tiny"))
    assert frames(folder, folder / "clip.mov") == {
        "match/clip.mov": 2,
        "match/stills/a.png": 1,
        "clip.mov": 2,
    }


def test_a_file_that_the_service_would_refuse_is_refused_by_name(tmp_path: Path) -> None:
    notes = tmp_path / "notes.mp4"
    notes.write_text("A letter, not a video.\n")
    refused = refusal(notes)
    assert isinstance(refused, UnsupportedMedia)
    assert f"{notes} cannot be quoted: its content is text. Supported" in str(refused)
    assert isinstance(refusal(sample("broken_off")), TruncatedMedia)


@pytest.mark.parametrize(
    ("name", "why"), [("gone.mp4", "there is no such file or folder"), ("empty", "the folder holds no file")]
)
def test_a_path_without_a_file_is_refused(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "empty").mkdir()
    refused = refusal(tmp_path / name)
    assert isinstance(refused, InvalidInput)
    assert f"{name} cannot be quoted: {why}." in str(refused)


def test_a_file_that_cannot_be_read_is_refused() -> None:
    refused = refusal(Path("/proc/self/mem"))
    assert str(refused).startswith("/proc/self/mem cannot be quoted: it cannot be read: ")


def test_one_bad_file_keeps_no_other_from_being_quoted(tmp_path: Path) -> None:
    Image.new("RGB", (640, 480)).save(tmp_path / "a.png")
    (tmp_path / "b.mp4").write_text("A letter, not a video.\n")
    Image.new("RGB", (640, 480)).save(tmp_path / "c.png")
    quoted = quote_files([tmp_path / "gone.mp4", tmp_path], LOOKER, TERMS, published_prices())
    assert [Path(each.file).name for each in quoted.files] == ["a.png", "c.png"]
    assert [str(error).split(" cannot")[0] for error in quoted.errors] == [
        str(tmp_path / "gone.mp4"),
        str(tmp_path / "b.mp4"),
    ]
