"""FFmpeg's log: timestamps of the frames let through, places of damage, and what a failure means."""

import re
from collections import deque
from collections.abc import Sequence

from brandlens.errors import (
    AccessRefused,
    BrandlensError,
    CorruptMedia,
    MediaToolFailed,
    ObjectNotFound,
    ServiceUnavailable,
    TruncatedMedia,
)

LINE_LIMIT = 500
TAIL_LINES = 20
"""How much of a log is kept: the last lines, each cut."""

_FRAME = re.compile(r"^\[Parsed_showinfo_\d+ @ \w+\] \[info\] n: *\d+ pts: *(-?\d+) ")
_DAMAGE = re.compile(r"\[(error|fatal|panic)\]|^\[warning\] .*corrupt (decoded frame|input packet) ")
_DECODING = "[info] Stream mapping:"
_URL = re.compile(r"https?://\S+")
_LOST_CONNECTION = re.compile(
    r"Stream ends prematurely|Input/output error|Connection (reset|refused|timed out)|Network is unreachable"
    r"|Failed to resolve hostname|Server returned 5|HTTP error 5|Error in the pull function"
)


class ToolLog:
    """Reads ffmpeg's log (`-loglevel repeat+level+info`) a line at a time, in bounded memory.

    Memory is one number for each frame let through and one for each place of damage between two of them.
    """

    def __init__(self) -> None:
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._frames: list[int] = []
        self._damaged_after: list[int] = []
        self._decoding = False
        self.lost_connection = False
        """The URL could not be read on; FFmpeg takes that for the end of the file."""
        self.nothing_decoded = False
        """The file's end came before a first frame; FFmpeg calls that a failure."""

    def feed(self, line: str) -> int | None:
        """Take one line; return the timestamp in ticks when it tells of a frame let through."""
        if frame := _FRAME.match(line):
            self._frames.append(int(frame[1]))
            return self._frames[-1]
        if "[Parsed_showinfo_" in line:
            return None
        line = _URL.sub("<url>", line)[:LINE_LIMIT].rstrip()
        self._tail.append(line)
        self._decoding |= line.startswith(_DECODING)
        self.nothing_decoded |= "Cannot determine format of input stream" in line
        if self._decoding and _DAMAGE.search(line):
            self.lost_connection |= bool(_LOST_CONNECTION.search(line))
            if self._damaged_after[-1:] != [len(self._frames)]:
                self._damaged_after.append(len(self._frames))
        return None

    @property
    def tail(self) -> str:
        """The last lines, without URLs: a presigned one is a credential."""
        return " | ".join(self._tail)

    @property
    def frames(self) -> Sequence[int]:
        """Timestamps, in ticks, of the frames let through so far."""
        return self._frames

    @property
    def damage(self) -> Sequence[int]:
        """Where decoding failed: for each place the number of frames that had been let through before."""
        return self._damaged_after


def failure(tool: str, exit_code: int, log_tail: str) -> BrandlensError:
    """Return the error that says why `tool` ended with `exit_code`, by the words FFmpeg has for it."""
    if "Server returned 404" in log_tail:
        return ObjectNotFound("The file is gone", "it was deleted before it could be read", "Upload it again")
    if re.search(r"Server returned 40[13]", log_tail):
        return AccessRefused(
            "The file could not be read", "its bucket refused access", "Check the function's role"
        )
    if _LOST_CONNECTION.search(log_tail):
        return ServiceUnavailable("The file could not be read", "the connection to its bucket failed")
    if "moov atom not found" in log_tail:
        return TruncatedMedia(
            "The video is cut off",
            "the index at its end (the moov atom) is missing",
            "Upload the whole file again",
        )
    if tool == "ffprobe" and "Invalid data found" in log_tail:
        return CorruptMedia("The video's headers make no sense", "FFmpeg cannot read them", "Export it again")
    return MediaToolFailed(f"{tool} failed with exit code {exit_code}", log_tail or "it logged nothing")
