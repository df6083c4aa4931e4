"""A number is given with what was asked to be counted, and with nothing else."""

from __future__ import annotations

import pytest

from index.span import Span
from qa.counted import with_counted

TEXT = "Đảng bộ có 72 đảng viên chính thức, 07 chi bộ; cầu dài 240 mét (năm 2022), 02 đảng viên dự bị."


@pytest.mark.parametrize(
    ("question", "part", "wanted"),
    [
        ("Có bao nhiêu đảng viên?", "72", "72 đảng viên"),
        ("co bao nhieu dang vien chinh thuc", "72", "72 đảng viên chính thức"),
        ("Có mấy chi bộ trực thuộc?", "07", "07 chi bộ"),
        ("How many đảng viên?", "có 72", "72 đảng viên"),
        ("Có bao nhiêu đảng viên?", "72 đảng viên chính thức, 07 chi bộ", "72 đảng viên"),
        ("Có bao nhiêu chi bộ?", "72 đảng viên chính thức, 07 chi bộ", "07 chi bộ"),
        ("Có bao nhiêu đảng viêm?", "72", "72 đảng viên"),
        ("Có bao nhiêu đảng viên dự bị?", "02 đảng", "02 đảng viên dự bị"),
        ("Có bao nhiêu người?", "72", "72 đảng viên"),
        ("Có bao nhiêu người?", "07", "07 chi bộ"),
        ("How many party members are there?", "72", "72 đảng viên"),
        ("How many full (official) đảng viên are there?", "72", "72 đảng viên"),
        ("How many bridges are there?", "72", "72 đảng viên"),
        ("Có bao nhiêu chính thức?", "72", "72 đảng viên"),
        ("Năm nào?", "2022", "2022"),
        ("Nhà máy ở đâu?", "72", "72"),
        ("Cầu dài bao nhiêu mét năm 2022?", "240", "240 mét"),
        ("Có bao nhiêu đảng viên?", "72 đảng", "72 đảng viên"),
        ("Số đảng viên chính thức của Sở là bao nhiêu?", "72", "72 đảng viên chính thức"),
        ("Đảng viên dự bị: mấy người?", "02 đ", "02 đảng viên dự bị"),
    ],
)
def test_what_is_counted_follows_its_number(question, part, wanted):
    start = TEXT.index(part)
    span = Span(start, start + len(part))
    assert with_counted(TEXT, span, inside=Span(0, len(TEXT)), question=question).of(TEXT) == wanted


def test_what_is_counted_ends_before_a_verb_or_preposition():
    text = "Tuyển 9.870 học sinh vào 32 trường trong 5 năm."

    def counted(part, question):
        start = text.index(part)
        span = Span(start, start + len(part))
        return with_counted(text, span, inside=Span(0, len(text)), question=question).of(text)

    assert counted("9.870", "Bao nhiêu học sinh vào lớp 10?") == "9.870 học sinh"
    assert counted("5", "Trong bao nhiêu năm?") == "5 năm"


@pytest.mark.parametrize("part", ["07", "từ 03 đến 07", "03"])
def test_a_range_is_told_whole(part):
    text = "Tổ quản lý gồm từ 03 đến 07 thành viên do thôn bầu ra."
    start = text.index(part)
    span = with_counted(
        text, Span(start, start + len(part)), inside=Span(0, len(text)), question="Tổ gồm mấy thành viên?"
    )
    assert span.of(text) == "từ 03 đến 07 thành viên"


@pytest.mark.parametrize("said", ["18/20 phiếu", "18 trên 20 phiếu", "18 trên tổng số 20 phiếu"])
def test_a_part_is_told_with_its_whole(said):
    text = f"Trúng cử với {said} tán thành."
    last = text.index("20")
    span = with_counted(
        text, Span(last, last + 2), inside=Span(0, len(text)), question="Trúng cử với bao nhiêu phiếu?"
    )
    assert span.of(text) == said


def test_a_digit_of_a_unit_counts_nothing():
    text = "Mỗi con ăn 6 m2 san hô."
    assert with_counted(
        text, Span(11, 15), inside=Span(0, len(text)), question="Ăn hết bao nhiêu san hô?"
    ) == Span(11, 15)


def test_papers_are_no_verb():
    text = "Ban tổ chức nhận được 13 bài tham luận của các trường."
    question = "Có bao nhiêu bài tham luận gửi về?"
    assert with_counted(text, Span(22, 24), inside=Span(0, len(text)), question=question) == Span(22, 38)


def test_of_several_numbers_none_is_chosen():
    text = "70 đảng viên chính thức, 02 đảng viên dự bị."
    whole = Span(0, len(text) - 1)
    assert with_counted(text, whole, inside=Span(0, len(text)), question="Bao nhiêu đảng viên?") == whole


def test_nothing_is_taken_from_the_next_sentence():
    text = "Có 72. Đảng viên dự họp."
    span = with_counted(text, Span(3, 5), inside=Span(0, 6), question="Bao nhiêu đảng viên?")
    assert span.of(text) == "72"
