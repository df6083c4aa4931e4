"""Days have names besides their dates."""

from __future__ import annotations

import pytest

from qa.days import names_day
from tests.qa.test_fit import of


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("mùng 6 tháng Giêng", 1),
        ("rằm tháng 7", 1),
        ("19h30 tối thứ Bảy", 1),
        ("20 giờ ngày thứ Sáu", 1),
        ("7 ngày nghỉ Tết Nguyên đán", -1),
        ("6 tháng đầu năm", -1),
        ("giải thứ ba trong 5 giải", -1),
    ],
)
def test_a_day_of_the_moon_or_of_the_week_is_a_day(said: str, wanted: int) -> None:
    assert of("Lễ hội khai mạc ngày nào?", said, text=f"Lễ hội khai mạc {said}.") == wanted


def test_without_tone_marks_too() -> None:
    assert [names_day(said) for said in ("mung 6 thang gieng", "toi thu bay", "giai thu ba")] == [
        True,
        True,
        False,
    ]
