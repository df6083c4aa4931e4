"""Arrays in ``.npy`` files, mapped from disk."""

from __future__ import annotations

from tokenize import TokenError
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import IndexDamaged

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def load_array(path: Path) -> NDArray[Any]:
    """The array in a file of a generation, read only.

    :raises IndexDamaged: the file is missing or cut short, or its head is not that of an array of numbers.
    """
    try:
        # asarray drops the memmap class, whose slices take several times as long to make.
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    # numpy reads the head as Python
    except (OSError, ValueError, EOFError, SyntaxError, TokenError, TypeError, OverflowError) as error:
        raise IndexDamaged.in_generation(path, str(error) or type(error).__name__) from error
