"""How many passages hold each term: counted over a whole run, and then added to the table in one go.

A table that was changed with every batch would be written some hundred times as often as the passages themselves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from index.milvus.schema import NO_VECTOR, PASSAGES, TERMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from index.milvus.database import Database
    from index.milvus.manifest import Statistics
    from index.milvus.weights import Channel

_MOST = 4_000_000  # dimensions that wait to be counted: 64 MB
_LOOKED_UP = 100_000  # terms at a time


class Tally:
    """Counts of terms, positive and negative."""

    def __init__(self) -> None:
        self._terms = np.empty(0, np.int64)
        self._counts = np.empty(0, np.int64)
        self._waiting: list[tuple[NDArray[np.int64], int | NDArray[np.int64]]] = []
        self._held = 0

    def add(self, terms: NDArray[np.int64], *, times: int | NDArray[np.int64] = 1) -> None:
        """Count the terms of one passage, or of many.

        :param terms: dimensions, each once.
        :param times: 1 for a passage that came, -1 for one that went; of many, how many hold each term.
        """
        self._waiting.append((terms, times))
        self._held += len(terms)
        if self._held > _MOST:
            self._merge()

    def counts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The terms whose counts changed, ascending, and by how much."""
        self._merge()
        changed = self._counts != 0
        return self._terms[changed], self._counts[changed]

    def _merge(self) -> None:
        terms = np.concatenate([self._terms, *(terms for terms, _ in self._waiting)])
        times = np.concatenate(
            [self._counts, *(np.broadcast_to(times, len(terms)) for terms, times in self._waiting)]
        )
        self._terms, places = np.unique(terms, return_inverse=True)
        self._counts = np.zeros(len(self._terms), np.int64)
        np.add.at(self._counts, places, times)
        self._waiting, self._held = [], 0


def apply(tally: Tally, database: Database, statistics: Statistics) -> Statistics:
    """Add the counts to those in the table.

    :returns: the statistics with them.
    """
    terms, changes = tally.counts()
    empty = not statistics.vocabulary
    for start in range(0, len(terms), _LOOKED_UP):
        asked = slice(start, start + _LOOKED_UP)
        before = np.zeros_like(changes[asked]) if empty else _held(terms[asked], database)
        after = before + changes[asked]
        gone = terms[asked][after <= 0]
        database.upsert(TERMS, term_rows(terms[asked][after > 0], after[after > 0]))
        database.delete(TERMS, gone.tolist())
        statistics = statistics.with_counts(before, after)
    return statistics


def recount(database: Database, channel: Channel, statistics: Statistics) -> Statistics:
    """Count all passages again, as is needed after a run that was interrupted.

    :returns: the statistics with them.
    """
    tally = Tally()
    for row in database.every(PASSAGES, fields=channel.holds):
        tally.add(np.array(channel.terms(row), np.int64))
    database.delete(TERMS, [row["key"] for row in database.every(TERMS, fields=["key"])])
    return apply(tally, database, replace(statistics, terms_held={}))


def frequencies(terms: list[int], database: Database) -> dict[int, int]:
    """How many passages hold each term, 0 for one that none does."""
    found = {row["key"]: row["count"] for row in database.rows_by_key(TERMS, terms, fields=["key", "count"])}
    return {term: found.get(term, 0) for term in terms}


def _held(terms: NDArray[np.int64], database: Database) -> NDArray[np.int64]:
    return np.fromiter(frequencies(terms.tolist(), database).values(), np.int64, len(terms))


def term_rows(terms: NDArray[np.int64], counts: NDArray[np.int64]) -> Iterator[dict[str, Any]]:
    """A row for each term."""
    for term, count in zip(terms.tolist(), counts.tolist(), strict=True):
        yield {"key": term, "vector": NO_VECTOR, "count": count}
