"""BM25 in two halves: what a passage adds to a score lies in Milvus, what a term is worth is known when one asks.

The score of passage *d* for question *q* is the sum over terms *t* of times(t, q) · idf(t) · saturation(t, d), as
:class:`index.bm25.BM25` has it.  :class:`OwnWeights` keeps saturation(t, d) in a sparse vector, so that the inner
product with the question's times(t, q) · idf(t) is the score, the same to rounding on every shard, segment and
replica.  :class:`MilvusFunction` gives the terms to Milvus's own BM25 function, whose idf is that of a shard (of a
segment in Milvus Lite), and takes from it only who the candidates are; their scores are computed here.

A term is a dimension: its 64-bit id (see :func:`index.terms.term_ids`) folded to what Milvus takes, 32 bits.  Two of
*n* terms share one with the chance n² / 2³³; that adds one term's share to some wrong passages.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.bm25 import EPSILON, K1, B

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from index.milvus.layout import Layout
    from index.milvus.manifest import Manifest

    Row = dict[str, Any]
    Weights = dict[int, float]

DIMENSIONS = 2**32 - 1
"""The largest dimension of a sparse vector is one less."""
_MOST_TOKENS = 7_000
"""Terms that the BM25 function is given of one passage: 9 bytes each, of the 65,535 of a VARCHAR."""


def dimensions(term_ids: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The dimension of each term."""
    folded: NDArray[np.int64] = (term_ids % np.uint64(DIMENSIONS)).astype(np.int64)
    return folded


def saturation(counts: NDArray[np.float64], *, mean_length: float) -> NDArray[np.float64]:
    """How much each term of a passage counts, between 0 and k1 + 1.

    :param counts: how often each of its terms occurs, shape (terms,).

    >>> saturation(np.array([1.0, 2.0]), mean_length=3.0).round(3).tolist()
    [1.0, 1.429]
    """
    norm = K1 * (1 - B + B * counts.sum() / mean_length)
    saturated: NDArray[np.float64] = counts * (K1 + 1) / (counts + norm)
    return saturated


def question_weights(
    term_ids: NDArray[np.uint64], frequencies: NDArray[np.int64], manifest: Manifest
) -> Weights:
    """What a passage gains by each term of a question; terms that no passage holds are left out.

    :param term_ids: repeated as often as they occur.
    :param frequencies: how many passages hold each, shape of ``term_ids``.
    """
    idf = np.log(manifest.passages - frequencies + 0.5) - np.log(frequencies + 0.5)
    idf = np.where(idf < 0, EPSILON * manifest.statistics.mean_idf(manifest.passages), idf)
    weights: Weights = {}
    for dimension, worth, held in zip(
        dimensions(term_ids).tolist(), idf.tolist(), frequencies.tolist(), strict=True
    ):
        if held and worth > 0:
            weights[dimension] = weights.get(dimension, 0.0) + worth
    return weights


class Channel(Protocol):
    """How passages are found by their terms.

    :ivar field: of the passages, that is searched.
    :ivar metric: of its index.
    :ivar holds: fields that :meth:`terms` and :meth:`score` need.
    :ivar gives_scores: whether a search gives the scores themselves.
    """

    field: str
    metric: str
    holds: tuple[str, ...]
    gives_scores: bool

    def add_fields(self, schema: Any, indexes: Any) -> None:
        """Add the fields to the schema of the passages, and their indexes."""

    def row(self, term_ids: NDArray[np.uint64], counts: NDArray[np.uint16], *, mean_length: float) -> Row:
        """What is kept of a passage with these terms."""

    def wanted(self, question: Weights, term_ids: NDArray[np.uint64]) -> object:
        """What to search for."""

    def terms(self, row: Row) -> list[int]:
        """The dimensions of a passage's terms, each once."""

    def score(self, row: Row, question: Weights, *, mean_length: float) -> float:
        """The BM25 score of a passage."""


