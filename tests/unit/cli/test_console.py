import pytest

from brandlens.cli.console import progress, shown_name


def test_a_piped_step_says_when_it_begins_and_at_each_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        for done in range(101):
            report("Training", done, 100)
    lines = ["Training ...", "Training: 25/100", "Training: 50/100", "Training: 75/100", "Training: 100/100"]
    assert capsys.readouterr().err.splitlines() == lines


def test_small_files_are_counted_in_tenths_of_megabytes(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        report("Uploading (MB)", 0.34, 0.34)
    assert "Uploading (MB): 0.3/0.3" in capsys.readouterr().err


def test_nothing_is_printed_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        report("Training", 1, 1)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("a/b c+%2B 🎬.mp4", "b c+%2B 🎬.mp4"),
        ("a/new\nline.png", r"new\nline.png"),
        ("a/\x1b[31mred", r"\x1b[31mred"),
        ("inbox/cup/train/new\nline/job.json", r"train/new\nline/"),
        ("inbox/cup/analyze/a/job.json", "job.json"),
    ],
)
def test_a_name_never_breaks_its_line(key: str, shown: str) -> None:
    assert shown_name(key) == shown
