"""Average the weights of readers that were trained apart from a common start: better than either, at no cost.

    python -m qa.training.average build/reader-one/reader.pt build/reader-two/reader.pt --output build/mean.pt

Wortsman et al., Model soups, 2022 (arXiv:2203.05482), the uniform soup.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from qa.training.span_model import read_weights


def average(weights: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of each tensor; those of whole numbers are taken from the first.

    :raises ValueError: the files are not of the same tensors.
    """
    first, *others = weights
    if any(other.keys() != first.keys() for other in others):
        raise ValueError("the readers do not have the same tensors: average those of one base model")
    return {
        name: torch.stack([one[name] for one in weights]).mean(dim=0)
        if tensor.is_floating_point()
        else tensor
        for name, tensor in first.items()
    }


def main() -> None:
    """Read the arguments, average and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", type=Path, nargs="+", help="weights that qa.training.train_reader wrote")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    torch.save(average([read_weights(path) for path in arguments.readers]), arguments.output)


if __name__ == "__main__":
    main()
