"""Numbers in words are the numbers that they say, whoever spells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import numerals
from index.terms import terms

UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BEHIND_TENS = ("", "mốt", "hai", "ba", "tư", "lăm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    """A number from 1 to 999,999,999,999 as it is read aloud."""
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        if number >= scale:
            rest = number % scale
            between = " " if rest >= 100 else " không trăm " if rest >= 10 else " không trăm linh "
            return f"{in_words(number // scale)} {name}" + (f"{between}{in_words(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        between = " linh " if 0 < rest < 10 else " "
        return f"{UNITS[number // 100]} trăm" + (f"{between}{in_words(rest)}" if rest else "")
    if number >= 20:
        return f"{UNITS[number // 10]} mươi {BEHIND_TENS[number % 10]}".strip()
    if number >= 10:
        return f"mười {'lăm' if number == 15 else UNITS[number % 10]}".strip()
    return UNITS[number]


def found(text: str) -> list[str]:
    return [term for term in terms(text) if term.isdigit()]


@given(st.integers(min_value=10, max_value=10**12 - 1))
def test_every_number_that_is_read_aloud_is_found(number):
    assert found(in_words(number)) == [str(number)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hai mươi bảy lớp", ["27"]),
        ("sáu tháng đầu năm", ["6"]),
        ("tháng tám năm 2022", ["2022", "8"]),
        ("ba tôi và năm người một nhà", []),  # father, year, the same
        ("ba mươi năm sau", ["30"]),
        ("trăm năm trồng người", []),
        ("quý III, khóa XIII, nhiệm kỳ IV", ["3", "13", "4"]),
        ("một nghìn năm Thăng Long", ["1000"]),
        ("kỷ niệm một trăm năm", ["100"]),
        ("hai nghìn không trăm năm", ["2000"]),
        ("một nghìn năm trăm năm lịch sử", ["1500"]),
        ("năm hai nghìn không trăm hai mươi hai", ["2022"]),
        ("hai nghìn lẻ năm", ["2005"]),
        ("một trăm linh năm", ["105"]),
        ("một nghìn năm trăm", ["1500"]),
        ("một trăm năm mươi", ["150"]),
        ("hai triệu lẻ năm nghìn đồng", ["2005000"]),
        ("không hai mươi, không trăm", ["20"]),
        ("có tám lớp không", ["8"]),
        ("vitamin C và chữ IV", []),
    ],
)
def test_words_that_are_something_else_alone_are_no_numbers(text, wanted):
    assert found(text) == wanted


def test_nothing_is_no_number():
    assert list(numerals([])) == []
