"""Filters are read as people type them, and say what they leave to be searched."""

from __future__ import annotations

from datetime import date

import pytest

from index.errors import UsageError
from ui.filters import EVERYTHING, Filters


def test_blank_boxes_filter_nothing():
    assert Filters.read("", " ", "") == EVERYTHING
    assert EVERYTHING.active == ""


@pytest.mark.parametrize("day", ["1/7/2022", "2022-07-01", "ngày 01 tháng 7 năm 2022", " 01.07.2022 "])
def test_a_day_in_any_form(day):
    assert Filters.read(day, "", "").since == date(2022, 7, 1)


def test_what_is_active_is_said_and_harmless():
    filters = Filters.read("1/7/2022", "31/12/2022", "<b>Vinh")
    assert filters.active == (
        "Chỉ tìm trong các bài có nguồn, tiêu đề hoặc tên tệp chứa <bdi>&lt;b&gt;Vinh</bdi>, đăng từ 01/07/2022, "
        "đến 31/12/2022"
    )
    assert Filters(until=date(2022, 12, 31)).active == "Chỉ tìm trong các bài đăng đến 31/12/2022"


@pytest.mark.parametrize(("since", "until"), [("hôm qua", ""), ("", "31/2/2022"), ("2/7/2022", "1/7/2022")])
def test_a_day_that_is_none_and_an_empty_time_are_told(since, until):
    with pytest.raises(UsageError, match="hãy"):
        Filters.read(since, until, "")
