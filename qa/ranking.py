"""Candidates → the candidates that answer likeliest first.

A linear score of what is known of each candidate by itself: what the reader thinks of it, how well its passage was
found, how much of the question its sentence and passage say, and whether its form can be what is asked for.  The
weights are those that put a right candidate first most often, chosen by ``python -m qa.training.confidence``.  Leaves
out how sure the first one is: see :mod:`qa.confidence`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from index.passage import header
from qa.people import people_in
from qa.question_kind import Kind, can_be

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.coverage import Coverage
    from qa.question import Query
    from qa.reader import Candidate

EVIDENCE = (
    "margin",
    "probability",
    "score",
    "cosine",
    "coverage",
    "context_coverage",
    "missing_numbers",
    "missing_names",
    "fit",
    "misfit",
    "person",
    "nobody",
    "words",
)
"""What is known of a candidate by itself; see :func:`evidence`."""


_MARGIN, _COVERAGE = EVIDENCE.index("margin"), EVIDENCE.index("coverage")
_STATEMENT = 10.0
"""Logits of the reader that a sentence which says all words of a question of yes or no is worth: it settles it, though
no span of it is an answer; the data that the weights are fitted to have no such questions."""


class Ranked(NamedTuple):
    """A candidate in its place.

    :ivar evidence: one number for each of :data:`EVIDENCE`.
    :ivar strength: what it was ranked by; comparable within one question.
    """

    candidate: Candidate
    evidence: tuple[float, ...]
    strength: float


def evidence(candidate: Candidate, *, query: Query, coverage: Coverage) -> tuple[float, ...]:
    """What is known of a candidate by itself, in the order of :data:`EVIDENCE`.

    :param coverage: of what the query asks about.
    :returns: the reader's margin and probability; fused score and cosine of its passage; the shares of the question
        that its sentence and its passage say; numbers and pieces of names of the question that passage and article
        lack, at most 2; whether it fits what the question names; 1 for a form that cannot be what is asked for; whether
        a question for a person gets one, or nobody; the logarithm of its length in words.
    """
    article, kind = candidate.article, query.asked.kind
    top = header(article)
    for_person = kind is Kind.PERSON
    named = for_person and any(people_in(article.text, candidate.span))
    return (
        candidate.margin,
        candidate.probability,
        candidate.hit.score,
        candidate.hit.cosine,
        coverage.share(candidate.sentence.of(article.text)),
        coverage.share(candidate.hit.text, top),
        float(min(2, coverage.missing_numbers(candidate.hit.text, top))),
        float(min(2, coverage.missing_names(f"{top}\n{article.text}"))),
        float(candidate.fit),
        float(not can_be(kind, candidate.text)),
        float(named),
        float(for_person and not named),
        math.log1p(len(candidate.text.split())),
    )


def rank(
    candidates: Iterable[Candidate], *, query: Query, coverage: Coverage, weights: Sequence[float]
) -> tuple[Ranked, ...]:
    """The candidates, likeliest first; equal ones by article and place.

    :param weights: one for each of :data:`EVIDENCE`.
    """
    told = [(one, evidence(one, query=query, coverage=coverage)) for one in candidates]
    return order(told, kind=query.asked.kind, weights=weights)


def order(
    told: Iterable[tuple[Candidate, tuple[float, ...]]], *, kind: Kind, weights: Sequence[float]
) -> tuple[Ranked, ...]:
    """Candidates whose evidence is known, likeliest first."""
    ranked = []
    for candidate, values in told:
        strength = sum(weight * value for weight, value in zip(weights, values, strict=True))
        if kind is Kind.TRUTH:
            strength += _STATEMENT * weights[_MARGIN] * values[_COVERAGE]
        ranked.append(Ranked(candidate, values, strength))
    return tuple(
        sorted(ranked, key=lambda one: (-one.strength, one.candidate.article.id, one.candidate.span))
    )
