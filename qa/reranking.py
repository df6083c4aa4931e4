"""Hits in the order of how likely they answer: the reader looks at each of them.

A passage and a question that are read together tell more than two vectors that were made apart (Nogueira and Cho,
Passage Re-ranking with BERT, 2019); the reader that finds the answer tells as well whether there is one.  It takes as
long as answering does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.hit import Hit
    from qa.question import Query
    from qa.reader import Candidate, Reader

DEPTH = 20
"""Hits that are read; those behind them stay there."""
_SCORE, _COSINE = 12.0, 120.0
"""Logits of the reader that the whole fused score, and a cosine of 1, are worth."""
_NOTHING = -30.0
"""The margin of a hit with nothing in it to answer with."""


def reranked(hits: Sequence[Hit], *, query: Query, reader: Reader) -> tuple[Hit, ...]:
    """The hits of a query, those of the first :data:`DEPTH` that answer likeliest before the others."""
    read = hits[:DEPTH]
    return (*order(read, reader.read(query.worded_for(read), read)), *hits[DEPTH:])


def order(hits: Sequence[Hit], candidates: Iterable[Candidate]) -> tuple[Hit, ...]:
    """The hits, those first that answer likeliest; equal ones in their order.

    :param candidates: what the reader found in them.
    """
    margins: dict[tuple[str, int], float] = {}
    for candidate in candidates:
        place = (candidate.hit.article.id, candidate.hit.start)
        margins[place] = max(candidate.margin, margins.get(place, _NOTHING))

    def worth(hit: Hit) -> float:
        margin = margins.get((hit.article.id, hit.start), _NOTHING)
        return _SCORE * hit.score + _COSINE * hit.cosine + margin

    return tuple(sorted(hits, key=worth, reverse=True))
