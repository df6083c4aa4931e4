"""Who asks what an abbreviation stands for gets the words that an article has for it."""

from __future__ import annotations

import pytest

from index.article import Article
from index.hit import Hit
from index.span import Span
from qa.meanings import abbreviation_asked, meaning_in, with_meaning
from qa.question import understand

TEXT = (
    "Chi cục Chăn nuôi và Thú y (CNTY) phối hợp BQL (Ban quản lý) chợ. Đảng ủy Trường Cao đẳng Thủy lợi dự."
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("CNTY là viết tắt của từ gì?", "CNTY"),
        ("cnty la viet tat cua gi", "CNTY"),
        ("Chữ BQL trong bài về chợ viết đầy đủ là gì?", "BQL"),
        ("Cho hỏi tên đầy đủ của CNTY?", "CNTY"),
        ("CNTY nghĩa là gì", "CNTY"),
        ("CNTY là gì?", "CNTY"),
        ("What does CNTY stand for?", "CNTY"),
        ("CNTY có nhiệm vụ gì?", None),
        ("Giám đốc BQL là ai?", None),
        ("Bài viết tắt đèn nói gì?", None),
        ("UBND tỉnh nêu mục tiêu là gì?", None),
        ("Chăn nuôi là gì?", None),
    ],
)
def test_what_is_asked(question, short):
    assert abbreviation_asked(question) == short


@pytest.mark.parametrize(
    ("short", "words"),
    [("CNTY", "Chăn nuôi và Thú y"), ("BQL", "Ban quản lý"), ("CĐTL", "Cao đẳng Thủy lợi"), ("UBKT", None)],
)
def test_words_of_an_article(short, words):
    found = meaning_in(TEXT, short)
    assert (found and found.of(TEXT)) == words


def test_a_span_of_another_sentence_does_not_fit():
    last = Span(TEXT.index("Đảng ủy"), len(TEXT))
    assert with_meaning(TEXT, last, inside=last, question="CNTY là viết tắt của gì?") == (last, -1)


def test_no_words_no_answer():
    whole = Span(0, len(TEXT))
    assert with_meaning(TEXT, whole, inside=whole, question="XYZT là viết tắt của gì?") == (whole, -1)
    assert with_meaning(TEXT, whole, inside=whole, question="XYZT là gì?") == (whole, 0)


def test_the_reader_is_asked_for_it_plainly_unless_the_question_was_quoted():
    hit = Hit(Article.from_text(TEXT, id="a.txt"), 0, len(TEXT), (Span(0, len(TEXT)),), 0.5, 1, 1, 0.8)
    asked = "Cho hỏi tên đầy đủ của CNTY?"
    assert understand(asked).worded_for([hit]) == ("CNTY là viết tắt của từ gì?",)
    assert understand(f'"{asked}"').worded_for([hit]) == (asked,)
