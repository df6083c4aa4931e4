"""Fitting the confidence: figures are of questions that were held out, and the curve is what counting gives."""

from __future__ import annotations

import numpy as np
import pytest

from index.article import Article
from index.hit import Hit
from index.span import Span
from qa.coverage import Coverage
from qa.question import understand
from qa.ranking import EVIDENCE, evidence
from qa.reader import Candidate
from qa.training.asking import Asked
from qa.training.card import BEGIN, END, write_figures
from qa.training.confidence import (
    Observations,
    choose_ranking,
    held_out_of,
    held_out_probabilities,
    report,
    risk_coverage,
    rounded,
)


def observations(n, *, signal):
    generator = np.random.default_rng(4)
    right = generator.random(n) < 0.5
    rows = np.stack([signal * right + generator.normal(size=n), generator.normal(size=n)], axis=1)
    return Observations(rows, right, right, np.arange(n) // 2)


def test_risk_and_coverage_are_counted_from_the_surest_answer_on():
    coverage, risk = risk_coverage(np.array([0.9, 0.2, 0.6]), np.array([True, False, False]))
    assert coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert risk.tolist() == pytest.approx([0, 1 / 2, 2 / 3])


def test_held_out_probabilities_say_nothing_where_there_is_nothing_to_learn():
    seen = observations(600, signal=0.0)
    assert report(seen, (told := held_out_probabilities(seen)), told)["auc_right"] == pytest.approx(
        0.5, abs=0.07
    )


def test_held_out_probabilities_tell_right_from_wrong_and_are_calibrated():
    seen = observations(2_000, signal=3.0)
    figures = report(seen, (told := held_out_probabilities(seen)), told)
    assert figures["auc_right"] > 0.95
    assert figures["expected_calibration_error"] < 0.05
    assert figures["strict"]["right_of_answered"] > figures["balanced"]["right_of_answered"] > 0.8
    assert figures["strict"]["answered"] < figures["balanced"]["answered"]


def test_questions_of_one_paragraph_are_held_out_together():
    # Each pair of questions has the same features and outcome: a fold that split pairs would know the answer.
    generator = np.random.default_rng(5)
    keys = np.repeat(generator.normal(size=(40, 60)), 2, axis=0)
    right = np.repeat(generator.random(40) < 0.5, 2)
    seen = Observations(keys, right, right, np.repeat(np.arange(40), 2))
    assert report(seen, (told := held_out_probabilities(seen)), told)["auc_right"] < 0.75


def test_numbers_are_rounded_wherever_they_are():
    assert rounded({"a": {"b": 0.123456}, "n": 3, "c": "x"}) == {"a": {"b": 0.1235}, "n": 3, "c": "x"}


def test_figures_replace_those_of_the_card_and_nothing_else(tmp_path):
    card = tmp_path / "README.md"
    card.write_text(f"# Card\n\n{BEGIN}\nold\n{END}\n\nrest\n", encoding="utf-8")
    for _ in range(2):
        write_figures(card, ["| a |", "| b |"])
        assert card.read_text(encoding="utf-8") == f"# Card\n\n{BEGIN}\n\n| a |\n| b |\n\n{END}\n\nrest\n"
    card.write_text("# Card\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        write_figures(card, [])


def test_the_ranking_puts_right_candidates_before_wrong_ones():
    article = Article("a.txt", "", "Cầu dài 240 mét. Cầu rộng 8 mét. Trời mưa.")
    sentences = (Span(0, 16), Span(17, 32), Span(33, 42))

    def asked(number):
        """The right answer has the lower margin and the better passage."""
        query = understand("Cầu dài bao nhiêu?")
        candidates = []
        for text, sentence, margin, score in (
            ("240 mét", 0, 0.5, 1.0),
            ("rộng 8", 1, 1.5, 0.2),
            ("mưa", 2, 1.0, 0.1),
        ):
            start = article.text.index(text)
            hit = Hit(article, 0, len(article.text), sentences, score, 1, 1, 0.5)
            span = Span(start, start + len(text))
            candidates.append(Candidate(hit, span, sentences[sentence], margin + number % 3, 0.5))
        coverage = Coverage(query.text)
        told = tuple(evidence(one, query=query, coverage=coverage) for one in candidates)
        golds = ("240 mét",) if number % 7 else ()
        return Asked(query, tuple(candidates), told, golds, group=number, passages=10)

    questions = [asked(number) for number in range(30)]
    ranking = choose_ranking(questions)
    assert all(one.ranked(ranking)[0].candidate.text == "240 mét" for one in questions)
    assert dict(zip(EVIDENCE, ranking, strict=True))["score"] > 0
    probabilities, supports, seen = held_out_of(questions)
    assert (seen.right == seen.answerable).all()
    assert len(probabilities) == len(supports) == len(questions)
