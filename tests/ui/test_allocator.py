"""Large blocks go back to the system when they are freed, whatever was freed before."""

from __future__ import annotations

import subprocess
import sys

import pytest

GROW_AND_FREE = """
import sys
import numpy as np
from ui.allocator import give_large_blocks_back

def private():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024

if sys.argv[1] == "set":
    assert give_large_blocks_back()
np.ones(30 * 2**20, np.uint8)  # freed at once, which raises the size that glibc maps by itself
before = private()
blocks = [np.ones(2**20, np.uint8) for _ in range(64)]
small = [bytes(64 * 1024) for _ in range(64)]  # lie behind the blocks where these are on the heap
del blocks
print(private() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and sets what glibc has")
def test_freed_blocks_are_the_system_s_again():
    kept = {
        how: float(
            subprocess.run(
                [sys.executable, "-c", GROW_AND_FREE, how], check=True, capture_output=True, text=True
            ).stdout
        )
        for how in ("set", "unset")
    }
    assert kept["set"] < 8
    assert kept["unset"] > 32  # else this test would tell nothing
