"""Query + hits → their sentences, best answer first.

The reader of whole sentences: it compares the question with every sentence of the passages found, by the encoder's
cosine and by BM25 among those sentences. It finds where an article speaks of what is asked; it does not cut the
answer out of the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.bm25 import BM25Okapi
from index.fusion import fuse, ranking
from index.terms import FOLDED, terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.encoder import Encoder

    from index.article import Article
    from index.search import Hit
    from index.span import Span
    from qa.question import Query


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a hit, and how well it fits the question.

    :ivar score: fused score in [0, 1], comparable only within one reading.
    :ivar cosine: cosine of question and sentence.
    :ivar coverage: share in [0, 1] of the question's folded terms that the sentence or its title has.
    :ivar hit: the best hit that the sentence is in.
    """

    article: Article
    span: Span
    score: float
    cosine: float
    coverage: float
    hit: Hit

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.span.of(self.article.text)


def read_sentences(query: Query, hits: Sequence[Hit], *, encoder: Encoder) -> tuple[ScoredSentence, ...]:
    """Every sentence of the hits, best first; a sentence of two overlapping passages comes once."""
    found: dict[tuple[str, Span], Hit] = {}
    for hit in hits:
        for span in hit.sentences:
            found.setdefault((hit.article.id, span), hit)
    if not found:
        return ()
    texts = [span.of(hit.article.text) for (_, span), hit in found.items()]
    asked = terms(query.text)
    sentence_terms = [terms(text) for text in texts]
    cosines = encoder.encode_passages(texts) @ encoder.encode_questions([query.text])[0]
    fused = fuse(BM25Okapi(sentence_terms).get_scores(asked), cosines)
    # The passage's own rank tells near-identical articles apart, which their sentences alone do not.
    scores = (fused + np.array([hit.score for hit in found.values()])) / 2
    places = list(found.items())
    return tuple(
        ScoredSentence(
            article=hit.article,
            span=span,
            score=float(scores[row]),
            cosine=float(cosines[row]),
            coverage=_coverage(asked, [*sentence_terms[row], *terms(hit.article.title)]),
            hit=hit,
        )
        for row, ((_, span), hit) in ((row, places[row]) for row in ranking(scores).tolist())
    )


def _coverage(asked: Sequence[str], present: Sequence[str]) -> float:
    wanted = {term for term in asked if term.startswith(FOLDED)}
    return len(wanted & set(present)) / len(wanted) if wanted else 0.0
