"""Figures agree with values worked out by hand."""

from __future__ import annotations

import pytest

from qa.metrics import best_over, exact_match, f1, mean_reciprocal_rank, normalize_answer, recall_at


@pytest.mark.parametrize(
    ("prediction", "gold", "em", "overlap"),
    [
        ("Hà Nội", "hà nội.", 1, 1),
        ("tại Hà Nội", "Hà Nội", 0, 0.8),
        ("Huế", "Hà Nội", 0, 0),
        ("the Hague", "Hague", 0, 2 / 3),  # English articles count
        ("đảng đảng viên", "đảng viên viên", 0, 2 / 3),  # a token counts as often as it occurs in both
    ],
)
def test_exact_match_and_f1_as_in_squad(prediction, gold, em, overlap):
    assert exact_match(prediction, gold) == em
    assert f1(prediction, gold) == pytest.approx(overlap)


def test_the_best_gold_answer_counts():
    assert best_over(f1, "Hà Nội", ["Huế", "thủ đô Hà Nội"]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("prediction", "golds", "value"), [(None, [], 1), ("Huế", [], 0), (None, ["Huế"], 0)]
)
def test_abstaining_is_right_exactly_where_there_is_no_answer(prediction, golds, value):
    assert best_over(exact_match, prediction, golds) == value


def test_punctuation_of_any_script_is_removed_and_blanks_collapse():
    assert normalize_answer("“Chuẩn\u00a0 quốc gia”…") == "chuẩn quốc gia"


def test_recall_and_reciprocal_rank():
    ranks = [1, 2, 11, None]
    assert (recall_at(ranks, 1), recall_at(ranks, 10)) == (0.25, 0.5)
    assert mean_reciprocal_rank(ranks, 10) == pytest.approx((1 + 0.5) / 4)
    assert (recall_at([], 1), mean_reciprocal_rank([], 10)) == (0, 0)
