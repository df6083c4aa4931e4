"""Figures of quality: exact match, F1, recall and reciprocal rank; pure functions.

Exact match and F1 are those of SQuAD v1.1 (Rajpurkar and others, 2016) without the removal of English articles:
lower case, punctuation removed, blanks collapsed; F1 over the tokens between blanks.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def normalize_answer(text: str) -> str:
    """The form in which two answers are compared.

    >>> normalize_answer("  Ông Phạm Đăng Khoa, Giám đốc. ")
    'ông phạm đăng khoa giám đốc'
    """
    kept = (char for char in text.lower() if not unicodedata.category(char).startswith("P"))
    return " ".join("".join(kept).split())


def exact_match(prediction: str, gold: str) -> float:
    """1 where the two are the same in their normal form, else 0."""
    return float(normalize_answer(prediction) == normalize_answer(gold))


def f1(prediction: str, gold: str) -> float:
    """Harmonic mean of precision and recall over tokens.

    >>> round(f1("72 đảng viên", "có 72 đảng viên"), 3)
    0.857
    """
    predicted, wanted = normalize_answer(prediction).split(), normalize_answer(gold).split()
    if not predicted or not wanted:
        return float(predicted == wanted)
    shared = sum((Counter(predicted) & Counter(wanted)).values())
    return 2 * shared / (len(predicted) + len(wanted))


def best_over(measure: Callable[[str, str], float], prediction: str | None, golds: Sequence[str]) -> float:
    """The measure against the best of the gold answers.

    :param prediction: ``None`` where nothing was answered.
    :param golds: empty where the question has no answer: then 1 for no prediction, else 0.
    """
    if not golds:
        return float(prediction is None)
    if prediction is None:
        return 0.0
    return max(measure(prediction, gold) for gold in golds)


def recall_at(ranks: Sequence[int | None], k: int) -> float:
    """Share of the ranks (from 1, ``None`` for not found) that are at most ``k``.

    >>> recall_at([1, 4, None, 2], 3)
    0.5
    """
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks) if ranks else 0.0


def mean_reciprocal_rank(ranks: Sequence[int | None], k: int) -> float:
    """Mean of 1/rank over ranks from 1, 0 beyond ``k`` or not found.

    >>> mean_reciprocal_rank([1, 4, None, 2], 10)
    0.4375
    """
    return sum(1 / rank for rank in ranks if rank is not None and rank <= k) / len(ranks) if ranks else 0.0


def expected_calibration_error(
    probabilities: Sequence[float], outcomes: Sequence[bool], *, bins: int = 10
) -> float:
    """Mean distance between stated and observed probability over equal bins of [0, 1], weighted by their size
    (Guo and others, On Calibration of Modern Neural Networks, 2017).

    >>> expected_calibration_error([0.9, 0.9, 0.1, 0.1], [True, False, False, False])
    0.25
    """
    binned: dict[int, list[tuple[float, bool]]] = {}
    for probability, outcome in zip(probabilities, outcomes, strict=True):
        binned.setdefault(min(int(probability * bins), bins - 1), []).append((probability, outcome))
    gaps = (
        abs(sum(probability for probability, _ in members) - sum(outcome for _, outcome in members))
        for members in binned.values()
    )
    return round(sum(gaps) / len(probabilities), 6) if probabilities else 0.0
