"""What is shown is a place in an article; what is not sure enough is not an answer."""

from __future__ import annotations

from datetime import date

import pytest

from index.article import Article
from index.search import Hit
from index.span import Span
from qa.confidence import FEATURES, Calibration
from qa.decision import cite, decide
from qa.sentence_reader import ScoredSentence

ARTICLE = Article(
    "a.txt", "Tiêu đề", "Tiêu đề\nCầu dài 240 mét. Cầu rộng 8 mét.", published=date(2022, 11, 20)
)
LONG, WIDE = Span(8, 24), Span(25, 40)


def scored(span, *, score, article=ARTICLE):
    hit = Hit(article, 0, len(article.text), (span,), score, 1, 1, score)
    return ScoredSentence(
        article=article, span=span, score=score, cosine=score, coverage=score, context_coverage=score, hit=hit
    )


def calibration(threshold):
    """A probability that is the logistic of the cosine alone."""
    weights = tuple(10.0 if name == "cosine" else 0.0 for name in FEATURES)
    return Calibration(weights=weights, bias=-5.0, threshold=threshold)


def test_answers_are_verbatim_places_best_first():
    answers, closest = decide(
        [scored(LONG, score=0.9), scored(WIDE, score=0.7)], calibration=calibration(0.5)
    )
    assert [answer.text for answer in answers] == ["Cầu dài 240 mét.", "Cầu rộng 8 mét."]
    assert closest == ()
    for answer in answers:
        assert ARTICLE.text[answer.citation.start : answer.citation.end] == answer.text
        assert answer.citation.sha256 == ARTICLE.sha256


def test_below_the_threshold_the_closest_sentences_are_no_answers():
    answers, closest = decide(
        [scored(LONG, score=0.4), scored(WIDE, score=0.3)], calibration=calibration(0.5)
    )
    assert answers == ()
    assert [citation.text for citation in closest] == ["Cầu dài 240 mét.", "Cầu rộng 8 mét."]


def test_nothing_found_is_nothing_shown():
    assert decide([], calibration=calibration(0.0)) == ((), ())


def test_equal_answers_of_two_articles_are_one_with_two_citations():
    other = Article("b.txt", "Bài khác", "cầu dài 240 mét")
    sentences = [scored(LONG, score=0.9), scored(Span(0, 15), score=0.8, article=other)]
    (answer,), _ = decide(sentences, calibration=calibration(0.5))
    assert [citation.article for citation in answer.citations] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (Span(8, 8), LONG),
        (Span(7, 10), LONG),
        (Span(8, 30), LONG),
        (Span(8, 9), Span(8, 400)),
        (Span(-3, 4), LONG),
    ],
)
def test_a_place_that_is_none_is_never_cited(span, sentence):
    with pytest.raises(ValueError, match="no place"):
        cite(ARTICLE, span, sentence=sentence)


def test_a_probability_is_one_even_for_scores_beyond_reason():
    assert 0 <= calibration(0.5).probability([1e9] * len(FEATURES)) <= 1
    assert 0 <= calibration(0.5).probability([-1e9] * len(FEATURES)) <= 1
