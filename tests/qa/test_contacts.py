"""Who asks for a telephone number or an e-mail address gets one, or nothing."""

from __future__ import annotations

import pytest

from index.span import Span
from qa.contacts import with_contact

TEXT = (
    "Liên hệ cô Mai (024) 3555 0123, thầy Hà 0913.555.012 trước ngày 08.07.2022; tổng đài 1900 5555; "
    "cấp cứu gọi 115; thư gửi tuyensinh@caodang-hoabinh.edu.vn."
)
WHOLE = Span(0, len(TEXT))


@pytest.mark.parametrize(
    ("question", "near", "contact"),
    [
        ("Số điện thoại của cô Mai?", "cô Mai", "(024) 3555 0123"),
        ("cho em xin sdt thay Ha", "thầy Hà", "0913.555.012"),
        ("Muốn hỏi thì gọi số nào?", "tổng đài", "1900 5555"),
        ("Cấp cứu thì bấm số mấy?", "cấp cứu", "115"),
        ("Đường dây nóng của trường là số nào?", "tổng đài", "1900 5555"),
        ("Email tuyển sinh là gì?", "thư gửi", "tuyensinh@caodang-hoabinh.edu.vn"),
        ("Nộp hồ sơ qua email nào?", "thư gửi", "tuyensinh@caodang-hoabinh.edu.vn"),
    ],
)
def test_contact_beside_what_was_taken(question, near, contact):
    start = TEXT.index(near)
    span, fit = with_contact(TEXT, Span(start, start + len(near)), inside=WHOLE, question=question)
    assert (span.of(TEXT), fit) == (contact, 1)


@pytest.mark.parametrize(
    "question",
    [
        "Ai trực số điện thoại này?",
        "Nghe điện thoại lạ thì nên làm gì?",
        "Số máy bay của hãng là bao nhiêu?",
        "Trường mua điện thoại để làm gì?",
        "Nộp hồ sơ qua email được không?",
        "Số điện thoại có tác dụng gì trong hồ sơ?",
        "Hội nghị họp ngày nào?",
    ],
)
def test_other_questions(question):
    assert with_contact(TEXT, Span(8, 14), inside=WHOLE, question=question) == (Span(8, 14), 0)


def test_a_sentence_without_one_does_not_fit():
    assert with_contact(
        "Gặp cô Mai ngày 08.07.2022.", Span(4, 10), inside=Span(0, 27), question="Số điện thoại cô Mai?"
    ) == (
        Span(4, 10),
        -1,
    )
