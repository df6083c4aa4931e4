"""Scores of a reading → the probability that its best sentence answers, and the decision to abstain.

A logistic regression: p = 1 / (1 + exp(-(w · x + w₀))), with the features of :func:`features`. Its weights are in
``confidence.json`` beside this file, fitted by ``python -m qa.training.confidence``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.sentence_reader import ScoredSentence

FEATURES = (
    "cosine",
    "prominence",
    "coverage",
    "context_coverage",
    "passage_cosine",
    "passage_score",
    "margin",
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted regression.

    :ivar weights: one for each of :data:`FEATURES`.
    :ivar threshold: below this probability the question is not answered.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def probability(self, values: Sequence[float]) -> float:
        """The calibrated probability in [0, 1] for one row of features."""
        logit = self.bias + sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@lru_cache(maxsize=1)
def load_calibration() -> Calibration:
    """The calibration that ships with the package."""
    fitted = json.loads((Path(__file__).parent / "confidence.json").read_text(encoding="utf-8"))
    return Calibration(
        weights=tuple(fitted["weights"][name] for name in FEATURES),
        bias=fitted["bias"],
        threshold=fitted["threshold"],
    )


def features(sentences: Sequence[ScoredSentence], *, of: int = 0) -> tuple[float, ...]:
    """What tells an answer from a near miss, for one of the sentences.

    :param sentences: best first, at least one.
    :param of: which one; its margin is over the best of the others, its prominence over the middle one by cosine.
    """
    sentence = sentences[of]
    rival = max((other.score for place, other in enumerate(sentences) if place != of), default=0.0)
    return (
        sentence.cosine,
        sentence.cosine - median(other.cosine for other in sentences),
        sentence.coverage,
        sentence.context_coverage,
        sentence.hit.cosine,
        sentence.hit.score,
        sentence.score - rival,
    )
