"""Ranked candidates → the probability that each is right, and whether the articles answer at all.

Two logistic regressions, p = 1 / (1 + exp(-(w · x + w₀))): the confidence, that an answer is right, over all of
:func:`features`; and the support, that the passage answers the question, over some of them.  An answer is shown by its
support: what tells right from nearly right in one passage says little about whether any passage answers.  The weights
lie beside those of the reader whose scores they were fitted to, by ``python -m qa.training.confidence``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from index.terms import has_tone_marks, syllables
from qa.ranking import EVIDENCE
from qa.reader import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.hit import Hit
    from qa.question import Query
    from qa.ranking import Ranked

Caution = Literal["balanced", "strict"]
"""How sure an answer must be: ``balanced`` answers where it is likelier to help than to mislead, ``strict`` only
where it is rarely wrong."""

FEATURES = (*EVIDENCE, "found", "lead", "lead_elsewhere", "agreement", "unmarked", "passages")
"""What a probability is made of; see :func:`features`."""
SUPPORT = ("margin", "cosine", "found", "missing_numbers", "missing_names")
"""Of :data:`FEATURES`, those that tell whether the articles answer; more do not carry over between collections."""
_SUPPORT = tuple(FEATURES.index(name) for name in SUPPORT)
_FIT = FEATURES.index("fit")
_FITTING = 0.44
"""Log-odds that a span which is what the question names by itself adds to the support: .40 for .30.  Set by hand on the
questions about ``corpus/`` that are looked at, since questions like those of ``dev`` seldom name an office or a day."""
_MOST_LEAD = 10.0  # a lead over nothing at all is no larger than a clear one


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted ranking and regression.

    :ivar ranking: one weight for each of :data:`qa.ranking.EVIDENCE`, to rank candidates by.
    :ivar weights: one for each of :data:`FEATURES`.
    :ivar support_weights: one for each of :data:`SUPPORT`.
    :ivar thresholds: by caution: below this support a candidate is no answer.
    :ivar highest_margin: that hardly any span goes beyond.
    """

    ranking: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    support_weights: tuple[float, ...]
    support_bias: float
    thresholds: dict[str, float]
    highest_margin: float

    def probability(self, values: Sequence[float]) -> float:
        """The calibrated probability in [0, 1] that an answer is right, for one row of features."""
        return _logistic(self.weights, values, self.bias)

    def support(self, values: Sequence[float]) -> float:
        """The calibrated probability in [0, 1] that the passage answers, for one row of features."""
        return self._support([values[place] for place in _SUPPORT], fit=values[_FIT])

    def _support(self, values: Sequence[float], *, fit: float) -> float:
        """The same for the values of :data:`SUPPORT`."""
        return _logistic(self.support_weights, values, self.support_bias + _FITTING * max(fit, 0.0))

    def worth_reading(self, hits: Sequence[Hit], *, caution: Caution) -> list[bool]:
        """Which of the hits could be answered from: a span of theirs with the highest margin that is what the question
        names, in a passage that lacks nothing of the question, would be shown.
        """
        found: dict[str, float] = {}
        for hit in hits:
            found[hit.article.id] = max(hit.score, found.get(hit.article.id, 0.0))

        def could_be_shown(hit: Hit) -> bool:
            at_best = {"margin": self.highest_margin, "cosine": hit.cosine, "found": found[hit.article.id]}
            values = [at_best.get(name, 0.0) for name in SUPPORT]
            return self._support(values, fit=1) >= self.thresholds[caution]

        return [could_be_shown(hit) for hit in hits]


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
        ranking=tuple(fitted["ranking"][name] for name in EVIDENCE),
        weights=tuple(fitted["weights"][name] for name in FEATURES),
        bias=fitted["bias"],
        support_weights=tuple(fitted["support_weights"][name] for name in SUPPORT),
        support_bias=fitted["support_bias"],
        thresholds=fitted["thresholds"],
        highest_margin=fitted["highest_margin"],
    )


@lru_cache(maxsize=1)
def load_reading_calibration() -> ReadingCalibration:
    """The calibration of the reader alone that ships with it."""
    fitted = _fitted("reading")
    return ReadingCalibration(fitted["weight"], fitted["bias"], fitted["least_margin"])


def _logistic(weights: Sequence[float], values: Sequence[float], bias: float) -> float:
    logit = bias + sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _fitted(name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((SHIPPED / "confidence.json").read_text(encoding="utf-8"))[name]
    return values


def features(query: Query, ranked: Sequence[Ranked], *, passages: int, of: int = 0) -> tuple[float, ...]:
    """What tells a right candidate from a wrong one, in the order of :data:`FEATURES`.

    :param ranked: all candidates of one question.
    :param passages: how many there were to search.
    :param of: which one it is about.
    :returns: its evidence; the best fused score of its article; its lead in strength over all that say something else,
        and over those of them in other articles; how many other articles say the same, at most 2; whether the question
        was typed without tone marks; the logarithm of the number of passages.
    """
    candidate, values, strength = ranked[of]
    said = spoken(candidate.text)
    others = [one for place, one in enumerate(ranked) if place != of]
    rivals = [one for one in others if not _alike(said, spoken(one.candidate.text))]
    article = candidate.article.id
    allies = {
        one.candidate.article.id
        for one in others
        if one.candidate.margin > 0 and _alike(said, spoken(one.candidate.text))
    } - {article}

    def lead(over: Iterable[Ranked]) -> float:
        best = max((rival.strength for rival in over), default=-math.inf)
        return max(-_MOST_LEAD, min(_MOST_LEAD, strength - best))

    return (
        *values,
        max(one.candidate.hit.score for one in ranked if one.candidate.article.id == article),
        lead(rivals),
        lead(rival for rival in rivals if rival.candidate.article.id != article),
        float(min(2, len(allies))),
        float(not has_tone_marks(query.question)),
        math.log10(passages),
    )


@lru_cache(maxsize=4096)
def spoken(text: str) -> str:
    """The words of a text in one spelling, without punctuation: what two equal answers share.

    >>> spoken("72 Đảng viên."), spoken("07 đảng viên")
    ('72 đảng viên', '7 đảng viên')
    """
    return " ".join(word for words in syllables(text) for word in words)


def _alike(one: str, other: str) -> bool:
    """Whether one of two answers holds the other."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "
