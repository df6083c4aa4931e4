from dataclasses import replace
from datetime import date

import pytest

from index.errors import (
    EngineFailed,
    IndexDamaged,
    IndexMismatch,
    IndexNotFound,
    IndexUnavailable,
    IndexUnfinished,
    ModelNotFound,
)
from qa.message import Message
from tests.ui.fake_assistant import BOOKS, QUESTION, FakeAssistant
from tests.ui.html_page import HtmlPage
from ui.conversations import NAME, Conversations
from ui.page import Page, Visit
from ui.render import NO_ANSWER
from ui.turn import Turn

NOBODY = Visit()


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


def last(page: Page, question: str, visit=NOBODY):
    *_, (visit, html) = page.ask(question, visit)
    return visit, HtmlPage(html)


def test_a_question_is_shown_at_once_and_then_its_answer(assistant):
    (waiting, first), *_, (answered, second) = Page(assistant).ask(QUESTION, NOBODY)
    assert [turn.waits for turn in waiting.turns] == [True]
    assert HtmlPage(first).one("question").text == QUESTION
    assert [turn.waits for turn in answered.turns] == [False]
    assert BOOKS.text in HtmlPage(second).of_class("short")[0].text


def test_the_questions_before_are_the_history_of_the_next(assistant):
    page = Page(assistant)
    visit, _ = last(page, QUESTION)
    visit, shown = last(page, "Còn cầu?", visit)
    assert assistant.asked[1][:2] == ("Còn cầu?", (QUESTION,))
    assert [question.text for question in shown.of_class("question")] == [QUESTION, "Còn cầu?"]
    assert NO_ANSWER in shown.of_class("reply")[1].text


def test_a_blank_question_changes_nothing(assistant):
    page = Page(assistant)
    visit, _ = last(page, QUESTION)
    assert list(page.ask(" \n", visit)) == [(visit, page.conversation(visit))]


def test_a_question_without_a_word_is_told_so_and_not_asked(assistant):
    _, shown = last(Page(assistant), "?!")
    assert "chưa có chữ nào" in shown.one("problem").text
    assert assistant.asked == []


def test_an_error_takes_the_place_of_the_answer_and_is_no_history(assistant):
    page = Page(assistant)
    visit, shown = last(page, "a" * 2001)
    assert "2001 ký tự" in shown.one("problem").text
    last(page, QUESTION, visit)
    assert assistant.asked == [(QUESTION, (), None, None, None)]


@pytest.mark.parametrize("settle", [Page.give_up, Page.stop])
def test_after_an_unforeseen_error_or_a_stop_no_question_waits(assistant, settle):
    visit, html = settle(Page(assistant), Visit((Turn("a", error=Message("b")), Turn("c"))))
    assert [turn.waits for turn in visit.turns] == [False, False]
    assert visit.turns[0].error == Message("b")
    assert len(HtmlPage(html).of_class("problem")) == 2


def test_a_long_conversation_keeps_its_newest_turns(assistant):
    turns = tuple(Turn(str(number), error=Message("x"), number=number) for number in range(80))
    visit, _ = last(Page(assistant), QUESTION, Visit(turns))
    assert [turn.question for turn in visit.turns] == [*map(str, range(31, 80)), QUESTION]
    assert visit.turns[-1].number == 80


def test_a_page_says_how_many_questions_it_leaves_out_and_where_all_of_them_are(assistant, tmp_path):
    def told(page):
        visit = NOBODY
        for _ in range(50):
            visit, shown = last(page, QUESTION, visit)
        assert shown.of_class("earlier") == []
        for _ in range(2):
            visit, shown = last(page, QUESTION, visit)
        assert len(visit.turns) == 50
        return visit, shown.one("earlier").text

    page = Page(assistant, conversations=Conversations.open(tmp_path))
    visit, text = told(page)
    assert text == "2 câu hỏi trước đó không hiện ở đây. Xem tất cả"
    assert page.reopen(NOBODY, visit.conversation) == (visit, page.conversation(visit))
    links = [link.attributes["href"] for link in HtmlPage(page.conversation(visit)).all("a")]
    assert links[0] == f"conversations/{visit.conversation}.html"
    assert told(Page(assistant))[1] == "2 câu hỏi trước đó không hiện ở đây."


