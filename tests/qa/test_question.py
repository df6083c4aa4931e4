"""A follow-up is read with the question before it; a question that stands alone is left alone."""

from __future__ import annotations

import pytest

from index.errors import UsageError
from qa.question import understand

BEFORE = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"


@pytest.mark.parametrize(
    "question",
    [
        "Còn đảng viên dự bị thì sao?",
        "con dang vien du bi thi sao",
        "Ai chủ trì?",
        "Đơn vị đó ở tỉnh nào?",
        "don vi do o dau",
    ],
)
def test_a_follow_up_is_read_with_the_question_before(question):
    query = understand(question, history=["Ai viết bài này?", BEFORE])
    assert query.text == f"{BEFORE} {question}"
    assert [note.kind for note in query.notes] == ["follow_up"]


@pytest.mark.parametrize(
    "question",
    [
        "Trường Chính trị có bao nhiêu lớp học?",
        "Hội nghị do đơn vị nào tổ chức?",
        "hoi nghi do don vi nao to chuc",  # 'do' here is "by", not "that"
        "Ngày nào diễn ra tọa đàm khoa học?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question):
    query = understand(question, history=[BEFORE])
    assert (query.text, query.notes) == (question, ())


def test_the_first_question_has_nothing_before_it():
    assert understand("Ai chủ trì?").text == "Ai chủ trì?"


def test_blanks_around_a_question_are_dropped():
    assert understand("  Ai chủ trì hội nghị?\n").question == "Ai chủ trì hội nghị?"


@pytest.mark.parametrize("question", ["", " \t\n", "dài " * 30_000])
def test_a_question_that_is_none_is_refused(question):
    with pytest.raises(UsageError):
        understand(question)
