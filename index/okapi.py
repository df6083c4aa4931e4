"""Strings in, BM25 scores out, behind the interface of ``rank_bm25``: for small collections in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import rank_bm25
from numpy.typing import ArrayLike, NDArray

from index.bm25 import BM25, EPSILON, K1, B, log_odds, mean_log_odds
from index.postings import Postings

Document = TypeVar("Document")


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
        postings = Postings.from_counts(
            (np.fromiter(counter, np.uint64), np.fromiter(counter.values(), np.int32)) for counter in counters
        )
        self.postings = BM25.from_postings([postings], k1=self.k1, b=self.b, epsilon=self.epsilon)
        self.corpus_size = len(counters)
        self.doc_len = postings.lengths.tolist()
        self.avgdl = sum(self.doc_len) / max(self.corpus_size, 1)
        return dict(zip(self.vocabulary, postings.frequencies.tolist(), strict=True))

    def _calc_idf(self, nd: dict[Hashable, int]) -> None:
        frequencies = np.fromiter(nd.values(), np.int64, len(nd))
        idf = log_odds(frequencies, passages=self.corpus_size)
        self.average_idf = mean_log_odds(frequencies, passages=self.corpus_size)
        self.idf = dict(
            zip(nd, np.where(idf < 0, self.epsilon * self.average_idf, idf).tolist(), strict=True)
        )

    def _tokenize_corpus(self, corpus: Iterable[str]) -> list[list[str]]:
        # rank_bm25 starts a pool of processes here and never ends it.
        return [self.tokenizer(text) for text in corpus]

    def _number(self, token: Hashable) -> int:
        return self.vocabulary.setdefault(token, len(self.vocabulary))

    def _ids(self, tokens: Iterable[Hashable]) -> NDArray[np.uint64]:
        known = (self.vocabulary.get(token) for token in tokens)
        return np.array([number for number in known if number is not None], np.uint64)
