"""What was typed becomes what is asked: keystrokes undone, follow-ups completed, quotations left as they are."""

from __future__ import annotations

import pytest

from index.errors import UsageError
from qa.question import understand
from qa.turn import Turn

BEFORE = Turn("Đảng bộ Sở GDĐT có bao nhiêu đảng viên?", ("72 đảng viên",), "so.txt")


def test_a_follow_up_is_completed_and_the_note_says_how_it_was_read():
    query = understand("Còn chi bộ thì sao?", before=BEFORE)
    assert query.text == "Đảng bộ Sở GDĐT có bao nhiêu chi bộ?"
    assert query.before is BEFORE
    (note,) = query.notes
    assert (note.kind, note.text) == ("follow_up", "Đã hiểu là: Đảng bộ Sở GDĐT có bao nhiêu chi bộ?")
    assert understand(note.alternative, before=BEFORE).text == "Còn chi bộ thì sao?"


def test_a_question_that_stands_alone_is_left_alone():
    query = understand("Trường Chính trị có bao nhiêu lớp học?", before=BEFORE)
    assert (query.text, query.notes, query.before) == ("Trường Chính trị có bao nhiêu lớp học?", (), None)


def test_the_first_question_has_nothing_before_it():
    assert understand("Ai chủ trì?").text == "Ai chủ trì?"


def test_what_is_wholly_in_quotation_marks_is_searched_as_it_is():
    assert understand("“Ai chủ trì?”").verbatim
    assert not understand('"Cầu Đá" hay "Cầu Bạc"').verbatim


def test_blanks_around_a_question_are_dropped():
    assert understand("  Ai chủ trì hội nghị?\n").question == "Ai chủ trì hội nghị?"


def test_an_english_question_has_no_vietnamese_shorthand_or_keys():
    for question in ("Which team won Da Bac vs Song May?", "If not, who is the dean of the school?"):
        assert understand(question).text == question


@pytest.mark.parametrize("question", ["", " \t\n", "dài " * 30_000])
def test_a_question_that_is_none_is_refused(question):
    with pytest.raises(UsageError):
        understand(question)
