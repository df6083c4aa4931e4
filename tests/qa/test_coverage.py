"""Coverage is the share of what is asked about that a text says, weighted by rarity."""

from __future__ import annotations

import numpy as np
import pytest

from qa.abbreviations import OtherForm
from qa.coverage import Coverage


def test_coverage_is_the_share_of_what_is_asked_weighted_by_rarity():
    def rarity(terms):
        return np.array([3.0 if term == "~loc" else 1.0 for term in terms])

    # asked about are "ông Lộc" and "múa": 1 + 3 of 5 are said
    assert Coverage("Ông Lộc múa gì?", rarity=rarity).share("Cầu do ông Lộc thiết kế.") == pytest.approx(
        4 / 5
    )


def test_texts_are_taken_together_and_marks_do_not_count():
    assert Coverage("Cầu Đá Bạc dài mấy mét?").share("cau da bac", "dài", "MÉT") == 1.0


def test_a_question_about_nothing_covers_nothing():
    assert Coverage("Ai?").share("Ai") == 0.0


@pytest.mark.parametrize(
    ("question", "missing"),
    [("Năm 2023 có mấy lớp 5?", 2), ("Ngày 07/8/2022?", 0), ("Năm nào?", 0), ("Có 3.789 người năm 2022?", 1)],
)
def test_numbers_that_no_text_has_are_counted(question, missing):
    assert Coverage(question).missing_numbers("Hội nghị ngày 7/8/2022", "Tin năm 2022") == missing


def test_an_abbreviation_within_a_name_is_held_by_its_long_form():
    forms = [OtherForm("GDĐT", "Giáo dục và Đào tạo")]
    coverage = Coverage("Giám đốc Sở GDĐT là ai?", forms=forms)
    assert coverage.missing_names("Giám đốc Sở Giáo dục và Đào tạo") == 0
    assert coverage.missing_names("Giám đốc Sở Nội vụ, ngành Giáo dục và Đào tạo") == 1


def test_a_name_of_capitals_may_end_the_question():
    assert Coverage("Ai là Giám đốc EVN?").missing_names("Giám đốc Vinamilk") == 1
