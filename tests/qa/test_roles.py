"""Who does one thing at a meeting is not who does another; words that only name the meeting tell nothing."""

from __future__ import annotations

import pytest

from qa.roles import is_of_another_role


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Ai hát tại lễ khai mạc SEA Games?", "Ca sĩ Tùng Dương trình bày ca khúc."),
        ("ai hat tai le khai mac sea games", "Ca sĩ Tùng Dương trình bày ca khúc."),
        ("Ai đạt giải nhất hội thi báo cáo viên giỏi?", "Chị Lê An phát biểu."),
        ("Ai chủ trì hội nghị?", "Báo cáo viên là chị Lê An, Giám đốc Sở."),
        ("ai chu tri hoi nghi", "Chi Le An, giam doc So, ban doc cua bao."),
        ("Ai phát biểu tại lễ bế mạc?", "Ông Lê An phát biểu."),
        ("Ai đọc diễn văn?", "Ông Lê An trình bày diễn văn."),
        ("Ai khai mạc?", "Tại lễ khai mạc, ông Lê An phát biểu."),
    ],
)
def test_what_only_names_a_meeting_or_a_person_is_no_role(question: str, sentence: str) -> None:
    assert not is_of_another_role(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Ai chủ trì hội nghị?", "Chị Lê An đọc diễn văn."),
        ("ai chu tri hoi nghi", "Chi Le An doc dien van."),
        ("Giám đốc nào chủ trì?", "Chị Lê An trình bày báo cáo."),
        ("Ai phát biểu khai mạc?", "Ông Lê An phát biểu."),
    ],
)
def test_who_does_something_else_is_not_who_is_asked_for(question: str, sentence: str) -> None:
    assert is_of_another_role(question, sentence)
