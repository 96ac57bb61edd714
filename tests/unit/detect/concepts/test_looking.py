import numpy as np
import pytest
import torch

from brandlens.detect.concepts.looking import Looker
from brandlens.detect.concepts.network import Features
from brandlens.detect.training.torch_on import best_device

CPU = torch.device("cpu")


@pytest.fixture
def looked(draw):
    """Looks at two pictures with the same seed, on any device."""
    pictures = [draw(0, "Stripes"), draw(1, "Checks")]
    return lambda device: Looker(pictures, Features(), device, seed=1)


def test_each_look_again_sees_other_versions_and_the_same_seed_the_same_ones(looked):
    once, twice = looked(CPU), looked(CPU)
    whole, first, second = once.whole(), once.again(), once.again()
    assert whole.shape == first.shape == (2, whole.shape[1])
    assert np.abs(first - whole).max() > 1e-3
    assert np.abs(second - first).max() > 1e-3
    assert (twice.again() == first).all()


@pytest.mark.skipif(best_device() == CPU, reason="there is no GPU")
def test_a_gpu_sees_what_the_cpu_sees(looked):
    np.testing.assert_allclose(looked(best_device()).whole(), looked(CPU).whole(), rtol=1e-2, atol=1e-2)
