"""Web pages → text: the article with its headings, and what the page states of itself."""

from datetime import date

import pytest

from tests.index.extracted import only, refused

# ---- web pages

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Hội nghị sơ kết năm 2022 - Cổng thông tin</title>
{head}</head><body><h1>Cổng thông tin</h1><nav><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></nav>
<article><h1>Hội nghị sơ kết năm 2022</h1>
<p>Đảng ủy Viện đã tổ chức <b>Hội nghị</b> sơ kết công tác <a href="x">Đảng bộ</a> Viện tại trụ sở ở Hà Nội.</p>
<h2>Chủ trì</h2><p>Chủ trì Hội nghị, đồng chí Lê Anh Vinh đã thông qua Chương trình Hội nghị hôm 17/8/2022.</p>
<table><tr><th>Chi bộ</th><th>Số</th></tr><tr><td>Phòng Tổ chức</td><td>12</td></tr></table>
<figure><img src="a.jpg"><figcaption>Toàn cảnh hội nghị</figcaption></figure></article>
<div id="comments"><p>Bình luận của bạn đọc rất hay và dài</p></div><footer>© 2021 Viện</footer></body></html>"""


def test_a_page_gives_its_article_with_headings_tables_and_captions_on_own_lines():
    part = only(PAGE.format(head="").encode(), ".html")
    assert part.title == "Hội nghị sơ kết năm 2022"
    assert part.text.replace(" \n", "\n").split("\n\n") == [
        "Hội nghị sơ kết năm 2022",
        "Đảng ủy Viện đã tổ chức Hội nghị sơ kết công tác Đảng bộ Viện tại trụ sở ở Hà Nội.",
        "Chủ trì",
        "Chủ trì Hội nghị, đồng chí Lê Anh Vinh đã thông qua Chương trình Hội nghị hôm 17/8/2022.",
        "| Chi bộ | Số |",
        "| Phòng Tổ chức | 12 |",
        "Toàn cảnh hội nghị",
    ]


def test_a_page_without_a_stated_date_has_none():
    assert only(PAGE.format(head="").encode(), ".htm").published is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2022-08-18T20:02:00+07:00">',
        '<meta itemprop="datePublished" content="2022-08-18">',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-08-18"}]}</script>',
    ],
)
def test_the_date_that_a_page_states_is_read(head):
    assert only(PAGE.format(head=head).encode(), ".html").published == date(2022, 8, 18)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2022-08-16T22:30:00+00:00", 17),
        ("2022-08-16T22:30:00.000Z", 17),
        ("2022-08-16 22:30 +0000", 17),
        ("2022-08-16T16:59:59Z", 16),
        ("2022-08-17T02:00:00+09:00", 17),
        ("2022-08-18T00:30:00+10:00", 17),
        ("2022-08-17T23:30:00+07:00", 17),
        ("2022-08-17T23:30:00", 17),
    ],
)
def test_the_day_of_a_time_in_another_zone_is_that_in_vietnam(stated, day):
    head = f'<meta property="article:published_time" content="{stated}">'
    assert only(PAGE.format(head=head).encode(), ".html").published == date(2022, 8, day)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2022-02-30T22:30:00Z", None),
        ("9999-12-31T23:30:00Z", date(9999, 12, 31)),
        ("2022-08-16T29:30:00Z", date(2022, 8, 16)),
    ],
)
def test_of_a_time_that_cannot_be_only_the_day_is_taken(stated, day):
    head = f'<meta property="article:published_time" content="{stated}">'
    assert only(PAGE.format(head=head).encode(), ".html").published == day


@pytest.mark.parametrize(
    "meta",
    [
        '<div><span class="date">18/08/2022 20:02</span> <span>Lượt xem: 1</span></div>',
        "<time>18/08/2022</time>",
    ],
)
def test_the_date_below_the_headline_is_read_and_other_dates_are_not(meta):
    body = "<p>Đảng ủy Viện đã tổ chức hội nghị sơ kết công tác ở trụ sở tại Hà Nội.</p>" * 12
    page = f"<html><body><p>Thứ Hai, 20/11/2023</p><h1>Sơ kết</h1>{{}}{body}<i>01/01/2020</i></body></html>"
    assert only(page.format(meta).encode(), ".html").published == date(2022, 8, 18)
    assert only(page.format("").encode(), ".html").published is None


def test_the_site_is_the_publisher_and_the_author_the_source():
    head = '<meta property="og:site_name" content="Viện KHGD"><meta name="author" content="Võ Thị Nhiên">'
    part = only(PAGE.format(head=head).encode(), ".html")
    assert (part.source, part.publisher) == ("Võ Thị Nhiên", "Viện KHGD")


def test_a_headline_outside_of_the_text_is_put_before_it():
    page = (
        "<html><head><title>Sơ kết năm 2022</title></head><body><p>Đảng bộ có 72 đảng viên.</p></body></html>"
    )
    assert only(page.encode(), ".html").text == "Sơ kết năm 2022\n\nĐảng bộ có 72 đảng viên."


def test_the_title_of_a_page_without_heading_is_its_own_without_the_site():
    body = "<p>Đảng ủy Viện đã tổ chức hội nghị sơ kết công tác ở trụ sở tại Hà Nội.</p>"
    page = f"<html><head><title>Hội nghị sơ kết năm 2022 | Viện KHGD</title></head><body>{body}</body></html>"
    assert only(page.encode(), ".html").title == "Hội nghị sơ kết năm 2022"


def test_fragments_and_old_encodings_are_read():
    assert only("<p>Đảng bộ có <i>72</i> đảng viên<br>và bảy chi bộ".encode("utf-16"), ".html").text == (
        "Đảng bộ có 72 đảng viên\n\nvà bảy chi bộ"
    )


@pytest.mark.parametrize("page", [b"<html></html>", b"<!-- -->", b"<br>", b"<script>var a = 1</script>"])
def test_a_page_without_text_is_refused(page):
    assert refused(page, ".html") == "holds no text"
