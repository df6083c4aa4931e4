"""The probability is the logistic of what tells right from wrong, fitted to the reader that ships."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.article import Article
from index.hit import Hit
from index.span import Span
from qa.confidence import (
    FEATURES,
    SUPPORT,
    Calibration,
    features,
    load_calibration,
    load_reading_calibration,
)
from qa.coverage import Coverage
from qa.question import understand
from qa.ranking import EVIDENCE, rank
from qa.reader import Candidate

BRIDGE = Article("a.txt", "Cầu Đá Bạc", "Cầu dài 240 mét, khánh thành năm 2022.")
OTHER = Article("b.txt", "Tin khác", "Cầu dài 240 mét hay 300 mét.")


def candidate(text, *, article=BRIDGE, margin=2.0, score=0.5):
    start = article.text.index(text)
    whole = Span(0, len(article.text))
    hit = Hit(article, 0, len(article.text), (whole,), score, 1, 1, 0.8)
    return Candidate(hit, Span(start, start + len(text)), whole, margin, 0.6)


def ranked(question, *candidates):
    """Ranked by the margin alone."""
    query = understand(question)
    weights = tuple(float(name == "margin") for name in EVIDENCE)
    return query, rank(candidates, query=query, coverage=Coverage(query.text), weights=weights)


def named(question, *candidates, of=0):
    query, found = ranked(question, *candidates)
    return dict(zip(FEATURES, features(query, found, passages=100, of=of), strict=True))


def test_the_features_of_a_candidate_are_its_evidence_and_how_it_stands_among_the_others():
    found = candidate("240 mét"), candidate("300 mét", article=OTHER, margin=1.0, score=0.9)
    query, (first, _) = ranked("Cầu Đá Bạc dài mấy mét?", *found)
    values = features(query, ranked("Cầu Đá Bạc dài mấy mét?", *found)[1], passages=100)
    assert values[: len(EVIDENCE)] == first.evidence
    told = dict(zip(FEATURES, values, strict=True))
    assert (told["found"], told["passages"]) == (0.5, 2.0)
    assert told["lead"] == told["lead_elsewhere"] == 1.0
    assert (told["agreement"], told["unmarked"]) == (0, 0)


def test_another_article_that_says_the_same_agrees_and_does_not_rival():
    told = named("cau dai may met", candidate("240 mét"), candidate("dài 240 mét", article=OTHER, margin=1.5))
    assert told["agreement"] == 1
    assert told["lead"] == 10.0  # the most that a lead can be
    assert told["unmarked"] == 1


def test_a_rival_of_the_same_article_leads_nowhere_else():
    rival = candidate("300 mét", article=OTHER, margin=1.0)
    told = named("Cầu dài mấy mét?", candidate("240 mét", article=OTHER), rival)
    assert (told["lead"], told["lead_elsewhere"]) == (1.0, 10.0)
    assert named("Cầu dài mấy mét?", candidate("240 mét", article=OTHER), rival, of=1)["lead"] == -1.0


def test_the_probability_is_the_logistic_of_the_weighted_sum():
    weights = tuple(np.linspace(-1, 1, len(FEATURES)).tolist())
    values = tuple(np.linspace(0, 2, len(FEATURES)).tolist())
    total = sum(weight * value for weight, value in zip(weights, values, strict=True)) + 0.25
    calibration = Calibration((), weights, 0.25, (), 0.0, {}, 0.0)
    assert calibration.probability(values) == pytest.approx(1 / (1 + math.exp(-total)))


def test_what_the_question_names_needs_less_support_than_what_it_may_not_mean():
    calibration = Calibration((), (), 0.0, tuple(float(name == "margin") for name in SUPPORT), 0.0, {}, 0.0)

    def odds(*, margin, fit):
        told = {"margin": margin, "fit": fit}
        support = calibration.support([told.get(name, 0.0) for name in FEATURES])
        return support / (1 - support)

    for margin in (-1.0, 0.5):
        assert odds(margin=margin, fit=0) == odds(margin=margin, fit=-1) == pytest.approx(math.exp(margin))
        assert odds(margin=margin, fit=1) == pytest.approx(math.exp(margin + 0.44))


def test_a_passage_is_worth_reading_if_what_the_question_names_could_be_shown():
    margins = tuple(float(name == "margin") for name in SUPPORT)
    hit = candidate("240 mét").hit
    for highest, worth in ((0.0, False), (0.6, True)):  # 0.6 + 0.44 > log(0.73 / 0.27)
        calibration = Calibration((), (), 0.0, margins, 0.0, {"balanced": 0.73}, highest)
        assert calibration.worth_reading([hit], caution="balanced") == [worth]


def test_a_probability_is_one_even_for_scores_beyond_reason():
    calibration = Calibration((), (1.0,) * len(FEATURES), 0.0, (), 0.0, {}, 0.0)
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
