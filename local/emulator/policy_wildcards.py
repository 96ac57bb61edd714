"""Wildcards of policies: MiniStack's `*` and `?` do not match a newline, which S3's keys may hold."""

import re
from functools import lru_cache

from ministack.core import iam_evaluator

WILDCARDS = {"*": ".*", "?": "."}


def build() -> None:
    iam_evaluator._fnmatch_compile = compiled


@lru_cache(4096)
def compiled(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    """Return what matches, from a value's start to its very end, as `pattern` does on AWS."""
    regex = "".join(WILDCARDS.get(character) or re.escape(character) for character in pattern)
    return re.compile(rf"{regex}\Z", re.DOTALL | (re.IGNORECASE if ignore_case else re.NOFLAG))
