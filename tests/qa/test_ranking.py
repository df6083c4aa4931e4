"""Candidates are ranked by the weighted sum of what is known of each by itself."""

from __future__ import annotations

import math

import pytest

from index.article import Article
from index.hit import Hit
from index.span import Span
from qa.coverage import Coverage
from qa.question import understand
from qa.ranking import EVIDENCE, evidence, rank
from qa.reader import Candidate

BRIDGE = Article("a.txt", "Cầu Đá Bạc", "Cầu dài 240 mét, khánh thành năm 2022. Ông Phan Lộc thiết kế.")
FIRST, SECOND = Span(0, 38), Span(39, 61)


def candidate(text, *, sentence=FIRST, margin=2.0, score=0.5, fit=0):
    start = BRIDGE.text.index(text)
    hit = Hit(BRIDGE, 0, len(BRIDGE.text), (FIRST, SECOND), score, 1, 1, 0.8)
    return Candidate(hit, Span(start, start + len(text)), sentence, margin, 0.6, fit)


def told(question, one):
    query = understand(question)
    return dict(zip(EVIDENCE, evidence(one, query=query, coverage=Coverage(query.text)), strict=True))


def test_the_evidence_of_a_candidate():
    known = told("Cầu Đá Bạc dài mấy mét năm 2023?", candidate("240 mét", fit=1))
    assert (known["margin"], known["probability"], known["score"], known["cosine"]) == (2.0, 0.6, 0.5, 0.8)
    assert known["coverage"] == pytest.approx(4 / 7)  # cầu, dài, mét, năm of those and đá, bạc, 2023
    assert known["context_coverage"] == pytest.approx(6 / 7)
    assert (known["missing_numbers"], known["missing_names"]) == (1, 0)
    assert (known["fit"], known["misfit"]) == (1, 0)
    assert known["words"] == pytest.approx(math.log(3))


def test_a_question_for_a_person_gets_one_or_nobody():
    person, thing = candidate("Phan Lộc", sentence=SECOND), candidate("240 mét")
    assert (told("Ai thiết kế?", person)["person"], told("Ai thiết kế?", person)["nobody"]) == (1, 0)
    assert (told("Ai thiết kế?", thing)["person"], told("Ai thiết kế?", thing)["nobody"]) == (0, 1)
    assert (told("Dài mấy mét?", thing)["person"], told("Dài mấy mét?", thing)["nobody"]) == (0, 0)


def test_the_weighted_sum_decides_and_equal_ones_stand_by_place():
    query = understand("Cầu dài mấy mét?")
    low, high = candidate("240 mét", margin=2.0, score=1.0), candidate("Cầu", margin=3.0)

    def ranked(**weights):
        given = tuple(weights.get(name, 0.0) for name in EVIDENCE)
        found = rank([low, high], query=query, coverage=Coverage(query.text), weights=given)
        return [(one.candidate, one.strength) for one in found]

    assert ranked(margin=1.0) == [(high, 3.0), (low, 2.0)]
    assert ranked(margin=1.0, score=4.0) == [(low, 6.0), (high, 5.0)]
    assert ranked() == [(high, 0.0), (low, 0.0)]


def test_what_settles_a_question_of_yes_or_no_is_the_sentence_that_says_its_words():
    query = understand("Cầu khánh thành năm 2022 phải không?")
    said, other = candidate("240 mét", margin=0.0), candidate("Phan Lộc", sentence=SECOND, margin=5.0)
    weights = tuple(float(name == "margin") for name in EVIDENCE)
    best, _ = rank([other, said], query=query, coverage=Coverage(query.text), weights=weights)
    assert best.candidate == said
