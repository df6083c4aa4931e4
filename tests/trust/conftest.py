"""Where the programs of these tests work."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """In memory where there is such a place: killing a process loses nothing there, and syncing takes no time."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def scratch(memory: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=memory))
