"""Fitting the confidence: figures are of questions that were held out, and the curve is what counting gives."""

from __future__ import annotations

import numpy as np
import pytest

from qa.training.card import BEGIN, END, write_figures
from qa.training.confidence import Observations, held_out_probabilities, report, risk_coverage, rounded


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
    assert report(seen, held_out_probabilities(seen))["auc_right"] == pytest.approx(0.5, abs=0.07)


def test_held_out_probabilities_tell_right_from_wrong_and_are_calibrated():
    seen = observations(2_000, signal=3.0)
    figures = report(seen, held_out_probabilities(seen))
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
    assert report(seen, held_out_probabilities(seen))["auc_right"] < 0.75


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