def test_an_empty_conversation_offers_questions_from_the_articles(assistant):
    shown = HtmlPage(Page(assistant).conversation(NOBODY))
    assert [one.text for one in shown.of_class("example")] == [
        "Thư viện có bao nhiêu đầu sách?",
        "Lê Thị Hạnh giữ chức vụ gì?",
    ]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IndexNotFound, "hoidap index"),
        (IndexUnfinished, "chưa xong"),
        (IndexDamaged, "hoidap doctor"),
        (IndexMismatch, "phiên bản khác"),
        (ModelNotFound, "cài lại"),
        (IndexUnavailable, "quyền truy cập"),
        (EngineFailed, "Cơ sở dữ liệu"),
    ],
)
def test_where_nothing_can_be_asked_the_page_says_what_to_do(assistant, monkeypatch, error, told):
    def broken(*_, **__):
        raise error("The words of the error.")

    for method in ("articles", "article", "ask"):
        monkeypatch.setattr(assistant, method, broken)
    page = Page(assistant, uploads=True)
    shown = HtmlPage(page.conversation(NOBODY)).one("setup")
    assert told in shown.text
    assert "The words of the error." in shown.text
    assert "thêm tệp" in shown.text
    visit, asked = last(page, QUESTION)
    assert told in asked.one("problem").text
    assert not visit.turns[0].waits


def test_filters_go_with_the_question_and_are_told_with_it(assistant):
    *_, (visit, html) = Page(assistant).ask(QUESTION, NOBODY, since="1/1/2021", source="Trần Bình")
    assert assistant.asked == [(QUESTION, (), date(2021, 1, 1), None, "Trần Bình")]
    assert "từ 01/01/2021" in HtmlPage(html).one("within").text
    _, html = list(Page(assistant).ask(QUESTION, visit))[-1]
    assert len(HtmlPage(html).of_class("within")) == 1


def test_a_filter_that_is_none_is_told_in_place_of_the_answer(assistant):
    ((visit, html),) = Page(assistant).ask(QUESTION, NOBODY, until="hôm qua")
    assert assistant.asked == []
    assert not visit.turns[0].waits
    assert "không phải là một ngày" in HtmlPage(html).one("problem").text
    assert "không phải là một ngày" in Page(assistant).filtered("", "hôm qua", "")
    assert "is no date" in Page(assistant).filtered("", "hôm qua", "", language="en")
    english = Page(assistant).conversation(replace(visit, language="en"))
    assert "is no date" in HtmlPage(english).one("problem").text
    assert Page(assistant).filtered("", "", "") == ""


def test_the_last_question_can_be_taken_back_and_changed(assistant):
    page = Page(assistant)
    visit, _ = last(page, QUESTION)
    visit, shown = last(page, "Còn cầu?", visit)
    assert len(shown.of_class("edit")) == 1
    question, visit, html = page.edit(visit)
    assert (question, [turn.question for turn in visit.turns]) == ("Còn cầu?", [QUESTION])
    assert [one.text for one in HtmlPage(html).of_class("question")] == [QUESTION]
    assert page.edit(NOBODY)[0] == ""


def test_asking_again_takes_the_place_of_the_last_turn(assistant):
    page = Page(assistant)
    visit, _ = last(page, QUESTION)
    *_, (again, _) = page.retry(visit)
    assert [(turn.question, turn.number) for turn in again.turns] == [(QUESTION, 0)]
    assert [asked[0] for asked in assistant.asked] == [QUESTION, QUESTION]
    assert list(page.retry(NOBODY)) == [(NOBODY, page.conversation(NOBODY))]


