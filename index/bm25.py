"""Postings in, BM25 scores out: exactly the scores of ``rank_bm25.BM25Okapi``.

:class:`BM25` touches only the postings of the question's terms.  The postings may come in parts, one after the
other, and some of their passages may be gone: the scores are those of the passages that are left, as if they
had always been alone.  Terms are 64-bit ids; text stays outside.  rank_bm25's own interface is
:class:`index.okapi.BM25Okapi`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.postings import Postings, places_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

K1 = 1.5
B = 0.75
EPSILON = 0.25


class Gone(NamedTuple):
    """Passages of the postings that count no longer.

    :ivar rows: int32, ascending.
    :ivar term_ids: uint64, ascending; the terms that they hold.
    :ivar frequencies: int64; how many of them hold each.
    """

    rows: NDArray[np.int32]
    term_ids: NDArray[np.uint64]
    frequencies: NDArray[np.int64]

    @classmethod
    def nothing(cls) -> Gone:
        """No passage is gone."""
        return cls(np.empty(0, np.int32), np.empty(0, np.uint64), np.empty(0, np.int64))


class Statistics(NamedTuple):
    """What the scores depend on beside the postings of a term.

    :ivar passages: how many there are.
    :ivar mean_length: of them, in terms; 1 where all are empty.
    :ivar mean_idf: over all terms, negative ones included.
    """

    passages: int
    mean_length: float
    mean_idf: float

    @classmethod
    def of(cls, parts: Sequence[Postings], gone: Gone) -> Statistics:
        """The statistics of the passages that are left; reads the terms of every part."""
        passages = sum(map(len, parts)) - len(gone.rows)
        lengths = np.concatenate([np.empty(0, np.int32), *(part.lengths for part in parts)])
        total = int(lengths.sum(dtype=np.int64)) - int(lengths[gone.rows].sum(dtype=np.int64))
        frequencies = _frequencies(parts, gone)
        return cls(
            passages,
            total / passages if total else 1.0,
            mean_log_odds(frequencies[frequencies > 0], passages=passages),
        )


@dataclass(frozen=True, slots=True)
class BM25:
    """Scores of a collection.

    The score of passage *d* for question *q* is the sum over the terms *t* of *q*, repeated ones repeatedly,
    of idf(t) · saturation(t, d), where (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25
    and Beyond, 2009, sections 3.4 and 3.5; N passages of which n(t) hold t, tf occurrences in d)

    - idf(t) = ln((N - n(t) + 0.5) / (n(t) + 0.5)), or where that is negative, as rank_bm25 has it after
      Trotman and others (2014), epsilon times the mean idf of all terms;
    - saturation(t, d) = tf · (k1 + 1) / (tf + k1 · (1 - b + b · length(d) / mean length)).

    :ivar parts: postings; the rows of a part count on from those of the part before.
    :ivar norms: float32, shape (rows,); k1 · (1 - b + b · length(d) / mean length) of every row.
    """

    parts: tuple[Postings, ...]
    gone: Gone
    statistics: Statistics
    norms: NDArray[np.float32]
    k1: float = K1
    epsilon: float = EPSILON

    @classmethod
    def from_postings(
        cls,
        parts: Sequence[Postings],
        *,
        gone: Gone | None = None,
        statistics: Statistics | None = None,
        k1: float = K1,
        b: float = B,
        epsilon: float = EPSILON,
    ) -> BM25:
        """Scores from postings.

        :param statistics: those of the parts, where they are known; working them out reads every term.
        """
        gone = gone or Gone.nothing()
        statistics = statistics or Statistics.of(parts, gone)
        lengths = np.concatenate([np.empty(0, np.int32), *(part.lengths for part in parts)])
        norms = (k1 * (1 - b + b * lengths / statistics.mean_length)).astype(np.float32)
        return cls(tuple(parts), gone, statistics, norms, k1, epsilon)

    @classmethod
    def from_counts(cls, counts: Iterable[tuple[NDArray[np.uint64], NDArray[np.integer[Any]]]]) -> BM25:
        """Scores from the term counts of each passage; see :meth:`index.postings.Postings.from_counts`."""
        return cls.from_postings([Postings.from_counts(counts)])

    def __len__(self) -> int:
        """Number of rows, those of passages that are gone included."""
        return len(self.norms)

    def scores(self, term_ids: NDArray[np.uint64]) -> NDArray[np.float32]:
        """The score of every row for a question; that of a passage that is gone means nothing.

        :param term_ids: the question's terms, repeated as often as they occur; unknown ones count nothing.
        :returns: shape (rows,).
        """
        scores = np.zeros(len(self), np.float32)
        times = Counter(term_ids.tolist())
        asked = np.array(list(times), np.uint64)
        weights = self._idf(asked)
        for part, start, places in self._places(asked):
            of_part = scores[start : start + len(part)]
            norms = self.norms[start : start + len(part)]
            for place, weight, repeated in zip(places.tolist(), weights, times.values(), strict=True):
                if place >= 0:
                    at = part.of(place)
                    rows = part.rows[at]
                    impacts = self._impacts(part.counts[at], norms[rows], weight)
                    np.add.at(of_part, rows, impacts if repeated == 1 else repeated * impacts)
        return scores

    def explain(self, term_ids: NDArray[np.uint64], *, row: int) -> NDArray[np.float64]:
        """What each term of a question adds to the score of one row.

        :returns: shape of ``term_ids``; the sum is ``scores(term_ids)[row]``, up to rounding.
        """
        added = np.zeros(len(term_ids))
        weights = self._idf(term_ids)
        for part, start, places in self._places(term_ids):
            if not start <= row < start + len(part):
                continue
            for asked, place in enumerate(places.tolist()):
                if place >= 0:
                    at = part.of(place)
                    found = at.start + int(np.searchsorted(part.rows[at], row - start))
                    if found < at.stop and part.rows[found] == row - start:
                        one = slice(found, found + 1)
                        added[asked] = self._impacts(part.counts[one], self.norms[[row]], weights[asked])[0]
        return added

    def frequencies(self, term_ids: NDArray[np.uint64]) -> NDArray[np.int64]:
        """In how many passages each term occurs.

        :returns: shape of ``term_ids``; 0 for an unknown term.
        """
        found = np.zeros(len(term_ids), np.int64)
        for part, _, places in self._places(term_ids):
            held = places >= 0
            found[held] += part.offsets[places[held] + 1] - part.offsets[places[held]]
        places = places_in(self.gone.term_ids, term_ids)
        found[places >= 0] -= self.gone.frequencies[places[places >= 0]]
        return found

    def _places(self, term_ids: NDArray[np.uint64]) -> Iterator[tuple[Postings, int, NDArray[np.int64]]]:
        """Each part, its first row, and where in it each term stands."""
        start = 0
        for part in self.parts:
            yield part, start, part.places(term_ids)
            start += len(part)

    def _idf(self, term_ids: NDArray[np.uint64]) -> NDArray[np.float32]:
        frequencies = self.frequencies(term_ids)
        idf = log_odds(frequencies, passages=self.statistics.passages)
        return np.where(idf < 0, self.epsilon * self.statistics.mean_idf, idf).astype(np.float32)

    def _impacts(
        self, counts: NDArray[np.integer[Any]], norms: NDArray[np.float32], weight: np.float32
    ) -> NDArray[np.float32]:
        """What a term of this weight adds to the scores; ``norms`` is overwritten."""
        times = counts.astype(np.float32)
        norms += times
        times *= np.float32(self.k1 + 1)
        times /= norms
        times *= weight
        return times


def log_odds(frequencies: NDArray[np.int64], *, passages: int) -> NDArray[np.float64]:
    """The idf of terms before the floor, ln((N - n + ½) / (n + ½)).

    :param frequencies: shape (terms,), in how many of the ``passages`` each term occurs.

    >>> log_odds(np.array([1, 3]), passages=4).round(3).tolist()    # ln(3.5/1.5), ln(1.5/3.5)
    [0.847, -0.847]
    """
    odds: NDArray[np.float64] = np.log(passages - frequencies + 0.5) - np.log(frequencies + 0.5)
    return odds


def mean_log_odds(frequencies: NDArray[np.int64], *, passages: int) -> float:
    """The mean of :func:`log_odds` over all terms, 0 where there are none.

    Added up by frequency, so that it does not depend on the order of the terms.

    >>> mean_log_odds(np.array([1, 3, 1]), passages=4).__round__(3)
    0.282
    """
    values, times = np.unique(frequencies, return_counts=True)
    return float(log_odds(values, passages=passages) @ times / times.sum()) if len(values) else 0.0


def _frequencies(parts: Sequence[Postings], gone: Gone) -> NDArray[np.int64]:
    """In how many passages every term of the parts occurs, in no order that means anything."""
    term_ids, frequencies = np.empty(0, np.uint64), np.empty(0, np.int64)
    for part in parts:
        places = places_in(term_ids, part.term_ids)
        known = places >= 0
        frequencies[places[known]] += part.frequencies[known]
        term_ids = np.concatenate([term_ids, part.term_ids[~known]])
        frequencies = np.concatenate([frequencies, part.frequencies[~known]])
        if part is not parts[-1] or len(gone.rows):
            order = np.argsort(term_ids, kind="stable")
            term_ids, frequencies = term_ids[order], frequencies[order]
    frequencies[places_in(term_ids, gone.term_ids)] -= gone.frequencies
    return frequencies
