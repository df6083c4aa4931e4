"""Of an English question the names get their marks, and no other word is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import build_index
from index.search import Index
from index.terms import fold
from qa.finding import find
from qa.names_in_english import restore_names
from qa.question import understand

TEXTS = [
    "Ông Lê Thế Hiền ở xã Hưng Phú cho biết giá nước mới có thể tăng, đợi ba tháng. Chợ Hưng Phú đông.",
    "Trường Chính trị Tô Lịch và Sở Nội vụ họp ở Long Ấn; bà Dũng Tần và ông Tấn dự. Ông Tấn nói tần số thấp.",
    "TIN TỪ BÃI RÁC ĐÔNG HẢI. Bãi rác đầy.",
]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("When do the new prices in Hung Phu start?", "When do the new prices in Hưng Phú start?"),
        ("who is le the hien of hung phu", "who is Lê Thế Hiền of Hưng Phú"),
        ("Who heads the Truong Chinh tri To Lich?", "Who heads the Trường Chính trị Tô Lịch?"),
        ("Where did So Noi vu meet, in Long An?", "Where did Sở Nội vụ meet, in Long Ấn?"),
        ("What did Mr. Tan say?", "What did Mr. Tấn say?"),
        ("WHO LIVES IN HUNG PHU", "WHO LIVES IN HƯNG PHÚ"),
        ("How full is Dong Hai?", "How full is Đông Hải?"),
    ],
)
def test_names_are_written_as_the_texts_write_them(typed, wanted):
    assert restore_names(typed, TEXTS) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "When do the ten men in the long bus pay?",
        "Can the man see the son?",
        "Tan is the colour of what?",  # a capital only because it is the first word
        "What is Conclusion No. 21 about?",
        "Who runs bai rac?",  # in lower case in the texts as well, but for a heading
        "How many people live in Thanh Lam?",  # in no text
        "Who is Hưng Phú?",
        "",
    ],
)
def test_other_words_stay(question):
    assert restore_names(question, TEXTS) == question


@given(st.text(alphabet="aehinoptuHP T.,?", max_size=30))
def test_only_marks_and_case_are_added(question):
    assert fold(restore_names(question, TEXTS)) == fold(question)


def test_an_english_question_is_asked_as_it_is_but_for_its_names(tmp_path, folder, encoder):
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    index = Index.open(tmp_path / "state", load=lambda _: encoder)
    for typed, wanted in [
        ("Who won the race in Song May?", "Who won the race in Sông Mây?"),
        ("How long is the Da Bac bridge vs others", "How long is the Đá Bạc bridge vs others"),
        ("When did the tin trader open?", "When did the tin trader open?"),
    ]:
        assert find(understand(typed), index, k=1)[0].text == wanted
