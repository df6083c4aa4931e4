"""Marks that were left off amid others come back; what may be meant without them stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import build_index
from index.search import Index
from index.terms import fold, has_tone_marks
from qa.finding import find
from qa.partly_marked import complete_tone_marks
from qa.question import understand

TEXTS = [
    "Trường Cao đẳng Nông nghiệp có 72 đảng viên. Hội thảo kỹ thuật nuôi tôm do ông Lê Hoàn chủ trì tại Hà Phú.",
    "Nhà máy nước đạt kết quả tốt, cung cấp nước sạch. Tập huấn phòng cháy cho công nhân.",
]
SAID = {word for text in TEXTS for word in text.lower().replace(".", " ").replace(",", " ").split()} | {
    "anh",
    "top",
}


def completed(question, *, typed=None):
    return complete_tone_marks(
        question,
        lambda _: TEXTS,
        typed=question if typed is None else typed,
        frequency=lambda terms: [int(term in SAID) for term in terms],
    )


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Trường Cao đẳng nông nghiep có mấy đảng vien?", "Trường Cao đẳng nông nghiệp có mấy đảng viên?"),
        ("Nhà máy nươc đạt kêt quả gì?", "Nhà máy nước đạt kết quả gì?"),
        ("hội thảo ky thuật nuôi tôm", "hội thảo kỹ thuật nuôi tôm"),
        ("Tap huấn phòng chay cho ai?", "Tập huấn phòng cháy cho ai?"),
        ("Chợ ở Hà Phu do ai mở?", "Chợ ở Hà Phu do ai mở?"),  # a name may be what it is
    ],
)
def test_the_marks_are_those_beside_the_neighbours(typed, wanted):
    assert completed(typed) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Ông Lê Hoan chủ trì hội thảo nào?",
        "Anh Nam cho ban tin hay sau hai ngày?",
        "Trong nhà máy có mấy công nhân?",
        "Quán top đầu ở đâu?",  # as the articles have it
        "Khách ăn ốc ở quán blog hay chat?",
        "dang vien",  # in a question without any marks others decide
        "",
    ],
)
def test_other_words_stay(question):
    assert completed(question) == question


def test_a_word_that_was_no_slip_is_rather_meant_as_it_was_typed():
    assert completed("Cung cấp nươc sach", typed="Cung cấp nươc sacj") == "Cung cấp nước sạch"
    assert completed("Hội thảo nuôi tom", typed="Hội thảo nuôi tomm") == "Hội thảo nuôi tôm"


@given(st.text(alphabet="aơêáhiopcntđ .,?1", max_size=30))
def test_marks_that_were_typed_stay(question):
    read = completed(question)
    assert fold(read) == fold(question)
    whole = [
        (word, other) for word, other in zip(question.split(), read.split(), strict=True) if word != other
    ]
    assert all(has_tone_marks(other) for _, other in whole)


def test_a_question_with_few_marks_is_read_as_one_without(tmp_path, folder, encoder):
    build_index([folder], index=tmp_path / "state", load=lambda _: encoder)
    index = Index.open(tmp_path / "state", load=lambda _: encoder)
    for typed, wanted in [
        ("thư vien huyen song may co bao nhieu dau sach", "thư viện huyện Sông Mây có bao nhiêu đầu sách"),
        ("Thư viện huyện Sông Mây có bao nhieu đầu sach", "Thư viện huyện Sông Mây có bao nhiêu đầu sách"),
        ("giam doc UBNDTP la ai, ĐV", "Giám đốc UBNDTP là ai, ĐV"),
    ]:
        assert find(understand(typed), index, k=1)[0].text == wanted
