"""Candidates are ranked by reader and retrieval; the probability is the logistic of what tells right from wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.article import Article
from index.search import Hit
from index.span import Span
from qa.confidence import (
    FEATURES,
    Calibration,
    features,
    load_calibration,
    load_reading_calibration,
    rank,
    strength,
)
from qa.coverage import Coverage
from qa.question import understand
from qa.reader import Candidate

BRIDGE = Article("a.txt", "Cầu Đá Bạc", "Cầu dài 240 mét, khánh thành năm 2022.")
OTHER = Article("b.txt", "Tin khác", "Cầu dài 240 mét hay 300 mét.")


def candidate(text, *, article=BRIDGE, margin=2.0, score=0.5):
    start = article.text.index(text)
    whole = Span(0, len(article.text))
    hit = Hit(article, 0, len(article.text), (whole,), score, 1, 1, 0.8)
    return Candidate(hit, Span(start, start + len(text)), whole, margin, 0.6)


def named(question, candidates, *, of=0):
    query = understand(question)
    values = features(query, candidates, coverage=Coverage(query.text), retrieval_weight=4.0, of=of)
    return dict(zip(FEATURES, values, strict=True))


def test_a_better_passage_makes_up_for_a_lower_margin():
    low, high = candidate("240 mét", margin=2.0, score=1.0), candidate("300 mét", article=OTHER, margin=3.0)
    assert rank([high, low], retrieval_weight=4.0) == (low, high)
    assert rank([high, low], retrieval_weight=0.0) == (high, low)


def test_the_features_of_a_candidate():
    found = [candidate("240 mét"), candidate("300 mét", article=OTHER, margin=1.0)]
    values = named("Cầu Đá Bạc dài mấy mét năm 2023?", found)
    assert values["margin"] == 2.0
    assert values["probability"] == 0.6
    assert (values["retrieval"], values["cosine"]) == (0.5, 0.8)
    assert values["coverage"] == pytest.approx(4 / 7)  # cầu, dài, mét, năm of those and đá, bạc, 2023
    assert values["context_coverage"] == pytest.approx(6 / 7)
    assert values["missing_numbers"] == 1
    assert values["lead"] == 1.0
    assert values["agreement"] == 0
    assert values["unmarked"] == 0


def test_another_article_that_says_the_same_agrees_and_does_not_rival():
    found = [candidate("240 mét"), candidate("dài 240 mét", article=OTHER, margin=1.5)]
    values = named("cau dai may met", found)
    assert values["agreement"] == 1
    assert values["lead"] == strength(found[0], retrieval_weight=4.0) == 4.0
    assert values["unmarked"] == 1


def test_the_probability_is_the_logistic_of_the_weighted_sum():
    weights = tuple(np.linspace(-1, 1, len(FEATURES)).tolist())
    values = tuple(np.linspace(0, 2, len(FEATURES)).tolist())
    total = sum(weight * value for weight, value in zip(weights, values, strict=True)) + 0.25
    calibration = Calibration(4.0, weights, 0.25, {})
    assert calibration.probability(values) == pytest.approx(1 / (1 + math.exp(-total)))


def test_a_probability_is_one_even_for_scores_beyond_reason():
    calibration = Calibration(0.0, (1.0,) * len(FEATURES), 0.0, {})
    assert 0 <= calibration.probability([1e9] * len(FEATURES)) <= 1
    assert 0 <= calibration.probability([-1e9] * len(FEATURES)) <= 1


@pytest.mark.models
def test_what_ships_was_fitted_to_the_shipped_reader():
    import json

    from qa.reader import SHIPPED, Reader

    fitted = json.loads((SHIPPED / "confidence.json").read_text(encoding="utf-8"))
    assert fitted["reader"] == Reader.from_folder().identity
    calibration = load_calibration()
    assert 0 < calibration.thresholds["balanced"] < calibration.thresholds["strict"] < 1
    reading = load_reading_calibration()
    assert reading.probability(reading.least_margin - 5) < 0.5 < reading.probability(reading.least_margin + 5)
