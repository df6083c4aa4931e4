"""What is shown is a place in an article; what is not sure enough is not an answer."""

from __future__ import annotations

from datetime import date

import pytest

from index.article import Article
from index.search import Hit
from index.span import Span
from qa.confidence import FEATURES, Calibration
from qa.decision import cite, decide
from qa.question import understand
from qa.reader import Candidate

ARTICLE = Article(
    "a.txt", "Tiêu đề", "Tiêu đề\nCầu dài 240 mét. Cầu rộng 8 mét.", published=date(2022, 11, 20)
)
LONG, WIDE = Span(8, 24), Span(25, 40)
QUERY = understand("Cầu dài bao nhiêu?")


def place(text, *, article=ARTICLE):
    start = article.text.index(text)
    return Span(start, start + len(text))


def candidate(text, sentence=LONG, *, margin, article=ARTICLE):
    hit = Hit(article, 0, len(article.text), (sentence,), 0.5, 1, 1, 0.8)
    return Candidate(hit, place(text, article=article), sentence, margin, 0.5)


def calibration(least):
    """A probability that is the logistic of the margin alone."""
    weights = tuple(1.0 if name == "margin" else 0.0 for name in FEATURES)
    return Calibration(4.0, weights, bias=0.0, thresholds={"balanced": least, "strict": 0.99})


def answers_to(candidates, *, query=QUERY, least=0.5, **options):
    return decide(query, candidates, calibration=calibration(least), **options)


def test_answers_are_verbatim_places_best_first():
    answers, closest = answers_to([candidate("8 mét", WIDE, margin=1.0), candidate("240 mét", margin=2.0)])
    assert [answer.text for answer in answers] == ["240 mét", "8 mét"]
    assert [answer.citation.sentence for answer in answers] == ["Cầu dài 240 mét.", "Cầu rộng 8 mét."]
    assert closest == ()
    for answer in answers:
        assert ARTICLE.text[answer.citation.start : answer.citation.end] == answer.text
        assert answer.citation.sha256 == ARTICLE.sha256


def test_below_the_threshold_the_closest_sentences_are_no_answers():
    unsure = [candidate("240", margin=-1), candidate("240 mét", margin=-2), candidate("8", WIDE, margin=-3)]
    answers, closest = answers_to(unsure)
    assert answers == ()
    assert [citation.text for citation in closest] == ["Cầu dài 240 mét.", "Cầu rộng 8 mét."]


def test_the_stricter_threshold_is_the_callers_choice():
    assert answers_to([candidate("240 mét", margin=2.0)])[0]
    assert not answers_to([candidate("240 mét", margin=2.0)], caution="strict")[0]


def test_nothing_found_is_nothing_shown():
    assert answers_to([], least=0.0) == ((), ())


def test_equal_answers_of_two_articles_are_one_with_two_citations():
    other = Article("b.txt", "Bài khác", "cầu dài 240  mét")
    found = [candidate("240 mét", margin=3), candidate("240  mét", Span(0, 16), margin=2, article=other)]
    (answer,), _ = answers_to(found)
    assert [citation.article for citation in answer.citations] == ["a.txt", "b.txt"]


def test_of_two_spans_in_one_place_the_better_one_stays():
    (answer,), _ = answers_to([candidate("240 mét", margin=3), candidate("dài 240 mét", margin=2)])
    assert answer.text == "240 mét"


def test_a_yes_or_no_question_is_settled_by_a_whole_sentence():
    (answer,), _ = answers_to(
        [candidate("240 mét", margin=3)], query=understand("Cầu dài 240 mét phải không?")
    )
    assert answer.text == "Cầu dài 240 mét."


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


def test_a_terminal_shows_the_answer_before_its_sentence_also_without_colours():
    from io import StringIO

    from rich.console import Console

    from qa.answer import Reply

    answers, _ = answers_to([candidate("240 mét", margin=2.0)])
    console = Console(file=StringIO(), width=200)
    console.print(Reply("Cầu dài bao nhiêu?", answers, (), (), 0.1))
    assert console.file.getvalue().splitlines()[:2] == ["240 mét  (88%)", "Cầu dài 240 mét."]