def test_a_page_in_english_says_the_same(assistant):
    visit = replace(NOBODY, language="en")
    page = Page(assistant)
    assert (
        HtmlPage(page.conversation(visit)).all("h2")[0].text == "What would you like to know from 2 articles?"
    )
    visit, _ = last(page, QUESTION, visit)
    _, shown = last(page, "Còn cầu?", visit)
    assert shown.of_class("follow_up")[0].text.startswith(f"Understood as: {QUESTION}")
    assert "No answer was found" in shown.of_class("reply")[1].text
    assert BOOKS.text in shown.of_class("reply")[0].text


def test_a_conversation_is_kept_reopened_by_its_owner_alone_and_begun_anew(assistant, tmp_path):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    visit, _ = last(page, QUESTION, Visit(owner="lan"))
    visit, shown = last(page, "Còn cầu?", visit)
    assert shown.one("turns").attributes["data-conversation"] == visit.conversation != ""
    reopened, html = page.reopen(Visit(owner="lan"), visit.conversation)
    assert html == page.conversation(visit)
    assert [turn.question for turn in reopened.turns] == [QUESTION, "Còn cầu?"]
    assert page.reopen(Visit(owner="minh"), visit.conversation)[0] == Visit(owner="minh")
    assert page.begin(visit)[0] == Visit(owner="lan")


def test_after_an_edit_the_kept_conversation_is_what_is_on_the_page(assistant, tmp_path):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    visit, _ = last(page, QUESTION)
    visit, _ = last(page, "Còn cầu?", visit)
    _, visit, _ = page.edit(visit)
    visit, _ = last(page, "Cầu dài bao nhiêu?", visit)
    reopened, _ = page.reopen(NOBODY, visit.conversation)
    assert [turn.question for turn in reopened.turns] == [QUESTION, "Cầu dài bao nhiêu?"]
    assert reopened.turns == visit.turns


def test_all_questions_can_be_taken_back_and_the_title_follows(assistant, tmp_path):
    kept = Conversations.open(tmp_path)
    page = Page(assistant, conversations=kept)
    visit, _ = last(page, QUESTION)
    visit, _ = last(page, "Còn cầu?", visit)
    for _ in range(2):
        _, visit, _ = page.edit(visit)
    assert len(page.reopen(NOBODY, visit.conversation)[0].turns) == 2
    visit, _ = last(page, "Cầu dài bao nhiêu?", visit)
    assert [turn.question for turn in kept.turns(visit.conversation, owner="")] == ["Cầu dài bao nhiêu?"]
    assert [one.title for one in kept.listed(owner="")] == ["Cầu dài bao nhiêu?"]


def test_two_pages_of_one_conversation_add_to_it_and_see_each_other_s_questions(assistant, tmp_path):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    one, _ = last(page, QUESTION)
    other, _ = page.reopen(NOBODY, one.conversation)
    other, _ = last(page, "a" * 2001, other)
    one, _ = last(page, "Còn cầu?", one)
    other, shown = last(page, "Ai chủ trì?", other)
    assert [question.text[:11] for question in shown.of_class("question")] == [
        QUESTION[:11],
        "a" * 11,
        "Còn cầu?",
        "Ai chủ trì?",
    ]
    assert assistant.asked[-1][:2] == ("Ai chủ trì?", (QUESTION, "Còn cầu?"))
    kept = page.reopen(NOBODY, one.conversation)[0].turns
    assert [turn.question for turn in kept] == [QUESTION, "Còn cầu?", "Ai chủ trì?"]
    assert len({turn.number for turn in kept}) == 3


def test_asking_again_on_one_page_leaves_what_the_other_asked(assistant, tmp_path):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    one, _ = last(page, QUESTION)
    other, _ = page.reopen(NOBODY, one.conversation)
    last(page, "Còn cầu?", one)
    *_, (other, _) = page.retry(other)
    assert [turn.question for turn in other.turns] == ["Còn cầu?", QUESTION]
    assert page.reopen(NOBODY, one.conversation)[0].turns == other.turns


