"""How ONNX Runtime is asked: its options, and the form in which networks take pictures."""

import numpy as np
import numpy.typing as npt
import onnxruntime

from brandlens.detect.pictures import Pixels
from brandlens.errors import InvalidInput, ModelFailed

ALIGNMENT = 16
"""Networks take sides that are multiples of this; pictures are padded with grey at right and bottom."""
GREY = 127


def open_session(network: bytes, *, threads: int) -> onnxruntime.InferenceSession:
    """Open an ONNX network on `threads` threads of the CPU, the caller's among them.

    Raises
    ------
    InvalidInput
        There are no threads.
    ModelFailed
        ONNX Runtime refuses the network.
    """
    if threads < 1:
        # ONNX Runtime takes 0 for as many as there are cores.
        raise InvalidInput(
            f"Cannot look on {threads} threads", "it takes one at least", "Give the cores that may be used"
        )
    try:
        return onnxruntime.InferenceSession(
            network, sess_options=session_options(threads), providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # ONNX Runtime's own errors share no base class but this
        raise ModelFailed(
            "Cannot load the model", f"its network is refused ({error})", "Train it again"
        ) from error


def session_options(threads: int) -> onnxruntime.SessionOptions:
    """Return what every session is opened with."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Plans of memory are kept for every size of picture met: 75 MiB more for int8, and no faster.
    options.enable_mem_pattern = False
    # Idle threads must sleep, not spin: the machine has other work between pictures.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def padded(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """Return 1 x height x width x 3 pixels, both sides multiples of `ALIGNMENT`."""
    height, width = pixels.shape[:2]
    below, right = -height % ALIGNMENT, -width % ALIGNMENT
    if not (below or right):
        return pixels[None]
    return np.pad(pixels, ((0, below), (0, right), (0, 0)), constant_values=GREY)[None]
