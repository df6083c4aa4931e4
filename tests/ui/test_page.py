from datetime import date

import pytest

from index.errors import IndexDamaged
from tests.ui.fake_assistant import BOOKS, QUESTION, FakeAssistant
from tests.ui.html_page import HtmlPage
from ui.page import Page
from ui.place import Place
from ui.render import NO_ANSWER, Turn


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


def last(page: Page, question: str, turns=()):
    *_, (turns, html) = page.ask(question, turns)
    return turns, HtmlPage(html)


def test_a_question_is_shown_at_once_and_then_its_answer(assistant):
    (waiting, first), (answered, second) = Page(assistant).ask(QUESTION, ())
    assert [turn.waits for turn in waiting] == [True]
    assert HtmlPage(first).one("question").text == QUESTION
    assert [turn.waits for turn in answered] == [False]
    assert BOOKS.text in HtmlPage(second).of_class("short")[0].text


def test_the_questions_before_are_the_history_of_the_next(assistant):
    page = Page(assistant)
    turns, _ = last(page, QUESTION)
    turns, shown = last(page, "Còn cầu?", turns)
    assert assistant.asked[1][:2] == ("Còn cầu?", (QUESTION,))
    assert [question.text for question in shown.of_class("question")] == [QUESTION, "Còn cầu?"]
    assert NO_ANSWER in shown.of_class("reply")[1].text


def test_a_blank_question_changes_nothing(assistant):
    assert list(Page(assistant).ask(" \n", ())) == []


def test_an_expected_error_takes_the_place_of_the_answer_and_is_no_history(assistant):
    page = Page(assistant)
    turns, shown = last(page, "a" * 1001)
    assert "too long" in shown.one("problem").text
    last(page, QUESTION, turns)
    assert assistant.asked == [(QUESTION, (), None, None, None)]


def test_after_an_unforeseen_error_no_question_waits(assistant):
    turns, html = Page(assistant).give_up((Turn("a", error="b"), Turn("c")))
    assert [turn.waits for turn in turns] == [False, False]
    assert "ngoài dự kiến" in HtmlPage(html).of_class("problem")[1].text


def test_a_long_conversation_keeps_its_newest_turns(assistant):
    turns = tuple(Turn(str(number), error="") for number in range(80))
    turns, _ = last(Page(assistant), QUESTION, turns)
    assert [turn.question for turn in turns] == [*map(str, range(31, 80)), QUESTION]


def test_an_empty_conversation_offers_questions_from_the_articles(assistant):
    shown = HtmlPage(Page(assistant).conversation(()))
    assert [one.text for one in shown.of_class("example")] == [
        "Thư viện có bao nhiêu đầu sách?",
        "Lê Thị Hạnh giữ chức vụ gì?",
    ]


def test_an_address_opens_its_article_and_no_other(assistant):
    page = Page(assistant)
    place = Place.of(BOOKS, number=1)
    assert HtmlPage(page.opened(place.query())).of_class("target")[0].text == BOOKS.text
    assert page.opened("") == ""
    assert "không có bài viết" in page.opened("article=../../etc/passwd").lower()


def test_an_index_that_breaks_while_the_chat_runs_is_told(assistant, monkeypatch):
    def broken(*_):
        raise IndexDamaged("dense.faiss is missing: run `hoidap index --rebuild`.")

    monkeypatch.setattr(assistant, "articles", broken)
    monkeypatch.setattr(assistant, "article", broken)
    page = Page(assistant)
    assert "dense.faiss is missing" in page.conversation(())
    assert "dense.faiss is missing" in page.opened("article=a")


def test_filters_go_with_the_question_and_are_told_with_it(assistant):
    *_, (turns, html) = Page(assistant).ask(QUESTION, (), since="1/1/2021", source="Trần Bình")
    assert assistant.asked == [(QUESTION, (), date(2021, 1, 1), None, "Trần Bình")]
    assert "từ 01/01/2021" in HtmlPage(html).one("within").text
    _, html = list(Page(assistant).ask(QUESTION, turns))[-1]
    assert len(HtmlPage(html).of_class("within")) == 1


def test_a_filter_that_is_none_is_told_in_place_of_the_answer(assistant):
    ((turns, html),) = Page(assistant).ask(QUESTION, (), until="hôm qua")
    assert assistant.asked == []
    assert not turns[0].waits
    assert "không phải là một ngày" in HtmlPage(html).one("problem").text
    assert "không phải là một ngày" in Page(assistant).filtered("", "hôm qua", "")
    assert Page(assistant).filtered("", "", "") == ""


def test_the_last_question_can_be_taken_back_and_changed(assistant):
    page = Page(assistant)
    turns, _ = last(page, QUESTION)
    turns, shown = last(page, "Còn cầu?", turns)
    assert len(shown.of_class("edit")) == 1
    question, turns, html = page.edit(turns)
    assert (question, [turn.question for turn in turns]) == ("Còn cầu?", [QUESTION])
    assert [one.text for one in HtmlPage(html).of_class("question")] == [QUESTION]
    assert page.edit(())[0] == ""
