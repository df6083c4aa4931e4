"""A value packed for as long as nothing is done with it: a conversation takes a tenth of the memory.

A server keeps the pages of its last thousand visitors, see ``_MOST_PAGES`` in :mod:`ui.server`, each with the answers
of its conversation.
"""

from __future__ import annotations

import pickle
import zlib
from typing import Any

_LEVEL = 1  # of zlib: fifty answers in five milliseconds, and hardly larger than at the highest


class Packed:
    """One value, pickled and compressed; it never leaves the process.

    :ivar data: what is kept of it.

    >>> packed = Packed(("Ai chủ trì?",) * 1000)
    >>> packed.value()[999], len(packed.data) < 100
    ('Ai chủ trì?', True)
    """

    __slots__ = ("data",)

    def __init__(self, value: Any) -> None:
        self.data = zlib.compress(pickle.dumps(value), _LEVEL)

    def value(self) -> Any:
        """The value, made anew."""
        return pickle.loads(zlib.decompress(self.data))
