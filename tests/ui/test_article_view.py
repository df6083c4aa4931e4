import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.span import Span
from tests.ui.fake_assistant import BOOKS, LIBRARY, NEW_BOOKS
from tests.ui.html_page import HtmlPage
from ui.article_view import article_html, missing_html
from ui.markup import inert
from ui.place import Mark, Place

PLACE = Place.of(BOOKS, number=1, others=[(1, BOOKS), (2, NEW_BOOKS)])


def opened(article: Article, place: Place) -> HtmlPage:
    return HtmlPage(article_html(article, place))


def test_the_text_is_the_article_character_for_character(corpus):
    for path in sorted(corpus.glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        middle = len(text) // 2
        place = Place(
            path.name, marks=(Mark(1, Span(middle, middle + 500)),), sentence=Span(middle - 9, middle + 90)
        )
        page = opened(Article(path.name, text.split("\n")[0], text), place)
        assert page.one("text").text == inert(text)


def test_each_mark_is_its_cited_span_and_carries_its_number():
    marks = opened(LIBRARY, PLACE).all("mark")
    assert [(mark.text, mark.attributes["id"], mark.attributes["data-number"]) for mark in marks] == [
        ("12.500 đầu sách", "cited-1", "1"),
        ("500 sách mới", "cited-2", "2"),
    ]


def test_only_the_clicked_citation_is_the_target():
    assert [mark.text for mark in opened(LIBRARY, PLACE).of_class("target")] == [BOOKS.text]


def test_the_sentence_around_the_target_is_highlighted():
    assert (
        "".join(piece.text for piece in opened(LIBRARY, PLACE).of_class("cited-sentence")) == BOOKS.sentence
    )


def test_page_furniture_is_set_apart():
    assert opened(LIBRARY, PLACE).one("furniture").text == "Lượt xem: 133"


def test_the_headline_is_the_first_line_that_is_the_title():
    article = Article("a", "Tin", "Tin\nTin\nHết")
    assert opened(article, Place("a")).one("headline").text == "Tin"


def test_a_mark_that_goes_on_over_a_line_end_keeps_to_its_paragraphs():
    article = Article("a", "Tin", "một hai\n\nba bốn")
    page = opened(article, Place("a", marks=(Mark(1, Span(4, 11)),)))
    assert [(mark.text, mark.attributes.get("id")) for mark in page.all("mark")] == [
        ("hai", "cited-1"),
        ("ba", None),
    ]
    assert page.one("text").text == article.text


def test_of_overlapping_spans_the_clicked_one_is_marked():
    wider = Mark(2, Span(BOOKS.start - 3, BOOKS.end + 3))
    page = opened(LIBRARY, replace(PLACE, marks=(PLACE.marks[0], wider)))
    assert [mark.text for mark in page.all("mark")] == [BOOKS.text]


def test_an_article_that_changed_since_is_shown_without_marks_and_says_so():
    page = opened(replace(LIBRARY, text="Mới: " + LIBRARY.text), PLACE)
    assert page.all("mark") == []
    assert "đã thay đổi" in page.one("problem").text


def test_spans_outside_the_text_are_left_out():
    page = opened(LIBRARY, Place(LIBRARY.id, marks=(Mark(0, Span(5, 10**6)),), sentence=Span(10**5, 10**6)))
    assert page.all("mark") == []
    assert page.one("text").text == LIBRARY.text


def test_the_head_tells_title_date_source_and_file():
    page = opened(LIBRARY, PLACE)
    assert page.all("h2")[0].text == LIBRARY.title
    assert page.one("details").text == "05/03/2021 · Trần Bình · tin/thu-vien.txt"


def test_the_quote_to_copy_names_its_source():
    copied = [button.attributes["data-copy"] for button in opened(LIBRARY, PLACE).all("button") if
              button.attributes["data-action"] == "copy"]  # fmt: skip
    assert copied == ["“12.500 đầu sách” — Thư viện huyện Sông Mây mở cửa trở lại, 05/03/2021, Trần Bình"]


def test_each_mark_carries_its_own_quote_to_copy():
    source = "Thư viện huyện Sông Mây mở cửa trở lại, 05/03/2021, Trần Bình"
    assert [mark.attributes["data-copy"] for mark in opened(LIBRARY, PLACE).all("mark")] == [
        f"“12.500 đầu sách” — {source}",
        f"“500 sách mới” — {source}",
    ]


def test_steps_between_marks_are_offered_only_where_there_are_several():
    def actions(place):
        return [button.attributes["data-action"] for button in opened(LIBRARY, place).all("button")]

    assert actions(PLACE) == ["close", "previous", "next", "copy", "link"]
    assert actions(replace(PLACE, marks=PLACE.marks[:1])) == ["close", "copy", "link"]
    assert actions(Place(LIBRARY.id)) == ["close", "link"]


def test_a_missing_article_is_named_and_inert():
    page = HtmlPage(missing_html("<script>"))
    assert page.one("problem").text == "Không có bài viết <script> trong chỉ mục."


@given(
    text=st.text(st.sampled_from("aăậ <>&\"'\n\x1b\u202e{}$`"), max_size=60),
    edges=st.lists(st.integers(0, 60), min_size=6, max_size=6),
)
def test_the_law_holds_for_any_text_and_any_spans(text, edges):
    first, second, sentence = (Span(*sorted(edges[at : at + 2])) for at in (0, 2, 4))
    marks = tuple(Mark(number, span) for number, span in ((1, first), (2, second)) if span.start < span.end)
    page = opened(Article("a", "Tin", text, furniture=(second,)), Place("a", marks=marks, sentence=sentence))
    assert page.one("text").text == inert(text)
    if marks and marks[0].span.end <= len(text):
        cited = inert(marks[0].span.of(text)).replace("\n", "")
        shown = "".join(mark.text for mark in page.of_class("target"))
        assert shown.split() == [] if not cited.strip() else shown.strip() == cited.strip()
