"""Terms in, BM25 scores out: exactly the scores of ``rank_bm25.BM25Okapi``, from sparse postings.

A posting is one passage that holds a term, with what the term adds to its score.  :class:`BM25` keeps them in
numpy arrays that can be mapped from disk and touches only those of the question's terms; terms are 64-bit ids
and text stays outside.  :class:`BM25Okapi` is the same behind rank_bm25's own interface, for small corpora of
strings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import numpy as np
import rank_bm25
from numpy.typing import ArrayLike, NDArray

from index.errors import IndexDamaged

K1 = 1.5
B = 0.75
EPSILON = 0.25

Document = TypeVar("Document")


@dataclass(frozen=True, slots=True)
class BM25:
    """Postings of a collection, ordered by term and then by row.

    The score of passage *d* for question *q* is the sum over the terms *t* of *q*, repeated ones repeatedly,
    of idf(t) · saturation(t, d), where (Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25
    and Beyond, 2009, sections 3.4 and 3.5; N passages of which n(t) hold t, tf occurrences in d)

    - idf(t) = ln((N - n(t) + 0.5) / (n(t) + 0.5)), or where that is negative, as rank_bm25 has it after
      Trotman and others (2014), epsilon times the mean idf of all terms;
    - saturation(t, d) = tf · (k1 + 1) / (tf + k1 · (1 - b + b · length(d) / mean length)).

    :ivar term_ids: uint64, shape (terms,), ascending.
    :ivar offsets: int64, shape (terms + 1,); the postings of term i are ``offsets[i]:offsets[i + 1]``.
    :ivar rows: int32, shape (postings,); ascending within a term.
    :ivar impacts: float32, shape (postings,); idf(t) · saturation(t, d).
    :ivar lengths: int32, shape (passages,); terms in each passage.
    """

    term_ids: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]
    impacts: NDArray[np.float32]
    lengths: NDArray[np.int32]

    @classmethod
    def from_counts(
        cls,
        counts: Iterable[tuple[NDArray[np.uint64], NDArray[np.integer[Any]]]],
        *,
        k1: float = K1,
        b: float = B,
        epsilon: float = EPSILON,
    ) -> BM25:
        """Postings from the term counts of each passage, in row order.

        :param counts: per passage its distinct term ids and, of the same length, how often each occurs, as
            :func:`index.terms.term_counts` gives them.
        """
        pairs = list(counts)
        passages = len(pairs)
        sizes = np.fromiter((len(ids) for ids, _ in pairs), np.int64, passages)
        ids = np.concatenate([np.empty(0, np.uint64), *(ids for ids, _ in pairs)])
        times = np.concatenate([np.empty(0, np.uint16), *(times for _, times in pairs)])
        rows = np.repeat(np.arange(passages, dtype=np.int32), sizes)
        lengths = np.bincount(rows, weights=times, minlength=passages).astype(np.int32)

        # A stable sort keeps the rows of one term ascending, which makes adding up their scores fast.
        order = np.argsort(ids, kind="stable")
        ids, rows, times = ids[order], rows[order], times[order]
        first = np.ones(len(ids), np.bool_)
        first[1:] = ids[1:] != ids[:-1]
        offsets = np.append(np.flatnonzero(first), len(ids)).astype(np.int64)

        frequencies = np.diff(offsets)
        idf = inverse_frequencies(frequencies, passages=passages, epsilon=epsilon)

        mean_length = lengths.mean() if lengths.any() else 1.0
        norms = (k1 * (1 - b + b * lengths / mean_length)).astype(np.float32)
        times = times.astype(np.float32)
        impacts = times * np.float32(k1 + 1)
        impacts /= times + norms[rows]
        impacts *= np.repeat(idf.astype(np.float32), frequencies)
        return cls(term_ids=ids[offsets[:-1]], offsets=offsets, rows=rows, impacts=impacts, lengths=lengths)

    @classmethod
    def load(cls, folder: Path, *, mmap: bool = True) -> BM25:
        """The postings that :meth:`save` wrote.

        :param mmap: map the arrays from disk instead of reading them, so that opening takes no time and
            only the postings that questions use come into memory.
        :raises IndexDamaged: a file is missing, cut short, or disagrees with the others.
        """
        mode: Literal["r"] | None = "r" if mmap else None
        try:
            # asarray drops the memmap class, whose slices take several times as long to make.
            arrays = {
                name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode=mode, allow_pickle=False))
                for name in cls.__slots__
            }
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamaged(f"{folder}: {error}; run: hoidap index --rebuild") from error
        bm25 = cls(**arrays)
        terms, postings = len(bm25.term_ids), len(bm25.rows)
        if not (len(bm25.offsets) == terms + 1 and bm25.offsets[-1] == postings == len(bm25.impacts)):
            raise IndexDamaged(f"{folder}: the BM25 files disagree; run: hoidap index --rebuild")
        return bm25

    def save(self, folder: Path) -> None:
        """Write one ``.npy`` file per array into ``folder``, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    def __len__(self) -> int:
        return len(self.lengths)

    def scores(self, term_ids: NDArray[np.uint64]) -> NDArray[np.float32]:
        """The score of every passage for a question.

        :param term_ids: the question's terms, repeated as often as they occur; unknown ones count nothing.
        :returns: shape (passages,).
        """
        scores = np.zeros(len(self), np.float32)
        for term, times in Counter(self._places(term_ids)).items():
            if term is None:
                continue
            postings = slice(self.offsets[term], self.offsets[term + 1])
            impacts = self.impacts[postings]
            np.add.at(scores, self.rows[postings], impacts if times == 1 else times * impacts)
        return scores

    def explain(self, term_ids: NDArray[np.uint64], *, row: int) -> NDArray[np.float64]:
        """What each term of a question adds to the score of one passage.

        :returns: shape of ``term_ids``; the sum is ``scores(term_ids)[row]``, up to rounding.
        """
        added = np.zeros(len(term_ids))
        for asked, term in enumerate(self._places(term_ids)):
            if term is None:
                continue
            start, end = self.offsets[term], self.offsets[term + 1]
            at = start + np.searchsorted(self.rows[start:end], row)
            if at < end and self.rows[at] == row:
                added[asked] = self.impacts[at]
        return added

    def frequencies(self, term_ids: NDArray[np.uint64]) -> NDArray[np.int64]:
        """In how many passages each term occurs.

        :returns: shape of ``term_ids``; 0 for an unknown term.
        """
        return np.array(
            [
                0 if term is None else self.offsets[term + 1] - self.offsets[term]
                for term in self._places(term_ids)
            ],
            np.int64,
        )

    def _places(self, term_ids: NDArray[np.uint64]) -> list[int | None]:
        """Where in ``self.term_ids`` each term of a question stands; None where no passage holds it."""
        if not len(self.term_ids):
            return [None] * len(term_ids)
        places = np.searchsorted(self.term_ids, term_ids)
        known = self.term_ids.take(places, mode="clip") == term_ids
        return [place if held else None for place, held in zip(places.tolist(), known.tolist(), strict=True)]


