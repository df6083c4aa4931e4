"""One conversation that is stopped, or open on two pages: the real server over an assistant without models."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import SMALL_PHONE, answered, ask
from tests.browser.conftest import watched
from tests.ui.fake_assistant import BOOKS, QUESTION
from tests.ui.fake_chat import Served, fake_chat, stopped, unanswered
from ui.conversations import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

STOPPED = "Câu nào bị dừng?"


@pytest.fixture(scope="module")
def chat(folder: Path) -> Iterator[Served]:
    with fake_chat(folder) as served:
        yield served


@pytest.fixture(scope="module")
def address(chat: Served) -> str:
    return f"{chat.url}/"


def stop_while_answering(page, folder, chat):
    """Ask, stop it, and wait until the answer that nobody waits for any more is made."""
    box = page.get_by_label("Câu hỏi")
    with ExitStack() as until_answered:
        until_answered.enter_context(unanswered(folder, STOPPED))
        box.fill(STOPPED)
        box.press("Enter")
        expect(page.locator(".pending")).to_have_text("Đang tìm trong 2 bài viết…")
        with stopped(chat):
            page.get_by_role("button", name="Dừng").click()
        expect(page.locator(".turn").last.locator(".problem")).to_contain_text("Đã dừng")
        expect(page.locator(".pending")).to_have_count(0)
        expect(page.get_by_role("button", name="Hỏi", exact=True)).to_be_visible()
        with page.expect_request_finished(lambda request: "/run/predict" in request.url):
            until_answered.close()  # then Gradio throws the answer away, and the page gives up waiting for it
    expect(page.locator(".turn").last.locator(".problem")).to_contain_text("Đã dừng")


def test_a_stopped_first_question_begins_no_conversation_and_the_next_one_is_answered(page, folder, chat):
    stop_while_answering(page, folder, chat)
    assert "c=" not in page.url
    page.get_by_role("button", name="Đã hỏi").click()
    expect(page.locator(".history .reopen", has_text=STOPPED)).to_have_count(0)
    ask(page, QUESTION)
    expect(page.locator(".turn").last.locator(".answer").first).to_contain_text(BOOKS.text)
    page.reload()
    expect(page.locator(".question")).to_have_text([QUESTION])


def test_stopping_leaves_the_conversation_as_it_was_and_the_question_can_be_asked_again(page, folder, chat):
    ask(page, QUESTION)
    stop_while_answering(page, folder, chat)
    with answered(page):
        page.get_by_role("button", name="Hỏi lại").click()
    expect(page.locator(".turn").last.locator(".short").first).to_be_visible()
    expect(page.locator(".question")).to_have_text([QUESTION, STOPPED])
    stop_while_answering(page, folder, chat)
    page.reload()
    expect(page.locator(".question")).to_have_text([QUESTION, STOPPED])
    expect(page.locator(".problem")).to_have_count(0)


def test_an_example_asked_before_the_answer_that_nobody_waits_for_is_made_is_answered(page, folder, chat):
    box = page.get_by_label("Câu hỏi")
    with unanswered(folder, QUESTION):
        with ExitStack() as until_answered:
            until_answered.enter_context(unanswered(folder, STOPPED))
            box.fill(STOPPED)
            box.press("Enter")
            expect(page.locator(".pending")).to_be_visible()
            with stopped(chat):
                page.get_by_role("button", name="Trò chuyện mới").click()
            expect(page.locator(".welcome")).to_be_visible()
            with page.expect_response("**/queue/join*"):
                page.locator(".example", has_text=QUESTION).click()
            with page.expect_request_finished(lambda request: "/run/predict" in request.url):
                until_answered.close()
        expect(page.locator(".pending")).to_be_visible()
    expect(page.locator(".answer").first).to_contain_text(BOOKS.text)
    expect(page.locator(".question")).to_have_text([QUESTION])


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_question_leaves_the_conversation_as_it_is(page, blank):
    box = page.get_by_label("Câu hỏi")
    for questions in ([], [QUESTION]):
        box.fill(blank)
        with answered(page):
            box.press("Enter")
        expect(page.locator(".question")).to_have_text(questions)
        expect(page.locator(".welcome")).to_have_count(0 if questions else 1)
        ask(page, QUESTION)
        expect(page.locator(".question")).to_have_text([*questions, QUESTION])


def test_two_pages_of_one_conversation_keep_each_other_s_questions(page, context):
    ask(page, QUESTION)
    other = context.new_page()
    with watched(other):
        other.goto(page.url)
        expect(other.locator(".question")).to_have_text([QUESTION])
        ask(page, "Cầu dài bao nhiêu?")
        box = other.get_by_label("Câu hỏi")
        box.fill("Ai chủ trì buổi lễ?")
        with answered(other):
            box.press("Enter")
        together = [QUESTION, "Cầu dài bao nhiêu?", "Ai chủ trì buổi lễ?"]
        expect(other.locator(".question")).to_have_text(together)
        expect(other.locator(".pending")).to_have_count(0)
        for one in (page, other):
            one.reload()
            expect(one.locator(".question")).to_have_text(together)


def test_the_title_follows_the_first_question_when_it_is_changed(page):
    ask(page, "Thư viện mở khi nào?")
    page.get_by_role("button", name="Sửa câu hỏi").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, QUESTION)
    page.get_by_role("button", name="Đã hỏi").click()
    expect(page.locator(".history li[aria-current] .reopen")).to_have_text(QUESTION)


def test_the_open_list_marks_the_conversation_that_is_reopened_or_begun(page):
    ask(page, "Ai chủ trì?")
    page.get_by_role("button", name="Trò chuyện mới").click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "Cầu ở đâu?")
    page.get_by_role("button", name="Đã hỏi").click()
    current = page.locator(".history li[aria-current=true] .reopen")
    expect(current).to_have_text(["Cầu ở đâu?"])
    page.locator(".history .reopen", has_text="Ai chủ trì?").first.click()
    expect(page.locator(".question")).to_have_text(["Ai chủ trì?"])
    expect(current).to_have_text(["Ai chủ trì?"])
    page.get_by_role("button", name="Trò chuyện mới").click()
    expect(current).to_have_count(0)


@pytest.mark.parametrize("context", [SMALL_PHONE], indirect=True)
def test_on_a_small_phone_a_conversation_is_searched_and_reopened(page):
    ask(page, "Sách thiếu nhi ở đâu?")
    page.get_by_role("button", name="Trò chuyện mới").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="Đã hỏi").click()
    page.get_by_label("Tìm cuộc trò chuyện").fill("thieu nhi")
    expect(page.locator(".history .reopen")).to_have_text(["Sách thiếu nhi ở đâu?"])
    box = page.get_by_label("Tìm cuộc trò chuyện").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.locator(".history .reopen").click()
    expect(page.locator(".question")).to_have_text(["Sách thiếu nhi ở đâu?"])
    expect(page.locator("#reading")).to_be_hidden()


def test_a_verdict_that_cannot_be_kept_is_told_beside_its_answer_and_can_be_given_again(page, folder):
    ask(page, QUESTION)
    right = page.get_by_role("button", name="Đúng")
    kept, aside = folder / NAME, folder / "aside.db"
    kept.rename(aside)
    kept.mkdir()
    try:
        right.click()
        expect(page.locator(".said")).to_contain_text("--no-history")
        expect(right).to_have_attribute("aria-pressed", "false")
    finally:
        kept.rmdir()
        aside.rename(kept)
    right.click()
    expect(page.locator(".said")).to_have_text("Đã ghi lại, cảm ơn bạn.")
    expect(right).to_have_attribute("aria-pressed", "true")
