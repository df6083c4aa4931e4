"""Pooled dropout against torch's: the same share left out, the same expectation, nothing outside of training."""

import pytest
import torch
from torch import nn

from qa.training.dropout import PooledDropout, draw_pool

HIDDEN = torch.ones(200, 300)


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_as_much_is_left_out_and_kept_on_average_as_by_torch(rate: float) -> None:
    ours = PooledDropout(draw_pool(rate, size=100_000))(HIDDEN)
    theirs = nn.Dropout(rate)(HIDDEN)
    assert (ours == 0).float().mean() == pytest.approx(float((theirs == 0).float().mean()), abs=0.01)
    assert ours.mean() == pytest.approx(float(theirs.mean()), abs=0.02)
    assert ours.unique() == pytest.approx(theirs.unique(), rel=0.01)  # bfloat16


def test_the_seed_decides_which_and_two_calls_differ() -> None:
    dropout = PooledDropout(draw_pool(size=100_000))
    torch.manual_seed(1)
    first, second = dropout(HIDDEN), dropout(HIDDEN)
    torch.manual_seed(1)
    assert torch.equal(dropout(HIDDEN), first)
    assert not torch.equal(first, second)


def test_nothing_is_left_out_outside_of_training() -> None:
    assert torch.equal(PooledDropout(draw_pool(size=100_000)).eval()(HIDDEN), HIDDEN)