class BM25Okapi(rank_bm25.BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no types
    """``rank_bm25.BM25Okapi`` over sparse postings: the same arguments, methods and scores, only faster.

    It also accepts what divides by zero there: no passages, or only empty ones.  ``doc_freqs`` stays empty.

    :param corpus: per passage its tokens; with ``tokenizer`` given, the texts to apply it to.

    >>> okapi = BM25Okapi([["bí", "thư"], ["đảng", "viên"], ["đảng", "bộ"], ["chi", "bộ"], ["sở"]])
    >>> okapi.get_scores(["bí", "thư"]).round(3).tolist()
    [2.093, 0.0, 0.0, 0.0, 0.0]
    >>> okapi.get_top_n(["đảng"], ["a", "b", "c", "d", "e"], n=2)
    ['b', 'c']
    """

    def __init__(
        self,
        corpus: Iterable[Any],
        tokenizer: Callable[[str], list[str]] | None = None,
        k1: float = K1,
        b: float = B,
        epsilon: float = EPSILON,
    ) -> None:
        super().__init__(corpus, tokenizer, k1, b, epsilon)

    def get_scores(self, query: Sequence[Hashable]) -> NDArray[np.float64]:
        """The score of every passage for the tokens of ``query``; shape (passages,)."""
        return self.postings.scores(self._ids(query)).astype(np.float64)

    def get_batch_scores(self, query: Sequence[Hashable], doc_ids: ArrayLike) -> list[float]:
        """The scores of the passages ``doc_ids`` (rows) for the tokens of ``query``, in their order."""
        scores: list[float] = self.get_scores(query)[np.asarray(doc_ids, np.int64)].tolist()
        return scores

    def get_top_n(
        self, query: Sequence[Hashable], documents: Sequence[Document], n: int = 5
    ) -> list[Document]:
        """The ``n`` members of ``documents`` whose passages score highest; equal ones in corpus order."""
        if len(documents) != self.corpus_size:
            raise ValueError(f"{len(documents)} documents given for a corpus of {self.corpus_size}")
        best = np.argsort(-self.get_scores(query), kind="stable")[:n]
        return [documents[row] for row in best]

    def _initialize(self, corpus: Iterable[Iterable[Hashable]]) -> dict[Hashable, int]:
        # Numbering the tokens here, instead of hashing them, allows any token and excludes collisions.
        self.vocabulary: dict[Hashable, int] = {}
        counters = [Counter(map(self._number, tokens)) for tokens in corpus]
        self.postings = BM25.from_counts(
            (
                (np.fromiter(counter, np.uint64), np.fromiter(counter.values(), np.int32))
                for counter in counters
            ),
            k1=self.k1,
            b=self.b,
            epsilon=self.epsilon,
        )
        self.corpus_size = len(counters)
        self.doc_len = self.postings.lengths.tolist()
        self.avgdl = sum(self.doc_len) / max(self.corpus_size, 1)
        frequencies = np.diff(self.postings.offsets).tolist()
        return dict(zip(self.vocabulary, frequencies, strict=True))

    def _calc_idf(self, nd: dict[Hashable, int]) -> None:
        frequencies = np.fromiter(nd.values(), np.int64, len(nd))
        idf = inverse_frequencies(frequencies, passages=self.corpus_size, epsilon=self.epsilon)
        self.idf = dict(zip(nd, idf.tolist(), strict=True))
        self.average_idf = _mean(_log_odds(frequencies, passages=self.corpus_size))

    def _tokenize_corpus(self, corpus: Iterable[str]) -> list[list[str]]:
        # rank_bm25 starts a pool of processes here and never ends it.
        return [self.tokenizer(text) for text in corpus]

    def _number(self, token: Hashable) -> int:
        return self.vocabulary.setdefault(token, len(self.vocabulary))

    def _ids(self, tokens: Iterable[Hashable]) -> NDArray[np.uint64]:
        known = (self.vocabulary.get(token) for token in tokens)
        return np.array([number for number in known if number is not None], np.uint64)


def inverse_frequencies(
    frequencies: NDArray[np.int64], *, passages: int, epsilon: float = EPSILON
) -> NDArray[np.float64]:
    """How much each term tells passages apart: its idf, with rank_bm25's floor.

    :param frequencies: shape (terms,), in how many of the ``passages`` each term occurs, at least 1.
    :param epsilon: what is negative becomes this share of the mean over all terms.
    :returns: shape (terms,).

    >>> inverse_frequencies(np.array([1, 3]), passages=4).round(3).tolist()    # ln(3.5/1.5), 0.25 · 0
    [0.847, 0.0]
    """
    idf = _log_odds(frequencies, passages=passages)
    return np.where(idf < 0, epsilon * _mean(idf), idf)


def _log_odds(frequencies: NDArray[np.int64], *, passages: int) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = np.log(passages - frequencies + 0.5) - np.log(frequencies + 0.5)
    return odds


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else 0.0
