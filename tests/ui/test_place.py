import pytest

from index.span import Span
from tests.ui.fake_assistant import BOOKS, LENGTH, NEW_BOOKS
from ui.place import Mark, Place


def test_a_place_survives_the_way_through_an_address():
    place = Place.of(BOOKS, number=1, others=[(1, BOOKS), (2, NEW_BOOKS), (3, LENGTH)])
    assert Place.from_query(place.query()) == place
    assert [mark.number for mark in place.marks] == [1, 2]


def test_an_identifier_may_hold_anything():
    place = Place("thư mục/a&b=c #1?.txt")
    assert Place.from_query(place.query()) == place


def test_an_address_typed_by_hand_needs_no_numbers():
    assert Place.from_query("article=a.txt&at=5-9") == Place("a.txt", marks=(Mark(0, Span(5, 9)),))


@pytest.mark.parametrize("query", ["", "?", "at=1-2", "?__theme=dark", "article", "article="])
def test_an_address_without_an_article_is_no_place(query):
    assert Place.from_query(query) is None


@pytest.mark.parametrize("at", ["", "x-y", "9-5", "5-5", "-1-5", "5", "1:2:3-4", "1-99999999999"])
def test_what_is_no_span_is_left_out(at):
    assert Place.from_query(f"article=a&at={at}") == Place("a")
