"""Equal answers of several articles are one; different ones stand side by side, the newest first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.article import Article
from index.span import Span
from qa.confidence import SUPPORT
from qa.decision import decide
from qa.question import understand
from tests.qa.test_decision import ARTICLE, OLDER, WIDE, answers_to, calibration, candidate, decided


def test_equal_answers_of_two_articles_are_one_with_two_citations():
    other = Article("b.txt", "Bài khác", "cầu dài 240  mét")
    found = [candidate("240 mét", margin=3), candidate("240  mét", Span(0, 16), margin=2, article=other)]
    (answer,), _ = answers_to(found)
    assert [citation.article for citation in answer.citations] == ["a.txt", "b.txt"]


def test_of_two_spans_in_one_place_the_better_one_stays():
    (answer,), _ = answers_to([candidate("240 mét", margin=3), candidate("dài 240 mét", margin=2)])
    assert answer.text == "240 mét"


def test_articles_that_differ_stand_side_by_side_newest_first_with_a_note():
    found = [
        candidate("200 mét", Span(0, 16), margin=3.0, article=OLDER),
        candidate("240 mét", margin=2.9),
    ]
    decision = decided(found, question="Cầu dài bao nhiêu mét?")
    assert [answer.text for answer in decision.answers] == ["240 mét", "200 mét"]
    (note,) = decision.notes
    assert note.kind == "conflict"
    assert note.text == (
        "Các bài viết trả lời khác nhau: 1 bài nói “240 mét” (20/11/2022), 1 bài nói “200 mét” (02/01/2021)."
    )


def test_the_note_of_answers_that_differ_counts_the_articles_that_say_the_same():
    found = [
        candidate("240 mét", margin=3.0),
        candidate("240 mét", margin=2.9, article=replace(ARTICLE, id="nua.txt")),
        candidate("200 mét", Span(0, 16), margin=2.9, article=OLDER),
    ]
    (note,) = decided(found, question="Cầu dài bao nhiêu mét?").notes
    assert "2 bài nói “240 mét” (20/11/2022), 1 bài nói “200 mét” (02/01/2021)." in note.text


@pytest.mark.parametrize(
    ("question", "differ"), [("Cầu Đá Bạc dài bao nhiêu mét?", True), ("Cầu dài mấy mét?", False)]
)
def test_what_both_articles_say_of_the_same_named_thing_stands_side_by_side(question, differ):
    texts = "Cầu Đá Bạc dài 240 mét.", "Cầu Đá Bạc dài 200 mét."
    articles = [replace(ARTICLE, id=str(number), text=text) for number, text in enumerate(texts)]
    found = [
        candidate(part, Span(0, 23), margin=margin, article=article)
        for part, margin, article in zip(("240 mét", "200 mét"), (5.0, 0.1), articles, strict=True)
    ]
    supported = replace(calibration(0.5), support_weights=(0.0,) * len(SUPPORT), support_bias=2.0)
    decision = decide(understand(question), found, calibration=supported)
    assert [note.kind for note in decision.notes] == (["conflict"] if differ else [])


def test_an_answer_that_stands_out_is_contradicted_by_nobody():
    found = [
        candidate("200 mét", Span(0, 16), margin=5.0, article=OLDER),
        candidate("240 mét", margin=0.1),
    ]
    decision = decided(found, question="Cầu dài bao nhiêu mét?")
    assert [answer.text for answer in decision.answers] == ["200 mét", "240 mét"]
    assert decision.notes == ()


def test_two_numbers_of_one_article_do_not_contradict_each_other():
    found = [candidate("240 mét", margin=3.0), candidate("8 mét", WIDE, margin=2.9)]
    assert decided(found, question="Cầu dài bao nhiêu mét?").notes == ()
