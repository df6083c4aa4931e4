"""What was looked up in Milvus, kept for the next question: many keys in one call, the oldest forgotten first."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Values by their keys; safe to share between threads.

    :param look_up: gives the values for keys, without those that there are none for.
    :param most: how many are kept.

    >>> squares = Remembered(lambda keys: {key: key * key for key in keys}, most=2)
    >>> squares([3, 4, 3]), squares([4, 5])
    ({3: 9, 4: 16}, {4: 16, 5: 25})
    """

    def __init__(self, look_up: Callable[[list[int]], dict[int, Value]], *, most: int) -> None:
        self._look_up = look_up
        self._most = most
        self._kept: dict[int, Value] = {}
        self._lock = threading.Lock()

    def __call__(self, keys: Iterable[int]) -> dict[int, Value]:
        """The values of the keys that have one, looking up together those that are not kept."""
        asked = list(dict.fromkeys(keys))
        with self._lock:
            found = {key: self._kept[key] for key in asked if key in self._kept}
        missing = [key for key in asked if key not in found]
        if missing:
            new = self._look_up(missing)
            found |= new
            with self._lock:
                self._kept |= new
                for key in list(self._kept)[: max(0, len(self._kept) - self._most)]:
                    del self._kept[key]
        return {key: found[key] for key in asked if key in found}
