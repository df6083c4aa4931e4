"""Filters are read as people type them, and say what they leave to be searched."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ui.conversation_view import within_html
from ui.filters import EVERYTHING, Filters
from ui.language import say_message, speaking
from ui.problems import WrongInput, problem


def test_blank_boxes_filter_nothing():
    assert Filters.read("", " ", "") == EVERYTHING
    assert EVERYTHING.active == ()


@pytest.mark.parametrize("day", ["1/7/2022", "2022-07-01", "ngày 01 tháng 7 năm 2022", " 01.07.2022 "])
def test_a_day_in_any_form(day):
    assert Filters.read(day, "", "").since == date(2022, 7, 1)


def test_what_is_active_is_said_and_harmless():
    filters = Filters.read("1/7/2022", "31/12/2022", "<b>Vinh")
    assert within_html(filters.active) == (
        '<p class="within">Chỉ tìm trong các bài: <bdi>nguồn, tiêu đề hoặc tên tệp có “&lt;b&gt;Vinh”; '
        "đăng từ 01/07/2022; đăng đến 31/12/2022</bdi></p>"
    )
    assert within_html(()) == ""


@pytest.mark.parametrize(("since", "until"), [("hôm qua", ""), ("", "31/2/2022"), ("2/7/2022", "1/7/2022")])
def test_a_day_that_is_none_and_an_empty_time_are_told(since, until):
    with pytest.raises(WrongInput, match="hãy") as wrong, speaking("en"):
        Filters.read(since, until, "")
    assert "hãy" in say_message(problem(wrong.value))
    with speaking("en"):
        assert re.search("write it as|change one", say_message(problem(wrong.value)))
