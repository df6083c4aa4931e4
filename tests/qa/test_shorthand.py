"""What people shorten is written out where it means one thing."""

from __future__ import annotations

import pytest

from qa.shorthand import written_out


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("trường nào đc khen", "trường nào được khen"),
        ("truong nao dc khen", "truong nao duoc khen"),
        ("truong nao đc khen", "truong nao duoc khen"),
        ("họp ở đâu vậy ko biết", "họp ở đâu vậy không biết"),
    ],
)
def test_shortened_words_are_written_out(typed, whole):
    assert written_out(typed) == whole


@pytest.mark.parametrize(
    "question",
    [
        "các đc dự họp là ai",
        "phân công đc Ánh làm gì",
        "cho hỏi đc trường ở đâu",
        "thủ tục đk kết hôn ở đâu",
        "dc nao chu tri",
    ],
)
def test_what_may_be_another_word_stays(question):
    assert written_out(question) == question
