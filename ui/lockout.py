"""Wrong passwords → how long to wait before the next: the first few are free, then the time doubles.

Counts for any key, a user's name or an address, whether there is such a user or not.  Takes the time from a clock.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_WAIT = 30.0  # seconds
_LONGEST_WAIT = 900.0
_FORGOTTEN_AFTER = 3600.0  # seconds without an attempt
_MOST_KEYS = 20_000


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float


class Lockout:
    """Attempts by key; safe to share between threads.

    An attempt counts as failed before it is checked, so that guesses made at the same time do not all get through.

    :param free: attempts before the first wait.
    """

    def __init__(self, *, free: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._free = free
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, _Failures] = {}

    def attempt(self, key: str) -> float:
        """Count an attempt, unless it has to wait.

        :returns: the seconds to wait; 0 where the attempt was counted.
        """
        with self._lock:
            wait = self._wait(key)
            if wait == 0:
                before = self._failures.pop(key, None)  # and back at the end: the oldest come first
                self._failures[key] = _Failures(before.count + 1 if before else 1, self._clock())
                if len(self._failures) > _MOST_KEYS:
                    del self._failures[next(iter(self._failures))]
            return wait

    def forgive(self, key: str) -> None:
        """Forget all attempts of a key, after one that was right."""
        with self._lock:
            self._failures.pop(key, None)

    def take_back(self, key: str) -> None:
        """Uncount one attempt: somebody at an address was right, which says nothing about the others' guesses."""
        with self._lock:
            if (failures := self._failures.get(key)) is not None:
                self._failures[key] = _Failures(failures.count - 1, failures.last)

    def _wait(self, key: str) -> float:
        failures = self._failures.get(key)
        if failures is None:
            return 0.0
        since = self._clock() - failures.last
        if since > _FORGOTTEN_AFTER:
            del self._failures[key]
            return 0.0
        if failures.count < self._free:
            return 0.0
        doubled = min(failures.count - self._free, 10)
        return max(0.0, min(_FIRST_WAIT * float(2**doubled), _LONGEST_WAIT) - since)
