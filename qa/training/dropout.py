"""Dropout whose random numbers were drawn beforehand: drawing them anew costs a third of a step on a CPU."""

from __future__ import annotations

import torch
from torch import Tensor, nn

RATE = 0.1
POOL = 1 << 24
"""Values that masks are cut out of; more than twice as many as a batch has activations of one layer."""


def draw_pool(rate: float = RATE, *, size: int = POOL) -> Tensor:
    """Return masks of inverted dropout in a row, shape (size,), bfloat16: 0 or 1 / (1 - rate); always the same ones."""
    drawn = torch.rand(size, generator=torch.Generator().manual_seed(0))
    return (drawn >= rate).to(torch.bfloat16) / (1 - rate)


class PooledDropout(nn.Dropout):
    """Dropout (Srivastava et al., 2014) with a mask from a random place of a pool; nothing outside of training.

    :param pool: see :func:`draw_pool`; larger than what is masked.
    """

    pool: Tensor

    def __init__(self, pool: Tensor) -> None:
        super().__init__(1 - 1 / float(pool.max()))
        self.register_buffer("pool", pool, persistent=False)

    def forward(self, hidden: Tensor) -> Tensor:
        """Return what is left of the activations, scaled so that their expectation stays."""
        if not self.training:
            return hidden
        if hidden.is_cuda:  # which draws while it computes
            return super().forward(hidden)
        start = int(torch.randint(len(self.pool) - hidden.numel() + 1, (1,)))
        return hidden * self.pool[start : start + hidden.numel()].view_as(hidden)
