"""How a program of ours ends when it could not do its work: one line and an exit code, never a traceback.

Exit codes: 0 done, 1 the work failed, 2 bad usage or input, 130 interrupted.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from brandlens.cli.console import say
from brandlens.errors import (
    AlreadyExists,
    BrandlensError,
    Conflict,
    InvalidInput,
    InvalidSettings,
    NotFound,
    Refused,
)

_BAD_INPUT = (Refused, AlreadyExists, Conflict, InvalidInput, InvalidSettings, NotFound)


@contextmanager
def ended_in_one_line(program: str) -> Iterator[None]:
    """Tell an error on standard error and exit with its code."""
    try:
        yield
    except BrandlensError as error:
        say(f"{program}: {error}")
        sys.exit(exit_code(error))
    except OSError as error:
        if error.filename is None:
            say(f"{program}: The work could not go on: {error.strerror or error}.")
            sys.exit(1)
        # A file or folder that the user named cannot be read or written.
        say(f"{program}: {error.filename} cannot be used: {error.strerror}. Name another one.")
        sys.exit(2)


def exit_code(error: BrandlensError) -> int:
    """Return the code of a program that an error ends."""
    return 2 if isinstance(error, _BAD_INPUT) else 1
