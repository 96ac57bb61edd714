from pathlib import Path

import pytest
from PIL import Image

from brandlens.cli.quoting import quote_files
from brandlens.cost import published_prices
from brandlens.cost.quote import Looker
from brandlens.errors import InvalidInput, TruncatedMedia, UnsupportedMedia
from tests.media_samples import sample
from tests.unit.cost.test_quote import TERMS

LOOKER = Looker(detector="embedded")


def frames(*paths: Path) -> dict[str, int]:
    quotes = quote_files(paths, LOOKER, TERMS, published_prices())
    return {each.file: each.quote.frames for each in quotes}


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
    with pytest.raises(
        UnsupportedMedia, match=r"notes\.mp4 cannot be quoted: its content is text\. Supported"
    ):
        frames(notes)
    with pytest.raises(TruncatedMedia, match="cannot be quoted"):
        frames(sample("broken_off"))


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"gone\.mp4 cannot be quoted: there is no such file"):
        frames(tmp_path / "gone.mp4")
