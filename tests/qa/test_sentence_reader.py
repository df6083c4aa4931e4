"""The sentence that answers comes first; one that only repeats the question answers nothing."""

from __future__ import annotations

import pytest

from index.article import Article
from index.search import Hit
from index.sentences import split_sentences
from qa.question import understand
from qa.sentence_reader import read_sentences

ARTICLE = Article.from_text(
    "Khánh thành cầu Đá Bạc\n\nSáng 19/11/2022, xã khánh thành cầu Đá Bạc dài 240 mét. Cầu do ông Lộc thiết kế.",
    id="cau.txt",
)


@pytest.fixture
def read(encoder):
    def sentences(question, **options):
        spans = split_sentences(ARTICLE.text)
        hit = Hit(ARTICLE, 0, len(ARTICLE.text), spans, 1.0, 1, 1, 0.9)
        return read_sentences(understand(question), [hit, hit], encoder=encoder, **options)

    return sentences


def test_every_sentence_comes_once_with_its_place(read):
    found = read("Ai thiết kế cầu?")
    assert sorted(sentence.text for sentence in found) == sorted(
        span.of(ARTICLE.text) for span in split_sentences(ARTICLE.text)
    )
    assert found[0].text == "Cầu do ông Lộc thiết kế."


def test_a_sentence_that_only_repeats_the_question_comes_last(read):
    assert read("Khánh thành cầu Đá Bạc khi nào?")[0].text.startswith("Sáng 19/11/2022")
    assert read("khanh thanh cau da bac khi nao")[0].text.startswith("Sáng 19/11/2022")


def test_a_yes_or_no_question_is_settled_by_the_sentence_that_repeats_it(read):
    assert read("Cầu do ông Lộc thiết kế phải không?")[0].text == "Cầu do ông Lộc thiết kế."


def test_coverage_is_the_share_of_what_is_asked_weighted_by_rarity(read):
    def rarity(terms):
        import numpy as np

        return np.array([3.0 if term == "~loc" else 1.0 for term in terms])

    # asked about are "ông Lộc" and "múa": 1 + 3 of 5 are said
    (answer, *_) = read("Ông Lộc múa gì?", rarity=rarity)
    assert answer.text == "Cầu do ông Lộc thiết kế."
    assert answer.coverage == pytest.approx(4 / 5)


def test_nothing_found_is_nothing_read(encoder):
    assert read_sentences(understand("Ai?"), [], encoder=encoder) == ()
