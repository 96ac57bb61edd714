"""A running ffmpeg: no shell, a time limit, bounded memory for its output, never a process left behind."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event, Thread, Timer
from typing import IO

from brandlens.errors import MediaToolFailed, MediaToolTimeout, ServiceUnavailable
from brandlens.media.extraction import read_jpegs
from brandlens.media.tool_log import LINE_LIMIT, ToolLog, failure


@contextmanager
def running(command: Sequence[str], timeout_s: float) -> Iterator["FfmpegRun"]:
    """Run ffmpeg for the length of a `with` statement, `timeout_s` seconds at most; then it is killed and
    reaped."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
    except FileNotFoundError as error:
        raise not_installed(command[0]) from error
    with process:  # Closes the pipes and reaps.
        try:
            run = FfmpegRun(process, timeout_s)
            yield run
        finally:
            process.kill()
            run.close()


class FfmpegRun:
    """The pictures on ffmpeg's standard output, paired with the timestamps in its log.

    A thread reads the log, since either pipe may fill up first; another kills ffmpeg when its time is over.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", timeout_s: float) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self.log = ToolLog()
        self._process = process
        self._stdout = process.stdout
        self._timeout_s = timeout_s
        self._timed_out = Event()
        self._timestamps: SimpleQueue[int | None] = SimpleQueue()
        self._peeked: list[int | None] = []
        self._reader = Thread(target=self._read_log, args=(process.stderr,), daemon=True)
        self._timer = Timer(max(timeout_s, 0), self._time_out)
        self._timer.daemon = True
        self._reader.start()
        self._timer.start()

    def first_timestamp(self) -> int | None:
        """Wait for the first frame and return its timestamp in ticks; None when ffmpeg ends well without one.

        To be asked before `pictures`. Raises as `finish` does.
        """
        if not self._peeked:
            self._peeked.append(self._timestamps.get())
        if self._peeked[0] is None:
            self.finish()
        return self._peeked[0]

    def pictures(self) -> Iterator[tuple[int, bytes]]:
        """Yield (timestamp in ticks, JPEG) for every frame that ffmpeg lets through."""
        for jpeg in read_jpegs(self._stdout):
            pts = self._peeked.pop() if self._peeked else self._timestamps.get()
            if pts is None:
                raise MediaToolFailed("FFmpeg failed", "it wrote a picture and logged no timestamp for it")
            yield pts, jpeg

    def finish(self) -> None:
        """Wait for the end and raise what went wrong: `MediaToolTimeout`, `ServiceUnavailable`, or
        `failure`."""
        exit_code = self._process.wait()
        self._reader.join()
        if self._timed_out.is_set():
            raise timed_out("extracting the frames", self._timeout_s)
        if self.log.lost_connection:
            raise ServiceUnavailable(
                "The video could not be read to its end", "the connection to its bucket was lost"
            )
        if exit_code and not self.log.nothing_decoded:
            raise failure("ffmpeg", exit_code, self.log.tail)

    def close(self) -> None:
        self._timer.cancel()
        self._reader.join()

    def _read_log(self, stderr: IO[bytes]) -> None:
        try:
            while line := stderr.readline(LINE_LIMIT):
                if (pts := self.log.feed(line.decode(errors="replace"))) is not None:
                    self._timestamps.put(pts)
        finally:
            self._timestamps.put(None)

    def _time_out(self) -> None:
        self._timed_out.set()
        self._process.kill()


def timed_out(doing: str, timeout_s: float) -> MediaToolTimeout:
    return MediaToolTimeout("FFmpeg did not finish in time", f"{doing} took longer than {timeout_s:.0f} s")


def not_installed(program: str) -> MediaToolFailed:
    return MediaToolFailed(f"{program} could not be run", "it is not on PATH", "Install FFmpeg")
