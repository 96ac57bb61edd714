import pytest

from brandlens.detect.command.picture_files import PictureFolder, manifest_text, usable
from brandlens.errors import InvalidInput, InvalidLabels


def folder_of(tmp_path, *names):
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return PictureFolder(tmp_path)


@pytest.mark.parametrize(
    ("there", "found"),
    [
        (["c.jpg"], "c.jpg"),
        (["b/c.jpg", "c.jpg"], "b/c.jpg"),
        (["a/b/c.jpg", "b/c.jpg"], "a/b/c.jpg"),
        (["bucket/a/b/c.jpg", "a/b/c.jpg"], "bucket/a/b/c.jpg"),
        (["other/c.jpg", "xc.jpg"], None),
    ],
)
def test_a_picture_is_found_by_the_longest_end_of_its_key(tmp_path, there, found):
    path = folder_of(tmp_path, *there).find("s3://bucket/a/b/c.jpg")
    assert path == (found and tmp_path / found)


@pytest.mark.parametrize("key", ["../secret.jpg", "a/../../secret.jpg", "", "/", "\0", "x" * 5000])
def test_no_key_reaches_out_of_the_folder_or_breaks_the_search(tmp_path, key):
    (tmp_path / "secret.jpg").touch()
    inside = tmp_path / "inside"
    inside.mkdir()
    assert PictureFolder(inside).find(f"s3://bucket/{key}") is None


def test_two_pictures_are_never_taken_from_one_file(tmp_path):
    folder = folder_of(tmp_path, "1.jpg")
    with pytest.raises(InvalidLabels, match=r"b/1\.jpg cannot be told from s3://m/a/1\.jpg"):
        folder.find_all(["s3://m/a/1.jpg", "s3://m/b/1.jpg"])


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="not a folder"):
        PictureFolder(tmp_path / "nowhere")


def fails_above(most):
    def use(number):
        if number > most:
            raise InvalidLabels(f"Picture {number}", "it is damaged")
        return -number

    return use


def test_pictures_that_can_be_used_keep_their_order_and_nothing_is_said():
    assert usable(range(30), fails_above(99), file="m") == ([-n for n in range(30)], ())


def test_a_tenth_may_be_left_out_and_the_warning_names_some_and_counts_all():
    used, warnings = usable(range(50), fails_above(44), file="m")
    assert used == [-n for n in range(45)]
    (warning,) = warnings
    assert warning == (
        "5 of 50 pictures cannot be used and were left out: Picture 45: it is damaged; "
        "Picture 46: it is damaged; Picture 47: it is damaged; and 2 more."
    )


@pytest.mark.parametrize("most", [43, -1])
def test_more_than_a_tenth_or_all_are_refused(most):
    with pytest.raises(
        InvalidLabels, match=rf"{49 - most} of 50 pictures .* Picture {most + 1}: it is damaged"
    ):
        usable(range(50), fails_above(most), file="m")


def test_a_byte_order_mark_before_a_manifest_is_passed_over(tmp_path):
    (tmp_path / "m").write_bytes("\ufeff{}".encode())
    assert manifest_text(tmp_path / "m") == "{}"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_a_manifest_that_is_no_text_or_not_there_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "m").write_bytes(content)
    with pytest.raises(InvalidInput, match="m cannot be read"):
        manifest_text(tmp_path / "m")
