"""What a page shows while more people ask than the queue takes: the real server over an assistant without models."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui.fake_assistant import BOOKS, QUESTION
from tests.ui.fake_chat import fake_chat, unanswered
from ui.chat import _WAITING_QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

CROWD = "Câu nào nhiều người hỏi?"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with fake_chat(folder) as served:
        yield f"{served.url}/"


@contextmanager
def crowd(address: str, folder: Path, *, questions: int) -> Iterator[None]:
    """So many questions of a program are there, and none is answered until the block ends."""
    with httpx.Client(base_url=f"{address}gradio_api/", timeout=60) as http:
        there: list[str] = []
        try:
            with unanswered(folder, CROWD):
                while len(there) < questions:
                    sent = http.post("call/v2/ask", json={"question": CROWD})
                    if sent.status_code != 503:  # as it is while the queue is full and none is taken out yet
                        there.append(sent.raise_for_status().json()["event_id"])
                yield
        finally:
            http.get(f"call/ask/{there[-1]}")  # once the last one is answered no other waits


def test_a_question_that_waits_for_its_turn_says_so_and_is_stopped(page, address, folder):
    box = page.get_by_label("Câu hỏi")
    queued = page.get_by_text("Đang chờ tới lượt…")
    with crowd(address, folder, questions=1):
        box.fill(QUESTION)
        with page.expect_request("**/queue/data*"):  # the page knows by then what it would stop
            box.press("Enter")
        expect(queued).to_be_visible()
        page.get_by_role("button", name="Dừng").click()
        expect(queued).to_be_hidden()
        expect(page.locator(".turn")).to_have_count(0)
        expect(box).to_have_value(QUESTION)
    box.press("Enter")
    expect(page.locator(".answer").first).to_contain_text(BOOKS.text)
    expect(queued).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "busy"),
    [("vi", "Đang có nhiều người hỏi: hãy chờ"), ("en", "Many people are asking: wait")],
)
def test_the_page_says_so_in_its_language_and_keeps_question_and_conversation(
    context, address, folder, language, busy
):
    page = context.new_page()
    page.goto(f"{address}?lang={language}")
    expect(page.locator(".welcome")).to_be_visible()
    box = page.locator("#question textarea")
    with crowd(address, folder, questions=1 + _WAITING_QUESTIONS):  # one is being answered, the others wait
        box.fill(QUESTION)
        box.press("Enter")
        expect(page.get_by_text(busy)).to_be_visible()
        expect(box).to_have_value(QUESTION)
        expect(page.locator(".welcome")).to_be_visible()
