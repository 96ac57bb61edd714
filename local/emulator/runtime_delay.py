"""The 40 ms for which MiniStack's Runtime API holds back each event that it hands to a warm function."""

from typing import Any

from ministack.core import lambda_runtime


def build() -> None:
    """Send what is written at once.

    Headers and body are written one after the other; with Nagle's algorithm the body waits until the headers
    are acknowledged, which the function's side puts off.
    """
    build_handler = lambda_runtime.ProvidedWorker._build_handler_class

    def build_handler_class(worker: Any, generation: Any, pending: Any) -> Any:
        handler = build_handler(worker, generation, pending)
        handler.disable_nagle_algorithm = True
        return handler

    lambda_runtime.ProvidedWorker._build_handler_class = build_handler_class
