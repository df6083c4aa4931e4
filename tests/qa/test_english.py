"""English questions are told from Vietnamese ones, and their common words have Vietnamese beside them."""

from __future__ import annotations

import pytest

from qa.english import english_words, is_english, vietnamese_for


@pytest.mark.parametrize(
    "question",
    [
        "Who chaired the conference?",
        "How many party members does Sở GDĐT have?",
        "Where did Trường Đại học Công nghệ hold its conference?",
        "When was it held?",
        "How do I pay?",
        "Who is the rector of Truong Chinh tri To Hieu in Hai Duong?",
        "who is the head of sở nội vụ",
        "Can you list the winners of the race?",
        "WHERE IS THE MARKET",
    ],
)
def test_english(question):
    assert is_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì hội nghị?",
        "ai chu tri hoi nghi",
        "Website của trường là gì?",
        "Who là tổ chức gì?",
        "",
        "GDĐT ở đâu?",
        "tap san viet do ai",
        "list cac don vi duoc hop tac",
        "can ho nao dep, do ai xay",
        "hooij nghij do ai chur trif",
        "Bài hát What is love của ai sáng tác?",
        "Bao giờ thì IS và WHO họp?",
    ],
)
def test_not_english(question):
    assert not is_english(question)


def test_the_longest_phrase_is_taken():
    assert vietnamese_for("Deputy Director of the Department of Education and Training") == (
        ("Deputy Director", "phó giám đốc"),
        ("Department of Education and Training", "sở giáo dục và đào tạo"),
    )


def test_every_entry_is_english_and_vietnamese_in_lower_case():
    for english, vietnamese in english_words().items():
        assert english == english.lower().strip()
        assert vietnamese == vietnamese.lower().strip() != ""
