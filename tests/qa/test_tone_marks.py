"""A question without tone marks gets those of the passages; what is no Vietnamese is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import build_index
from index.search import Index
from index.terms import fold
from qa.finding import find
from qa.question import understand
from qa.tone_marks import common_pairs, restore_tone_marks

TEXTS = [
    "Đảng bộ Sở GDĐT có 72 đảng viên. Đồng chí Lê Anh Vinh chủ trì hội nghị tại Paris.",
    "Trường Quỳnh Mai quý mến học sinh; thư viện mở cửa ngày 4/3/2021.",
]


def restored(question, texts=TEXTS):
    return restore_tone_marks(question, texts, frequency=lambda terms: [0] * len(terms))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dong chi le anh vinh chu tri hoi nghi nao", "đồng chí Lê Anh Vinh chủ trì hội nghị nào"),
        ("so gddt co may dang vien?", "Sở GDĐT có mấy đảng viên?"),
        ("Thu vien mo cua ngay nao?", "Thư viện mở cửa ngày nào?"),
        ("THU VIEN MO CUA KHI NAO", "THƯ VIỆN MỞ CỬA KHI NÀO"),
        ("hoi nghi o dau", "hội nghị ở đâu"),
        ("truong quy men ai?", "trường quý mến ai?"),
        ("hoi nghi dien ra nhu the nao, tai sao", "hội nghị diễn ra như thế nào, tại sao"),
    ],
)
def test_the_marks_are_those_of_the_passages_and_of_common_words(typed, wanted):
    assert restored(typed) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Who chaired the conference of the school?",
        "How many members are there?",
        "",
        "2022?",
        "???",
    ],
)
def test_another_language_is_left_alone(question):
    assert restored(question) == question


def test_a_word_gets_no_capital_of_a_name_that_it_is_no_part_of():
    texts = ["Huyện Đông Mỹ có Chi cục Thủy lợi.", "Ở Đông Mỹ mưa to nên Chi cục hỗ trợ."]
    assert restored("huyen dong my chi ho tro gi", texts) == "huyện Đông Mỹ chi hỗ trợ gì"


def test_marks_that_were_typed_are_never_changed():
    assert restored("đạng bo so gddt") == "đạng bộ Sở GDĐT"


def test_a_syllable_that_nobody_says_is_left_as_it_was_typed():
    assert restored("thu vien mo cua ngoam") == "thư viện mở cửa ngoam"


def test_the_whole_index_decides_where_passages_and_common_words_do_not():
    held = {"ngoặm": 3}
    question = restore_tone_marks(
        "thu vien ngoam", TEXTS, frequency=lambda terms: [held.get(term, 0) for term in terms]
    )
    assert question == "thư viện ngoặm"


def test_capitals_are_those_of_the_words_beside():
    texts = ["Nội dung họp tại Hà Nội.", "Nội quy, nội vụ, phòng họp", "Họp ở Hải Phòng."]
    read = restore_tone_marks("hop o ha noi va hai phong", texts, frequency=lambda terms: [0] * len(terms))
    assert read.endswith("Hà Nội và Hải Phòng")


def test_what_nobody_says_is_not_remembered():
    kept = len(common_pairs().forms)
    restore_tone_marks("thu vien ngoam ngoeo", [], frequency=lambda terms: [0] * len(terms))
    assert len(common_pairs().forms) == kept


@given(st.text(alphabet="abdehinoquyVTG .,?1", max_size=30))
def test_only_marks_and_case_are_added(question):
    assert fold(restored(question)) == fold(question)


def test_a_query_without_marks_is_searched_with_them_and_says_so(tmp_path, folder, encoder):
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    index = Index.open(tmp_path / "state", load=lambda _: encoder)
    query, hits = find(understand("thu vien huyen song may co bao nhieu dau sach"), index, k=1)
    assert query.text == "Thư viện huyện Sông Mây có bao nhiêu đầu sách"
    assert query.question == "thu vien huyen song may co bao nhieu dau sach"
    assert [(note.kind, note.text) for note in query.notes] == [("did_you_mean", f"Đã hiểu là: {query.text}")]
    assert [hit.article.id for hit in hits] == ["thu-vien.txt"]
    marked, _ = find(understand("Thư viện có bao nhiêu đầu sách?"), index, k=1)
    assert marked.notes == ()


def test_keystrokes_and_missing_marks_are_one_note(tmp_path, folder, encoder):
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    index = Index.open(tmp_path / "state", load=lambda _: encoder)
    query, _ = find(understand("thuw vieenj co bao nhieu dau sach?"), index, k=1)
    assert query.text == "thư viện có bao nhiêu đầu sách?"
    assert [note.text for note in query.notes] == [f"Đã hiểu là: {query.text}"]
