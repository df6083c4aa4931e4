"""What a page shows while more people ask than the queue takes."""

from __future__ import annotations

import itertools
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import ANSWER, PATIENCE, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser


@contextmanager
def crowd(address: str) -> Iterator[None]:
    """Programs that ask without end; the block begins when the queue is full."""
    full, enough = threading.Event(), threading.Event()

    def ask_on() -> None:
        with httpx.Client(base_url=f"{address}gradio_api/", timeout=60) as http:
            for number in itertools.count():
                if enough.is_set():
                    return
                sent = http.post("call/v2/ask", json={"question": f"Đảng bộ nào có {number} đảng viên?"})
                if sent.status_code == 503:
                    full.set()

    asking = threading.Thread(target=ask_on)
    asking.start()
    try:
        assert full.wait(60)
        yield
    finally:
        enough.set()
        asking.join()


def test_a_question_that_waits_for_its_turn_says_so_and_is_stopped(page, address):
    with httpx.Client(base_url=f"{address}gradio_api/", timeout=60) as http:
        for number in range(20):
            http.post("call/v2/ask", json={"question": f"Chi bộ nào có {number} đảng viên?"})
    box = page.get_by_label("Câu hỏi")
    box.fill(QUESTION)
    box.press("Enter")
    queued = page.get_by_text("Đang chờ tới lượt…")
    expect(queued).to_be_visible()
    page.get_by_role("button", name="Dừng").click()
    expect(queued).to_be_hidden()
    expect(page.locator(".turn")).to_have_count(0)
    expect(box).to_have_value(QUESTION)
    box.press("Enter")
    expect(page.locator(".answer").first).to_contain_text(ANSWER, timeout=PATIENCE)
    expect(queued).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "busy"),
    [("vi", "Đang có nhiều người hỏi: hãy chờ"), ("en", "Many people are asking: wait")],
)
def test_the_page_says_so_in_its_language_and_keeps_question_and_conversation(
    context, address, language, busy
):
    page = context.new_page()
    page.goto(f"{address}?lang={language}")
    expect(page.locator(".welcome")).to_be_visible(timeout=PATIENCE)
    box = page.locator("#question textarea")
    with crowd(address):
        box.fill(QUESTION)
        box.press("Enter")
        expect(page.get_by_text(busy)).to_be_visible(timeout=PATIENCE)
        expect(box).to_have_value(QUESTION)
        expect(page.locator(".welcome")).to_be_visible()
