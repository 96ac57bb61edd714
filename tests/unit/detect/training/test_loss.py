import pytest
import torch

from brandlens.detect.training.loss import box_loss, heat_loss


def one_box(sides=(4.0, 4.0, 20.0, 20.0)):
    """A 4 x 4 grid with one box to be found in the cell whose middle is at 12, 12."""
    weight = torch.zeros(1, 4, 4)
    weight[0, 1, 1] = 1
    return torch.tensor(sides)[None, :, None, None].expand(1, 4, 4, 4), weight


def test_a_box_found_exactly_costs_nothing():
    assert box_loss(torch.full((1, 4, 4, 4), 8.0), *one_box()).item() == pytest.approx(0, abs=1e-6)


def test_a_box_of_half_the_area_inside_the_truth_costs_one_half():
    distances = torch.full((1, 4, 4, 4), 8.0)
    distances[:, 0] = 0.0
    assert box_loss(distances, *one_box()).item() == pytest.approx(0.5)


def test_a_box_far_away_costs_more_than_one_that_only_misses():
    near, far = (
        box_loss(torch.full((1, 4, 4, 4), 2.0), *one_box((a, a, a + 4, a + 4))) for a in (20.0, 200.0)
    )
    assert 1 < near < far < 2


def test_no_boxes_cost_nothing_and_still_give_a_gradient():
    distances = torch.ones(1, 4, 4, 4, requires_grad=True)
    loss = box_loss(distances, torch.zeros(1, 4, 4, 4), torch.zeros(1, 4, 4))
    loss.backward()
    assert loss.item() == 0
    assert distances.grad is not None


def heat_of(logit_at_middle, logit_elsewhere=-20.0, *, asked=None):
    heat, logits = torch.zeros(1, 1, 4, 4), torch.full((1, 1, 4, 4), logit_elsewhere)
    heat[0, 0, 1, 1] = 1
    logits[0, 0, 1, 1] = logit_at_middle
    return heat_loss(logits, heat, torch.ones(1, 4, 4) if asked is None else asked).item()


def test_heat_where_a_box_is_costs_less_the_surer_it_is():
    assert heat_of(20.0) == pytest.approx(0, abs=1e-6)
    assert heat_of(20.0) < heat_of(0.0) < heat_of(-3.0)


def test_invented_heat_costs_unless_it_is_left_open():
    opened = torch.zeros(1, 4, 4)
    opened[0, 1, 1] = 1
    assert heat_of(20.0, 3.0) > 1
    assert heat_of(20.0, 3.0, asked=opened) == pytest.approx(0, abs=1e-6)
