import pytest

from brandlens.cli.ending import ended_in_one_line
from brandlens.errors import InvalidLabels, ModelFailed, NotFound, Throttled


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (InvalidLabels("It is refused", "it is bad", "Mend it"), 2, "p: It is refused: it is bad. Mend it."),
        (NotFound("It is refused", "it is not there"), 2, "p: It is refused: it is not there."),
        (ModelFailed("It failed", "for a reason"), 1, "p: It failed: for a reason."),
        (Throttled("It failed", "too many calls"), 1, "p: It failed: too many calls."),
        (
            FileNotFoundError(2, "No such file or directory", "a.jpg"),
            2,
            "p: a.jpg cannot be used: No such file or directory. Name another one.",
        ),
        (
            OSError(28, "No space left on device"),
            1,
            "p: The work could not go on: No space left on device.",
        ),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    error: Exception, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, ended_in_one_line("p"):
        raise error
    assert ended.value.code == code
    assert capsys.readouterr().err.splitlines() == [line]


def test_an_error_that_nobody_foresaw_is_not_hidden() -> None:
    with pytest.raises(KeyError), ended_in_one_line("p"):
        raise KeyError("bug")