def test_a_question_that_is_stopped_while_it_is_answered_is_not_kept(assistant, tmp_path):
    kept = Conversations.open(tmp_path)
    page = Page(assistant, conversations=kept)
    visit, _ = last(page, QUESTION)
    steps = page.ask("Còn cầu?", visit)
    next(steps)
    waiting, _ = next(steps)  # the step that was running goes on to its end; the next one is never begun
    steps.close()
    assert len(assistant.asked) == 2
    stopped, shown = page.stop(waiting)
    assert len(HtmlPage(shown).of_class("problem")) == 1
    assert kept.turns(visit.conversation, owner="") == visit.turns
    *_, (visit, _) = page.retry(stopped)
    assert [turn.question for turn in kept.turns(visit.conversation, owner="")] == [QUESTION, "Còn cầu?"]


def block(path):
    path.unlink()
    path.mkdir()


def damage(path):
    path.write_bytes(b"no database" * 1000)


@pytest.mark.parametrize(
    ("spoil", "told", "in_english"),
    [(block, "--no-history", "free space on the disk"), (damage, "chuyển nó đi nơi khác", "move it away")],
)
def test_what_is_wrong_with_the_kept_conversations_is_told_in_place_of_the_answer(
    assistant, tmp_path, spoil, told, in_english
):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    spoil(tmp_path / NAME)
    visit, shown = last(page, QUESTION)
    assert told in shown.one("problem").text
    english = HtmlPage(page.conversation(replace(visit, language="en"))).one("problem").text
    assert in_english in english
    _, html = page.reopen(Visit(language="en"), "a")
    assert in_english in HtmlPage(html).one("problem").text


def test_in_the_conversation_of_somebody_else_the_page_says_to_begin_a_new_one(assistant, tmp_path):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    visit, _ = last(page, QUESTION, Visit(owner="lan"))
    stranger = Visit(owner="minh", conversation=visit.conversation)
    assert "bấm “Trò chuyện mới”" in last(page, QUESTION, stranger)[1].one("problem").text
    english = last(page, QUESTION, replace(stranger, language="en"))[1].one("problem").text
    assert "press “New conversation”" in english


def test_a_verdict_is_kept_with_its_turn_and_shown(assistant, tmp_path):
    kept = Conversations.open(tmp_path)
    page = Page(assistant, conversations=kept)
    visit, shown = last(page, QUESTION)
    assert [one.attributes["aria-pressed"] for one in shown.of_class("judge")] == ["false", "false"]
    visit, said = page.judge(visit, number=0, verdict="wrong", correction="500 sách mới")
    assert said == "Đã ghi lại, cảm ơn bạn."
    shown = HtmlPage(page.conversation(visit))
    assert [one.attributes["aria-pressed"] for one in shown.of_class("judge")] == ["false", "true"]
    assert page.reopen(NOBODY, visit.conversation)[0].turns == visit.turns
    assert [one.turn.correction for one in kept.judged()] == ["500 sách mới"]


def test_a_verdict_that_cannot_be_kept_is_not_shown_as_kept(assistant, tmp_path):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    visit, _ = last(page, QUESTION, Visit(language="en"))
    block(tmp_path / NAME)
    then, said = page.judge(visit, number=0, verdict="right")
    assert then == visit
    assert "free space on the disk" in said


def test_what_was_thought_of_an_answer_while_the_next_was_made_is_shown(tmp_path, assistant):
    page = Page(assistant, conversations=Conversations.open(tmp_path))
    visit, _ = last(page, QUESTION)
    steps = page.ask("Còn cầu?", visit)
    next(steps)
    page.judge(visit, number=0, verdict="right")
    *_, (answered, _) = steps
    assert [turn.verdict for turn in answered.turns] == ["right", None]
