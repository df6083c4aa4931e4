"""Hits that answer come before hits that only speak of the same thing."""

from __future__ import annotations

from dataclasses import replace

from index.article import Article
from index.hit import Hit
from index.span import Span
from qa.reader import Candidate
from qa.reranking import order

TEXT = "Cầu Đá Bạc dài 240 mét. Cầu Đá Bạc khánh thành sáng 16/8."
FIRST, SECOND = Span(0, 23), Span(24, 57)


def hit(sentence, *, score, cosine=0.8):
    article = Article.from_text(TEXT, id="cau.txt")
    return Hit(article, *sentence, (sentence,), score, 1, 1, cosine)


def candidate(of, margin):
    return Candidate(of, Span(of.start, of.start + 3), of.sentences[0], margin, 0.5, 0)


def test_a_much_better_answer_outweighs_a_slightly_better_score():
    near, answering = hit(FIRST, score=1.0), hit(SECOND, score=0.9)
    read = [candidate(near, -9.0), candidate(answering, 6.0), candidate(answering, -20.0)]
    assert order([near, answering], read) == (answering, near)


def test_hits_without_anything_to_answer_with_keep_their_order_behind_the_others():
    hits = [hit(FIRST, score=1.0), replace(hit(FIRST, score=1.0), start=1), hit(SECOND, score=1.0)]
    assert order(hits, [candidate(hits[2], -25.0)]) == (hits[2], hits[0], hits[1])
    assert order([], []) == ()
