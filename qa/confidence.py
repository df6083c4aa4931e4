"""Candidates → the probability that each is right, and how sure an answer must be to be shown.

A logistic regression: p = 1 / (1 + exp(-(w · x + w₀))), with the features of :func:`features`.  Its weights lie beside
those of the reader whose scores they were fitted to, by ``python -m qa.training.confidence``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from index.passage import header
from index.terms import has_tone_marks, syllables
from qa.reader import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.coverage import Coverage
    from qa.question import Query
    from qa.reader import Candidate

Caution = Literal["balanced", "strict"]
"""How sure an answer must be: ``balanced`` answers where it is likelier to help than to mislead, ``strict`` only
where it is rarely wrong."""

FEATURES = (
    "margin",
    "probability",
    "retrieval",
    "cosine",
    "coverage",
    "context_coverage",
    "missing_numbers",
    "lead",
    "agreement",
    "unmarked",
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted ranking and regression.

    :ivar retrieval_weight: what a fused score of 1 is worth beside 0, in logits of the reader.
    :ivar weights: one for each of :data:`FEATURES`.
    :ivar thresholds: by caution: below this probability a candidate is no answer.
    """

    retrieval_weight: float
    weights: tuple[float, ...]
    bias: float
    thresholds: dict[str, float]

    def probability(self, values: Sequence[float]) -> float:
        """The calibrated probability in [0, 1] for one row of features."""
        logit = self.bias + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class ReadingCalibration:
    """The same for the reader alone, where the passage is given: the probability that it answers at all.

    :ivar least_margin: below this margin the best span is no answer.
    """

    weight: float
    bias: float
    least_margin: float

    def probability(self, margin: float) -> float:
        """The probability in [0, 1] that the passage answers, by the best span's margin over no answer."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.bias + self.weight * margin))))


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    """The calibration of answers that ships with the reader."""
    fitted = _fitted("answers")
    return Calibration(
        retrieval_weight=fitted["retrieval_weight"],
        weights=tuple(fitted["weights"][name] for name in FEATURES),
        bias=fitted["bias"],
        thresholds=fitted["thresholds"],
    )


@lru_cache(maxsize=1)
def load_reading_calibration() -> ReadingCalibration:
    """The calibration of the reader alone that ships with it."""
    fitted = _fitted("reading")
    return ReadingCalibration(fitted["weight"], fitted["bias"], fitted["least_margin"])


def _fitted(name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((SHIPPED / "confidence.json").read_text(encoding="utf-8"))[name]
    return values


def strength(candidate: Candidate, *, retrieval_weight: float) -> float:
    """What candidates are ranked by: the reader's margin, and how well the passage was found."""
    return candidate.margin + retrieval_weight * candidate.hit.score


def rank(candidates: Sequence[Candidate], *, retrieval_weight: float) -> tuple[Candidate, ...]:
    """The candidates, strongest first."""
    return tuple(
        sorted(
            candidates,
            key=lambda c: (-strength(c, retrieval_weight=retrieval_weight), c.article.id, c.span),
        )
    )


def features(
    query: Query,
    candidates: Sequence[Candidate],
    *,
    coverage: Coverage,
    retrieval_weight: float,
    of: int = 0,
) -> tuple[float, ...]:
    """What tells a right candidate from a wrong one.

    :param candidates: of one question, strongest first.
    :param of: which one; its lead is over the strongest of those that say something else.
    :param coverage: of what the query asks about.
    :param retrieval_weight: that they were ranked with.
    """
    candidate = candidates[of]
    said = spoken(candidate.text)
    others = [other for place, other in enumerate(candidates) if place != of]
    rivals = [other for other in others if not _alike(said, spoken(other.text))]
    allies = {
        other.article.id for other in others if other.margin > 0 and _alike(said, spoken(other.text))
    } - {candidate.article.id}
    article = candidate.article
    own = strength(candidate, retrieval_weight=retrieval_weight)
    around = (candidate.hit.text, header(article))
    return (
        candidate.margin,
        candidate.probability,
        candidate.hit.score,
        candidate.hit.cosine,
        coverage.share(candidate.sentence.of(article.text)),
        coverage.share(*around),
        float(min(2, coverage.missing_numbers(*around))),
        own - max((strength(rival, retrieval_weight=retrieval_weight) for rival in rivals), default=0.0),
        float(min(2, len(allies))),
        float(not has_tone_marks(query.question)),
    )


def spoken(text: str) -> str:
    """The words of a text in one spelling, without punctuation: what two equal answers share.

    >>> spoken("72 Đảng viên."), spoken("07 đảng viên")
    ('72 đảng viên', '7 đảng viên')
    """
    return " ".join(word for words in syllables(text) for word in words)


def _alike(one: str, other: str) -> bool:
    """Whether one of two answers holds the other."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "
