"""Blanks that were left out are put back where marks tell that the word is Vietnamese."""

from __future__ import annotations

import pytest

from qa.joined import without_joins


def apart(question, **held):
    counts = {f"~{pair.replace('_', ' ')}": count for pair, count in held.items()}
    return without_joins(question, frequency=lambda terms: [counts.get(term, 0) for term in terms])


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("hiệutrưởng trườngchính trị chủtrì là ai", "hiệu trưởng trường chính trị chủ trì là ai"),
        ("côgiáo dạy địalí nào đượcbằng khen", "cô giáo dạy địa lí nào được bằng khen"),
        ("HànộiđượcBộ khen", "Hà nội được Bộ khen"),
        ("việnhànlâm", "viện hàn lâm"),
        ("đi ôtô tới sởy tế", "đi ô tô tới sở y tế"),
        ("cóý kiến gì ở trườngthcs", "có ý kiến gì ở trường thcs"),
    ],
)
def test_joined_words_are_taken_apart(typed, wanted):
    assert apart(typed) == wanted


def test_of_two_ways_the_one_that_articles_have_is_taken():
    assert apart("sinhoạt", si_nhoat=0, sin_hoat=2) == "sin hoạt"


@pytest.mark.parametrize(
    "question",
    ["GDĐT nghiêng", "hộii nghị", "bàà con", "đhsp", "workshop ở đâu", "café", "", "Đắkrông có gì", "á" * 60],
)
def test_other_words_are_left_alone(question):
    assert apart(question) == question


def test_a_word_that_an_article_has_is_left_alone():
    assert apart("côgiáo", cogiao=1) == "côgiáo"


def test_few_ways_to_read_a_long_word_are_looked_up():
    asked = []

    def frequency(terms):
        asked.extend(terms)
        return [0] * len(terms)

    without_joins("anh" * 12 + "á", frequency=frequency)
    assert len(asked) < 300
