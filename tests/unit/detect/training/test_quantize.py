import logging
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto

from brandlens.detect.training.quantize import to_int8
from brandlens.errors import ModelFailed


def answers(network, picture):
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    return session.run(None, {"pictures": picture[None]})


def test_weights_are_of_8_bits(red_int8):
    weights = onnx.load_from_string(red_int8).graph.initializer
    kernels = [weight for weight in weights if weight.name.startswith("nothing")]
    assert TensorProto.INT8 in {kernel.data_type for kernel in kernels}
    assert TensorProto.FLOAT not in {kernel.data_type for kernel in kernels if len(kernel.dims) == 4}


@pytest.mark.parametrize("size", [(64, 64), (96, 160)])
def test_8_bits_answer_nearly_as_floats_do_at_any_size(red_network, red_int8, size):
    picture = np.zeros((*size, 3), np.uint8)
    picture[16:24, 32:40, 0] = 200
    exact, small = answers(red_network, picture), answers(red_int8, picture)
    assert exact[0][0, 0, 2, 4] == pytest.approx(200 / 255)
    for expected, found in zip(exact, small, strict=True):
        np.testing.assert_allclose(found, expected, atol=0.1)


def test_nothing_to_calibrate_on_is_refused(red_network):
    with pytest.raises(ModelFailed, match="no picture"):
        to_int8(red_network, [], threads=1)


@pytest.mark.parametrize("threads", [1, 3])
def test_pictures_are_looked_at_on_the_threads_given(red_network, threads):
    def running():
        return len(list(Path("/proc/self/task").iterdir()))

    def pictures():
        seen.append(running())
        yield np.full((32, 32, 3), 200, np.uint8)

    seen = [running()]
    to_int8(red_network, pictures(), threads=threads)
    before, during = seen
    assert during - before == threads - 1  # the caller's own is one of them


def test_loggers_are_left_as_they_were(red_network):
    root = logging.getLogger()
    before = (list(root.handlers), list(root.filters))
    to_int8(red_network, [np.full((32, 32, 3), 200, np.uint8)], threads=1)
    assert (root.handlers, root.filters) == before
