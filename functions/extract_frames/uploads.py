"""Writes pictures beside the decoder, a few at a time, so that decoding does not wait for every upload."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self

from brandlens.ports import ObjectStore

THREADS = 4
WAITING = 16
"""Pictures in memory at most; then the decoder waits too."""


class Uploads:
    """Use it in a `with` statement: at its end every picture is written, or the first error is raised."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._pool = ThreadPoolExecutor(THREADS)
        self._room = BoundedSemaphore(WAITING)
        self._failed: list[BaseException] = []

    def write(self, key: str, jpeg: bytes) -> None:
        """Write a picture soon; raises what an earlier one failed with."""
        self._raise_first()
        self._room.acquire()
        self._pool.submit(self._store.write, key, jpeg, content_type="image/jpeg").add_done_callback(
            self._written
        )

    def _written(self, upload: "Future[None]") -> None:
        self._room.release()
        if not upload.cancelled() and (error := upload.exception()):
            self._failed.append(error)

    def _raise_first(self) -> None:
        if self._failed:
            raise self._failed[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=kind is not None)
        if kind is None:
            self._raise_first()
