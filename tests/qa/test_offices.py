"""Who is named with an office, of a body, holds that and no other."""

from __future__ import annotations

import pytest

from index.span import Span
from qa.fit import fit
from tests.qa.test_fit import of


@pytest.mark.parametrize(
    ("asked", "text", "wanted"),
    [
        ("Ai là Giám đốc Sở?", "Ông Phan Sơn, nguyên Giám đốc Sở, bị khởi tố.", -1),
        ("Ai là nguyên Giám đốc Sở?", "Ông Phan Sơn, nguyên Giám đốc Sở, bị khởi tố.", 1),
        ("Ai là Bộ trưởng?", "Trợ lý Bộ trưởng Phan Sơn dự.", -1),
        ("Ai là Bí thư Thành ủy?", "Tổng Bí thư Phan Sơn dự.", -1),
        ("Tổng Bí thư là ai?", "Tổng Bí thư Phan Sơn dự.", 1),
        ("Chủ tịch nước là ai?", "Chủ tịch UBND tỉnh Phan Sơn dự.", -1),
        ("Ai là Chủ tịch Hội Nông dân?", "Chủ tịch UBND tỉnh Phan Sơn dự.", -1),
    ],
)
def test_who_had_an_office_or_serves_who_has_it_does_not_hold_it(asked, text, wanted):
    assert of(asked, "Phan Sơn", text=text) == wanted


def test_a_person_may_hold_several_offices():
    text = "Dự có đồng chí Phạm Khoa – Tỉnh ủy viên, Bí thư Đảng bộ, Giám đốc Sở, chủ trì Hội nghị."
    name = Span(text.index("Phạm"), text.index(" –"))
    whole = Span(0, len(text))
    asked = ("Ai là Giám đốc Sở?", "Ai là Phó Giám đốc Sở?", "Ai là Bí thư Đảng bộ?")
    assert [fit(question, text, name, sentence=whole) for question in asked] == [1, -1, 1]


@pytest.mark.parametrize(
    ("asked", "wanted"), [("Phó Giám đốc Sở là ai?", -1), ("Phó Bí thư là ai?", 1), ("Ai phát biểu?", 0)]
)
def test_who_is_named_with_other_offices_in_a_sentence_without_the_one_asked_for_is_not_it(
    asked: str, wanted: int
) -> None:
    text = "Đồng chí Nguyễn Hữu Quát – Phó Bí thư Đảng bộ phát biểu."
    assert of(asked, "Nguyễn Hữu Quát", text=text) == wanted


def test_who_asks_for_several_may_be_told_by_a_span_that_names_their_office_once() -> None:
    text = "Bí thư chi bộ 5, 7 phát biểu: Biện Văn Minh – Chủ tịch Công đoàn, Lê Trình."
    assert of("Những bí thư chi bộ nào phát biểu?", "Bí thư chi bộ 5, 7", text=text) == 0
    assert of("Bí thư chi bộ là ai?", "Bí thư chi bộ 5, 7", text=text) == -1


def test_who_leads_the_school_of_another_province_does_not_lead_this_one():
    text = "Dự có ông Lưu Văn Hiền – Hiệu trưởng trường Chính trị tỉnh Ninh Bình."
    span, whole = Span(10, 22), Span(0, len(text))
    asked = (
        "Ai là hiệu trưởng trường Chính trị Tô Hiệu Hải Phòng?",
        "Ai là hiệu trưởng trường Chính trị Ninh Bình?",
    )
    assert [fit(question, text, span, sentence=whole) for question in asked] == [-1, 1]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [("Bí thư Chi bộ 3 là ai?", 1), ("Bí thư Đảng ủy Sở là ai?", -1), ("Bí thư Đoàn Thanh niên là ai?", -1)],
)
def test_the_secretary_of_a_cell_is_not_that_of_the_committee(question, wanted):
    text = "Đồng chí Biện Văn Minh – Bí thư Chi bộ 3 phát biểu."
    assert of(question, "Biện Văn Minh", text=text) == wanted


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Chủ tịch UBND tỉnh là ai?", -1),
        ("Chủ tịch Hội LHPN tỉnh là ai?", 1),
        ("Chủ tịch là ai?", 1),
    ],
)
def test_the_only_chairman_of_an_article_is_the_one_of_its_body(asked, wanted):
    text = (
        "Bà Lê Thu An đắc cử Chủ tịch Hội LHPN tỉnh. Tại phiên họp, bà Lê Thu An được bầu giữ chức Chủ tịch."
    )
    start = text.rindex("Lê Thu An")
    sentence = Span(text.index("Tại phiên"), len(text))
    assert fit(asked, text, Span(start, start + 9), sentence=sentence) == wanted


def test_a_school_may_be_called_by_the_end_of_its_name():
    text = "Dự có ông Tạ Văn Bình – Hiệu trưởng trường Chính trị Nguyễn Văn Cừ tỉnh Bắc Ninh."
    assert of("Ai là hiệu trưởng trường Nguyễn Văn Cừ?", "Tạ Văn Bình", text=text) == 1
    assert of("Ai là hiệu trưởng trường Trần Phú?", "Tạ Văn Bình", text=text) == -1


@pytest.mark.parametrize(
    ("words", "wanted"), [("Cụm phó", -1), ("Phó Giám đốc", -1), ("Tô Hiệu Hải Phòng", 0)]
)
def test_an_office_alone_names_nobody(words, wanted):
    assert of("Hiệu trưởng trường là ai?", words, text=f"Hiệu trưởng trường được bầu làm {words}.") == wanted
