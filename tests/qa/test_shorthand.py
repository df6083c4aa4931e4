"""What people shorten is written out where it means one thing."""

from __future__ import annotations

import pytest

from qa.shorthand import written_out


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("trường nào đc khen", "trường nào được khen"),
        ("truong nao dc khen", "truong nao duoc khen"),
        ("truong nao đc khen", "truong nao duoc khen"),
        ("họp ở đâu vậy ko biết", "họp ở đâu vậy không biết"),
        ("Đ/c công ty Sông Mây ở đâu", "Địa chỉ công ty Sông Mây ở đâu"),
        ("cho xin sđt và đ/c phòng khám xã?", "cho xin sđt và địa chỉ phòng khám xã?"),
        ("d/c ubnd xa o cho nao", "dia chi ubnd xa o cho nao"),
        ("Đ/c BHXH huyện ở đâu", "Địa chỉ BHXH huyện ở đâu"),
        ("đ/c liên hệ của Sở", "địa chỉ liên hệ của Sở"),
        ("Đ/c Trường Tiểu học Đá Bạc là gì", "Địa chỉ Trường Tiểu học Đá Bạc là gì"),
        ("Đ/c Trường ở đâu", "Đồng chí Trường ở đâu"),
        ("Đ/c Đoàn Thị Bé ở đâu", "Đồng chí Đoàn Thị Bé ở đâu"),
        ("đ/c PCT xã ở đâu", "đồng chí PCT xã ở đâu"),
        ("đ/c công an nào đến", "đồng chí công an nào đến"),
        ("các đ/c phòng Nội vụ ở đâu", "các đồng chí phòng Nội vụ ở đâu"),
        ("đ/c Sở Tài chính nói gì", "đồng chí Sở Tài chính nói gì"),
        ("đ/c phòng Tổ chức họp ở đâu", "đồng chí phòng Tổ chức họp ở đâu"),
    ],
)
def test_shortened_words_are_written_out(typed, whole):
    assert written_out(typed) == whole


@pytest.mark.parametrize(
    "question",
    [
        "các đc dự họp là ai",
        "phân công đc Ánh làm gì",
        "cho hỏi đc trường ở đâu",
        "thủ tục đk kết hôn ở đâu",
        "dc nao chu tri",
    ],
)
def test_what_may_be_another_word_stays(question):
    assert written_out(question) == question
