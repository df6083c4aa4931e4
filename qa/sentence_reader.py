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
from index.terms import FOLDED, question_terms, terms
from qa.question import Query, asked_about, asks_yes_or_no

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from index.article import Article
    from index.encoder import Encoder
    from index.search import Hit
    from index.span import Span


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a hit, and how well it fits the question.

    :ivar score: fused score in [0, 1], comparable only within one reading.
    :ivar cosine: cosine of question and sentence.
    :ivar coverage: share in [0, 1] of what is asked, in syllables weighted by their rarity, that the sentence says.
    :ivar context_coverage: the same of the passage and its title.
    :ivar hit: the best hit that the sentence is in.
    """

    article: Article
    span: Span
    score: float
    cosine: float
    coverage: float
    context_coverage: float
    hit: Hit

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.span.of(self.article.text)


def equal_rarity(terms: Sequence[str]) -> NDArray[np.float64]:
    """The rarity of terms where there is no collection to count in: all the same."""
    return np.ones(len(terms))


def read_sentences(
    query: Query,
    hits: Sequence[Hit],
    *,
    encoder: Encoder,
    rarity: Callable[[Sequence[str]], NDArray[np.float64]] = equal_rarity,
) -> tuple[ScoredSentence, ...]:
    """Every sentence of the hits, best first; a sentence of two overlapping passages comes once.

    :param rarity: of terms, in the collection; see :meth:`index.search.Index.rarity`.
    """
    places: dict[tuple[str, Span], Hit] = {}
    for hit in hits:
        for span in hit.sentences:
            places.setdefault((hit.article.id, span), hit)
    if not places:
        return ()
    texts = [span.of(hit.article.text) for (_, span), hit in places.items()]
    sentence_terms = [terms(text) for text in texts]
    cosines = encoder.encode_passages(texts) @ encoder.encode_questions([query.text])[0]
    fused = fuse(BM25Okapi(sentence_terms).get_scores(question_terms(query.text)), cosines)
    # The passage's own score tells near-identical articles apart, which their sentences alone do not.
    scores = (fused + np.array([hit.score for hit in places.values()])) / 2
    if not asks_yes_or_no(query.text):
        known = set(_folded(terms(query.text)))
        scores *= [not known.issuperset(_folded(said)) for said in sentence_terms]  # a repeated headline, say

    asked = list(dict.fromkeys(term for term in _folded(terms(asked_about(query.text))) if " " not in term))
    weights = dict(zip(asked, rarity(asked).tolist(), strict=True))
    context = {id(hit): _share(weights, terms(f"{hit.article.title}\n{hit.text}")) for hit in hits}
    found = list(places.items())
    return tuple(
        ScoredSentence(
            article=hit.article,
            span=span,
            score=float(scores[row]),
            cosine=float(cosines[row]),
            coverage=_share(weights, sentence_terms[row]),
            context_coverage=context[id(hit)],
            hit=hit,
        )
        for row, ((_, span), hit) in ((row, found[row]) for row in ranking(scores).tolist())
    )


def _folded(found: Iterable[str]) -> list[str]:
    return [term for term in found if term.startswith(FOLDED)]


def _share(weights: Mapping[str, float], present: Iterable[str]) -> float:
    """How much of the total weight falls to the terms that are present."""
    total = sum(weights.values())
    said = set(present)
    return sum(weight for term, weight in weights.items() if term in said) / total if total else 0.0
