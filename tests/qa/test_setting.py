"""A passage is read with the body that the question names where only the rest of its article names it."""

from __future__ import annotations

import pytest

from index.article import Article
from index.hit import Hit
from index.passage import sentences_of
from qa.setting import setting

TEXT = "Hội nghị sơ kết\n\nTrường Đại học Công nghệ họp sơ kết.\n\nBí thư Đảng ủy Phan Sơn phát biểu tại Hải Phòng."
ARTICLE = Article.from_text(TEXT, id="a.txt")


def hit_of(words):
    """The sentence with these words, as a passage of its own."""
    sentence = next(s for s in sentences_of(ARTICLE) if words in s.of(ARTICLE.text))
    return Hit(ARTICLE, sentence.start, sentence.end, (sentence,), 1.0, None, None, 0.0)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Bí thư Đảng ủy Trường Đại học Công nghệ là ai?", "Trường Đại học Công nghệ"),
        ("bí thư trường đại học công nghệ là ai", "trường đại học công nghệ"),
        ("Bí thư Trường Đại học Xây dựng là ai?", ""),
        ("Bí thư trường là ai?", ""),
        ("Ai phát biểu?", ""),
        ("", ""),
    ],
)
def test_the_longest_name_that_only_the_rest_of_the_article_has(question, wanted):
    assert setting(question, hit_of("Phan Sơn")) == wanted


def test_nothing_where_the_passage_says_it_itself():
    assert setting("Bí thư Trường Đại học Công nghệ là ai?", hit_of("họp sơ kết")) == ""
