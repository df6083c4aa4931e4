"""Average two encoders' weights: some of what fine-tuning taught, little of what it made the base forget.

    python -m qa.training.mix --base build/base-encoder --tuned build/encoder/model --share 0.3 --output build/mixed

Wortsman et al., Robust fine-tuning of zero-shot models, 2022 (arXiv:2109.01903), equation 1.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def mix(base: Path, tuned: Path, *, share: float, output: Path) -> None:
    """Write ``(1 - share) * base + share * tuned``, all else as in ``tuned``.

    :param share: of the tuned weights, in [0, 1].
    """
    shutil.copytree(tuned, output, dirs_exist_ok=True)
    old, new = load_file(base / WEIGHTS), load_file(tuned / WEIGHTS)
    mixed = {name: (1 - share) * old[name] + share * value for name, value in new.items()}
    save_file(mixed, output / WEIGHTS, metadata={"format": "pt"})


def main() -> None:
    """Read the arguments and mix."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--tuned", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    mix(arguments.base, arguments.tuned, share=arguments.share, output=arguments.output)


if __name__ == "__main__":
    main()
