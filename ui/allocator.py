"""How the C library gives memory back to the system, for a process that serves for days."""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD = -3  # of glibc's malloc.h
_BLOCK = 128 * 1024
"""Bytes from which a block is mapped by itself; what glibc begins with."""


def give_large_blocks_back() -> bool:
    """Have blocks of 128 kB and more go back to the system as soon as they are freed; true where that can be set.

    glibc raises that size with the largest block that was ever freed, to 32 MB: from then on the vectors and scores of
    an index lie on the heap, where a small block behind them keeps them.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none, and never raises it
    return mallopt is not None and mallopt(_MMAP_THRESHOLD, _BLOCK) == 1
