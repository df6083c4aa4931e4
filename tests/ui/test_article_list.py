"""The list of articles is searched without tone marks, sorted by any column, and leads to the articles."""

from __future__ import annotations

from datetime import date

import pytest

from index.hit import ArticleSummary
from tests.ui.html_page import HtmlPage
from ui.article_list import article_list_html
from ui.language import speaking
from ui.place import Place

ARTICLES = (
    ArticleSummary("a.txt", "Thư viện mở cửa", date(2021, 3, 5), "Trần Bình", 2),
    ArticleSummary("b.txt", "Khánh thành cầu", date(2022, 11, 20), None, 1),
    ArticleSummary("tin/c.txt", "Ấp <b>mới</b>", None, "Báo Sông Mây", 7),
)


def titles(**options):
    return [cell.text for cell in HtmlPage(article_list_html(ARTICLES, **options)).all("a")]


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("title", ["Ấp <b>mới</b>", "Khánh thành cầu", "Thư viện mở cửa"]),
        ("published", ["Khánh thành cầu", "Thư viện mở cửa", "Ấp <b>mới</b>"]),
        ("source", ["Ấp <b>mới</b>", "Thư viện mở cửa", "Khánh thành cầu"]),
        ("passages", ["Ấp <b>mới</b>", "Thư viện mở cửa", "Khánh thành cầu"]),
        ("file", ["Thư viện mở cửa", "Khánh thành cầu", "Ấp <b>mới</b>"]),
        ("nonsense", ["Ấp <b>mới</b>", "Khánh thành cầu", "Thư viện mở cửa"]),
    ],
)
def test_every_column_sorts(order, wanted):
    assert titles(order=order) == wanted


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ("thu vien", ["Thư viện mở cửa"]),
        ("bình 2021", ["Thư viện mở cửa"]),
        ("tin/", ["Ấp <b>mới</b>"]),
        ("xyz", []),
        ("", ["Ấp <b>mới</b>", "Khánh thành cầu", "Thư viện mở cửa"]),
    ],
)
def test_all_words_must_be_in_title_source_day_or_file(search, wanted):
    assert titles(search=search) == wanted


def test_what_is_sorted_by_is_told_to_screen_readers_and_the_search_stays_in_its_box():
    page = HtmlPage(article_list_html(ARTICLES, search='"><script>', order="published"))
    assert [head.attributes["aria-sort"] for head in page.all("th")] == [
        "none",
        "descending",
        "none",
        "none",
        "none",
    ]
    assert page.one("search").attributes["value"] == '"><script>'
    assert page.all("script") == []
    assert "Không có bài viết nào khớp" in page.one("nothing").text


def test_a_title_leads_to_its_article():
    links = HtmlPage(article_list_html(ARTICLES, order="file")).all("a")
    assert [Place.from_query(link.attributes["href"]).article for link in links] == [
        "a.txt",
        "b.txt",
        "tin/c.txt",
    ]


def test_a_long_list_says_how_much_of_it_is_shown():
    many = [ArticleSummary(f"{number}.txt", f"Bài {number}", None, None, 1) for number in range(500)]
    page = HtmlPage(article_list_html(many))
    assert len(page.all("a")) == 200
    assert page.one("details").text == "500 bài viết, 200 bài đầu được hiện"


@pytest.mark.parametrize(
    ("language", "file", "whole"), [("vi", "Xoá", "Xoá cả tệp"), ("en", "Delete", "Delete the whole file")]
)
def test_what_was_added_can_be_removed_and_it_is_said_where_more_goes_than_the_article(language, file, whole):
    added = [ArticleSummary(id, id, None, None, 1) for id in ("a.txt", "uploads/b.txt", "uploads/c.jsonl#1")]
    with speaking(language):
        page = HtmlPage(article_list_html(added, uploads=True))
    assert [(button.attributes["data-article"], button.text) for button in page.of_class("remove")] == [
        ("uploads/b.txt", file),
        ("uploads/c.jsonl#1", whole),
    ]


def test_every_cell_names_its_column_where_the_screen_is_too_narrow_for_columns():
    cells = HtmlPage(article_list_html(ARTICLES[:1])).all("td")
    assert [cell.attributes["data-label"] for cell in cells] == [
        "Tiêu đề",
        "Ngày đăng",
        "Nguồn",
        "Đoạn",
        "Tệp",
    ]