class OwnWeights:
    """Saturations in a sparse vector."""

    field = "weights"
    metric = "IP"
    holds: tuple[str, ...] = ("weights",)
    gives_scores = True

    def add_fields(self, schema: Any, indexes: Any) -> None:
        """Add a sparse vector."""
        from pymilvus import DataType

        schema.add_field(self.field, DataType.SPARSE_FLOAT_VECTOR)
        indexes.add_index(field_name=self.field, index_type="SPARSE_INVERTED_INDEX", metric_type=self.metric)

    def row(self, term_ids: NDArray[np.uint64], counts: NDArray[np.uint16], *, mean_length: float) -> Row:
        """A dimension a term; one at least, since Milvus takes no empty vector."""
        values = saturation(counts.astype(np.float64), mean_length=mean_length)
        weights = dict(zip(dimensions(term_ids).tolist(), values.tolist(), strict=True))
        return {self.field: weights or {DIMENSIONS - 1: 1.0}}

    def wanted(self, question: Weights, term_ids: NDArray[np.uint64]) -> object:
        """The worth of each term."""
        return question

    def terms(self, row: Row) -> list[int]:
        """The dimensions of the vector."""
        return list(row[self.field])

    def score(self, row: Row, question: Weights, *, mean_length: float) -> float:
        """The inner product."""
        held: Weights = row[self.field]
        return sum(worth * held.get(dimension, 0.0) for dimension, worth in question.items())


class MilvusFunction:
    """Terms as words of eight hexadecimal digits, which any tokenizer leaves whole, under Milvus's BM25 function."""

    field = "bm25"
    metric = "BM25"
    holds: tuple[str, ...] = ("terms",)
    gives_scores = False

    def add_fields(self, schema: Any, indexes: Any) -> None:
        """Add a text, and the sparse vector that Milvus makes of it."""
        from pymilvus import DataType, Function, FunctionType

        schema.add_field(
            "terms",
            DataType.VARCHAR,
            max_length=65_535,
            enable_analyzer=True,
            analyzer_params={"tokenizer": "standard"},
        )
        schema.add_field(self.field, DataType.SPARSE_FLOAT_VECTOR)
        schema.add_function(
            Function(
                name="bm25_of_terms",
                function_type=FunctionType.BM25,
                input_field_names=["terms"],
                output_field_names=[self.field],
            )
        )
        indexes.add_index(
            field_name=self.field,
            index_type="SPARSE_INVERTED_INDEX",
            metric_type=self.metric,
            params={"bm25_k1": K1, "bm25_b": B},
        )

    def row(self, term_ids: NDArray[np.uint64], counts: NDArray[np.uint16], *, mean_length: float) -> Row:
        """Each term as often as it occurs."""
        return {"terms": _words(np.repeat(dimensions(term_ids), counts).tolist())}

    def wanted(self, question: Weights, term_ids: NDArray[np.uint64]) -> object:
        """The terms that some passage holds."""
        return _words(one for one in dimensions(term_ids).tolist() if one in question)

    def terms(self, row: Row) -> list[int]:
        """The words, read back."""
        return [int(word, 16) for word in dict.fromkeys(row["terms"].split())]

    def score(self, row: Row, question: Weights, *, mean_length: float) -> float:
        """As :class:`OwnWeights` has it."""
        counted = Counter(int(word, 16) for word in row["terms"].split())
        values = saturation(np.fromiter(counted.values(), np.float64), mean_length=mean_length).tolist()
        return sum(
            question.get(term, 0.0) * float(value) for term, value in zip(counted, values, strict=True)
        )


def channel(layout: Layout) -> Channel:
    """What the layout asks for."""
    return OwnWeights() if layout.bm25 == "weights" else MilvusFunction()


def _words(dimensions: Iterable[int]) -> str:
    return " ".join(f"{one:08x}" for one in list(dimensions)[:_MOST_TOKENS])
