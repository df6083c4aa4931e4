"""A unit is told from words that begin like it, and from other units of the same quantity."""

from __future__ import annotations

import pytest

from qa.units import unit_asked, unit_written
from tests.qa.test_fit import of


@pytest.mark.parametrize(
    ("question", "quantity"),
    [
        ("Rộng bao nhiêu mét vuông?", "area"),
        ("rong bao nhieu met vuong", "area"),
        ("Rộng bao nhiêu m2?", "area"),
        ("Dài bao nhiêu ki-lô-mét?", "length"),
        ("Chứa bao nhiêu mét khối nước?", "volume"),
        ("Thu được bao nhiêu triệu tấn?", "mass"),
        ("Hết bao nhiêu nghìn tỷ?", "money"),
        ("het bao nhieu dong", "money"),
    ],
)
def test_a_unit_is_asked_for_by_its_whole_name(question: str, quantity: str) -> None:
    unit = unit_asked(question)
    assert unit is not None
    assert unit.quantity == quantity


@pytest.mark.parametrize(
    "noun", ["động vật", "động cơ", "hà mã", "tang vật", "tầng lớp", "đồng chí", "tiến sĩ", "căn hộ"]
)
def test_words_that_begin_like_a_unit_are_none(noun: str) -> None:
    assert unit_asked(f"Có bao nhiêu {noun}?") is None
    assert unit_written(f" {noun}") is None


@pytest.mark.parametrize("noun", ["dong vat", "dong co", "ha ma", "tang vat", "tang lop", "can ho"])
def test_neither_are_they_without_tone_marks(noun: str) -> None:
    assert unit_asked(f"co bao nhieu {noun}") is None
    assert unit_written(f" {noun}") is None


@pytest.mark.parametrize(
    ("question", "text", "words", "wanted"),
    [
        ("Cầu dài bao nhiêu mét?", "Cầu dài 1,2 km.", "1,2 km", 0),
        ("Cầu dài bao nhiêu mét?", "Cầu dài 240 m.", "240 m", 1),
        ("Dùng bao nhiêu kg thép?", "Dùng 9.000 tấn thép.", "9.000 tấn", 0),
        ("Rừng rộng bao nhiêu ha?", "Rừng rộng 12 km2.", "12 km2", 0),
        ("Nhà rộng bao nhiêu mét vuông?", "Nhà rộng 5 m.", "5 m", -1),
        ("Nhà rộng bao nhiêu mét vuông?", "Nhà rộng 72 m².", "72 m²", 1),
        ("Nhà cao bao nhiêu mét?", "Nhà rộng 72 mét vuông.", "72 mét vuông", -1),
        ("Có bao nhiêu lượt xem?", "Có 1,2 triệu lượt xem.", "1,2 triệu lượt xem", 1),
        ("Hết bao nhiêu tiền?", "Cứu 25 động vật.", "25 động vật", -1),
        ("Cứu bao nhiêu động vật?", "Cứu 25 động vật.", "25 động vật", 1),
    ],
)
def test_another_unit_of_the_same_quantity_may_tell_it(
    question: str, text: str, words: str, wanted: int
) -> None:
    assert of(question, words, text=text) == wanted
