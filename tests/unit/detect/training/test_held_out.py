import pytest
import torch

from brandlens.detect.training.held_out import PATIENCE, HeldOut
from brandlens.detect.training.network import Network

CPU = torch.device("cpu")


@pytest.fixture
def held_out(pictures):
    return HeldOut(pictures[:3], ["Disc", "Bars"], side=64, seed=1, batch=16, device=CPU)


@pytest.fixture
def network():
    torch.manual_seed(1)
    return Network(2)


def worsened(network):
    with torch.no_grad():
        network.heat[1].bias += 5.0
    return network


def test_learning_goes_on_while_patience_lasts_and_no_longer(held_out, network):
    assert held_out.look(network, 0.1)
    assert held_out.look(network, 0.1 + PATIENCE - 0.01)
    assert not held_out.look(network, 0.1 + PATIENCE + 0.01)


def test_the_weights_of_the_least_loss_are_shipped(held_out, network):
    best = network.heat[1].bias.detach().clone()
    held_out.look(network, 0.1)
    held_out.look(worsened(network), 0.2)
    held_out.restore_best(network)
    assert torch.equal(network.heat[1].bias, best)
    assert held_out.reached == 0.1


def test_a_run_too_short_for_a_look_ships_what_it_has(held_out, network):
    before = network.heat[1].bias.detach().clone()
    held_out.restore_best(network)
    assert torch.equal(network.heat[1].bias, before)


def test_two_looks_at_the_same_weights_see_the_same_loss(held_out, network):
    held_out.look(network, 0.1)
    loss = held_out.loss
    held_out.look(network, 0.2)
    assert (held_out.loss, held_out.reached) == (loss, 0.1)
