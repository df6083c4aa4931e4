"""A day is found whatever way it is written; what is no day gives no term."""

from __future__ import annotations

from datetime import date

import pytest

from index.article import Article
from index.moments import moment_terms, written_about
from index.terms import fold, question_terms, terms

FORMS = [
    "17-8-2022",
    "17/08/2022",
    "17.8.2022",
    "2022-08-17",
    "ngày 17 tháng 8 năm 2022",
    "Ngày 17, tháng 8, 2022",
    "ngay 17 thang 08 nam 2022",
    "August 17, 2022",
    "17 August 2022",
    "17th of Aug. 2022",
]


def days(text, *, about=None):
    return set(moment_terms(fold(text), about=about))


@pytest.mark.parametrize("form", FORMS)
def test_all_forms_of_a_day_give_the_same_terms(form):
    assert days(form) == {"@17.8", "@8", "@17.8.2022", "@8.2022"}
    assert days(f"Sáng ({form}), hội nghị khai mạc.") == days(form)


@pytest.mark.parametrize(
    "form", ["tháng 11/2022", "tháng 11 năm 2022", "11/2022", "thang 11-2022", "November 2022"]
)
def test_all_forms_of_a_month_give_the_same_terms(form):
    assert days(form) == {"@11", "@11.2022"}


def test_a_day_without_a_year_takes_that_of_the_article():
    assert days("Sáng 18/7", about=date(2022, 8, 18)) == days("18/7/2022")
    assert days("Chiều 28/12", about=date(2023, 1, 3)) == days("28/12/2022")
    assert days("ngày 4 tháng 1", about=date(2022, 12, 20)) == days("4/1/2023")
    assert days("Sáng 18/7") == {"@18.7", "@7"}


def test_an_article_of_the_last_year_that_there_is():
    assert days("15/1", about=date(9999, 12, 31)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết 12/2022/NQ-CP",
        "số 05-CT/TW",
        "32/1/2022",
        "tỉ lệ 40/60",
        "tháng 13",
        "3.789 người",
        "tel. 024.38",
    ],
)
def test_what_is_no_day_gives_no_term(text):
    assert not any(term.startswith("@") and term.count(".") == 2 for term in days(text))


def test_question_and_passage_meet_in_the_terms_of_a_day():
    asked = set(question_terms("Ngày 18-07-2022 có hội nghị gì?"))
    assert "@18.7.2022" in asked & set(terms("Sáng 18/7, Đảng ủy họp.", about=date(2022, 7, 20)))


def test_an_article_without_a_dateline_was_written_in_the_year_that_it_names_most():
    assert written_about(Article("a", "Sơ kết năm 2022", "Sau 2021 là 2022, số 20221.")) == date(2022, 7, 1)
    assert written_about(Article("a", "Tin", "2019", published=date(2022, 8, 18))) == date(2022, 8, 18)
    assert written_about(Article("a", "Tin", "Không nói năm.")) is None


@pytest.mark.parametrize(
    "text",
    [
        "20 máy tính",
        "mua 20 máy năm 2022",
        "20 sếp dự họp",
        "chạy 21 marathon 12 lần",
        "may 5 áo",
        "3 mây trắng",
        "chợ Sa Đéc 2022",
        "2 juniors, 3 augmented, 4 decision",
    ],
)
def test_words_that_begin_as_months_do_are_no_months(text):
    assert days(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("17 May 2022", "@17.5.2022"),
        ("May 17, 2022", "@17.5.2022"),
        ("May 2022", "@5.2022"),
        ("17th of May", "@17.5"),
        ("17 of Sep", "@17.9"),
        ("May 17th", "@17.5"),
        ("What happened on May 17?", "@17.5"),
        ("Sept. 17", "@17.9"),
        ("17 Sep 2022", "@17.9.2022"),
        ("Dec 17", "@17.12"),
        ("17 June", "@17.6"),
    ],
)
def test_names_of_months_that_may_be_other_words_count_where_the_words_beside_say_so(text, wanted):
    assert wanted in days(text)
