"""The best spans are those that trying every span finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.spans import NO_ANSWER, best_spans


def every_span(logits, sentences, longest):
    """Every possible span with its score, by two loops."""
    return {
        (first, last): float(logits[first, 0]) + float(logits[last, 1])
        for first in range(len(logits))
        for last in range(first, min(len(logits), first + longest))
        if sentences[first] >= 0 and sentences[first] == sentences[last]
    }


@st.composite
def windows(draw):
    passage = draw(st.lists(st.integers(0, 3), max_size=12).map(sorted))
    sentences = np.array([-1, -1, *passage, -1], np.int64)
    values = st.floats(-8, 8, width=32)
    logits = draw(st.lists(st.tuples(values, values), min_size=len(sentences), max_size=len(sentences)))
    return np.array(logits, np.float32), sentences


@given(windows(), st.integers(1, 5), st.integers(1, 6))
def test_the_best_spans_are_those_that_two_loops_find(window, n, longest):
    logits, sentences = window
    possible = every_span(logits, sentences, longest)
    nothing = float(logits[NO_ANSWER].astype(np.float64).sum())
    total = np.exp(list(possible.values())).sum() + np.exp(nothing)
    found = best_spans(logits, sentences, n=n, longest=longest)
    assert len(found) <= n
    for span in found:
        best = max(possible.values())
        assert possible[span.first, span.last] == pytest.approx(best)
        assert span.margin == pytest.approx(best - nothing, abs=1e-5)
        assert span.probability == pytest.approx(np.exp(best) / total, rel=1e-5)
        possible = {
            (first, last): score
            for (first, last), score in possible.items()
            if last < span.first or first > span.last
        }
    assert len(found) == n or not possible


def test_equal_scores_are_told_apart_by_place():
    logits = np.zeros((6, 2), np.float32)
    sentences = np.array([-1, 0, 0, 1, 1, -1])
    assert [span[:2] for span in best_spans(logits, sentences, n=3)] == [(1, 1), (2, 2), (3, 3)]


def test_nothing_to_choose_from_is_no_span():
    assert best_spans(np.zeros((3, 2), np.float32), np.array([-1, -1, -1]), n=3) == ()


def test_large_logits_do_not_overflow():
    logits = np.array([[0, 0], [500, 0], [0, 500]], np.float32)
    (span,) = best_spans(logits, np.array([-1, 0, 0]), n=1)
    assert (span.first, span.last, span.margin, span.probability) == (1, 2, 1000.0, 1.0)
