"""One conversation that is stopped, or open on two pages: the real server over an assistant without models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import PATIENCE, ask
from tests.browser.conftest import watched
from tests.ui.fake_assistant import BOOKS, QUESTION
from tests.ui.fake_chat import SLOW, SLOW_SECONDS, fake_chat

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with fake_chat(tmp_path_factory.mktemp("conversation")) as served:
        yield f"{served.url}/"


def stop_while_answering(page):
    """Ask what takes long, stop it, and wait until the answer that nobody waits for any more is made."""
    box = page.get_by_label("Câu hỏi")
    box.fill(SLOW)
    box.press("Enter")
    expect(page.locator(".pending")).to_be_visible()
    page.get_by_role("button", name="Dừng").click()
    expect(page.locator(".turn").last.locator(".problem")).to_contain_text("Đã dừng")
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.get_by_role("button", name="Hỏi", exact=True)).to_be_visible()
    page.wait_for_timeout(1000 * SLOW_SECONDS)
    expect(page.locator(".turn").last.locator(".problem")).to_contain_text("Đã dừng")


def test_a_stopped_first_question_begins_no_conversation_and_the_next_one_is_answered(page):
    stop_while_answering(page)
    assert "c=" not in page.url
    page.get_by_role("button", name="Đã hỏi").click()
    expect(page.locator(".history .reopen", has_text=SLOW)).to_have_count(0)
    ask(page, QUESTION)
    expect(page.locator(".turn").last.locator(".answer").first).to_contain_text(BOOKS.text)
    page.reload()
    expect(page.locator(".question")).to_have_text([QUESTION], timeout=PATIENCE)


def test_stopping_leaves_the_conversation_as_it_was_and_the_question_can_be_asked_again(page):
    ask(page, QUESTION)
    stop_while_answering(page)
    page.get_by_role("button", name="Hỏi lại").click()
    expect(page.locator(".turn").last.locator(".short").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".question")).to_have_text([QUESTION, SLOW])
    stop_while_answering(page)
    page.reload()
    expect(page.locator(".question")).to_have_text([QUESTION, SLOW], timeout=PATIENCE)
    expect(page.locator(".problem")).to_have_count(0)


def test_two_pages_of_one_conversation_keep_each_other_s_questions(page, context):
    ask(page, QUESTION)
    other = context.new_page()
    with watched(other):
        other.goto(page.url)
        expect(other.locator(".question")).to_have_text([QUESTION], timeout=PATIENCE)
        ask(page, "Cầu dài bao nhiêu?")
        box = other.get_by_label("Câu hỏi")
        box.fill("Ai chủ trì buổi lễ?")
        box.press("Enter")
        together = [QUESTION, "Cầu dài bao nhiêu?", "Ai chủ trì buổi lễ?"]
        expect(other.locator(".question")).to_have_text(together)
        expect(other.locator(".pending")).to_have_count(0)
        for one in (page, other):
            one.reload()
            expect(one.locator(".question")).to_have_text(together, timeout=PATIENCE)


def test_the_title_follows_the_first_question_when_it_is_changed(page):
    ask(page, "Thư viện mở khi nào?")
    page.get_by_role("button", name="Sửa câu hỏi").click()
    ask(page, QUESTION)
    page.get_by_role("button", name="Đã hỏi").click()
    expect(page.locator(".history li[aria-current] .reopen")).to_have_text(QUESTION)
