"""What joins a follow-up is told from words that only look like it."""

from __future__ import annotations

import pytest

from qa.openings import WHAT_OF, around_then, folded_words


@pytest.mark.parametrize(
    "question",
    [
        "Kết quả kỳ thi thế nào?",
        "Lịch thi ra sao?",
        "Nghị định được thực thi ra sao?",
        "Đô thị ra sao?",
        "ket qua ky thi the nao",
        "lich thi ra sao",
        "nghi dinh duoc thuc thi ra sao",
    ],
)
def test_an_exam_joins_nothing(question):
    assert not WHAT_OF.match(folded_words(question))


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Hải Dương thì sao?", "hai duong"),
        ("Kỳ thi thì thế nào?", "ky THI"),
        ("hai duong thi ra sao", "hai duong"),
        ("diem thi sao", "diem"),  # nobody asks "sao" without "thì" before it
        ("ky thi thi sao", "ky THI"),
    ],
)
def test_what_is_asked_about_stands_before_what_joins(question, topic):
    assert WHAT_OF.match(folded_words(question))["topic"] == topic


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("lịch thi môn Toán là ngày nào", ("lịch thi môn Toán là ngày nào", "")),
        ("phong trao thi dua la gi", ("phong trao thi dua la gi", "")),
        ("chi thi 05 thi ngay nao", ("chi thi 05", "ngay nao")),
    ],
)
def test_a_text_is_parted_only_where_it_is_joined(text, parts):
    assert around_then(text) == parts
