"""How often somebody may ask: token buckets, one a key.

A bucket holds ``burst`` questions and is refilled at a steady pace.  Takes the time from a clock.  Leaves out who asks
and what a refusal looks like: see :mod:`ui.question_limit`.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_KEYS = 20_000


class Buckets:
    """Token buckets by key; safe to share between threads.

    :param per_minute: questions that a bucket gains in a minute.
    :param burst: questions that a full bucket holds, at least 1.
    """

    def __init__(self, *, per_minute: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: dict[str, tuple[float, float]] = {}  # questions left, and when

    def take(self, key: str) -> float:
        """Take a question out of a bucket.

        :returns: 0, or the seconds until there is one to take.
        """
        with self._lock:
            now = self._clock()
            level = self._level(key, now)
            if level < 1:
                return (1 - level) / self._per_second
            self._levels[key] = (level - 1, now)
            if len(self._levels) > _MOST_KEYS:  # a full bucket need not be remembered
                self._levels = {
                    kept: value
                    for kept, value in self._levels.items()
                    if self._level(kept, now) < self._burst
                }
            return 0.0

    def give_back(self, key: str) -> None:
        """Put a question back that was taken and could not be asked."""
        with self._lock:
            now = self._clock()
            self._levels[key] = (min(self._burst, self._level(key, now) + 1), now)

    def _level(self, key: str, now: float) -> float:
        level, since = self._levels.get(key, (float(self._burst), now))
        return min(self._burst, level + (now - since) * self._per_second)
