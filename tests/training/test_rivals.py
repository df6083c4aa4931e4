"""Rivals are what is found and does not answer; examples are read among them, or without their own passage."""

from __future__ import annotations

from random import Random

import pytest

from index.span import Span
from qa.training.reading_data import Passage, ReadingExample
from qa.training.rivals import among_rivals, find_rivals

QUESTION = "Cầu Đá Bạc dài bao nhiêu?"
EXAMPLE = ReadingExample(
    "x", "vi", "Cầu Đá Bạc", "Cầu Đá Bạc dài 240 mét, khánh thành hôm qua.", QUESTION, (Span(15, 22),)
)
OTHERS = [
    "Cầu Đá Bạc do Công ty Hoa Mai xây năm 2019.",
    "Cầu Đá Bạc mới dài 240 mét, rộng 12 mét.",
    "Cầu Sông Lam dài bao nhiêu thì chưa ai đo.",
]


def unanswered(passage, question):
    return ReadingExample("x", "vi", "", passage, question, ())


@pytest.mark.models
def test_what_is_found_and_has_no_answer_is_a_rival():
    examples = [EXAMPLE, *(unanswered(text, f"Hỏi gì {n}?") for n, text in enumerate(OTHERS))]
    rivals = find_rivals(examples)
    assert set(rivals) == {QUESTION}
    assert {passage.text for passage in rivals[QUESTION]} == {OTHERS[0], OTHERS[2]}


RIVALS = {QUESTION: [Passage("", text) for text in OTHERS]}


def drawn(**shares):
    """A hundred draws."""
    draw = Random(3)
    return [
        among_rivals(EXAMPLE, RIVALS, count=2, draw=draw, **{"alone": 0.0, "missing": 0.0, **shares})
        for _ in range(100)
    ]


def test_better_found_rivals_come_more_often():
    made = drawn()
    assert all(len(set(one.rivals)) == 2 and one.passage == EXAMPLE.passage for one in made)
    counts = [sum(rival in one.rivals for one in made) for rival in RIVALS[QUESTION]]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) > 20


def test_some_stay_alone_and_some_lose_their_own_passage():
    assert drawn(alone=1.0) == [EXAMPLE] * 100
    for one in drawn(missing=1.0):
        assert one.answers == ()
        assert len({one.passage, *(rival.text for rival in one.rivals)} & set(OTHERS)) == 3
    share = sum(not one.answers for one in drawn(missing=0.25))
    assert 10 < share < 40


def test_a_question_without_rivals_stays_as_it_is():
    assert among_rivals(EXAMPLE, {}, count=2, alone=0.0, missing=1.0, draw=Random(1)) is EXAMPLE
