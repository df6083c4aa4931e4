"""What a page shows while its server is away, and when it is back."""

from __future__ import annotations

import socket

import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import axe
from tests.ui.fake_assistant import BOOKS, QUESTION
from tests.ui.fake_chat import fake_chat

pytestmark = pytest.mark.browser


def test_the_page_says_so_in_vietnamese_and_comes_back_with_its_conversation(context, tmp_path):
    port = free_port()
    page = context.new_page()
    with fake_chat(tmp_path, "--port", port) as chat:
        page.goto(chat.url)
        expect(page.locator(".welcome")).to_be_visible()
        box = page.get_by_label("Câu hỏi")
        box.fill(QUESTION)
        box.press("Enter")
        expect(page.locator(".answer").first).to_contain_text(BOOKS.text)
    box.fill("Cầu dài bao nhiêu?")
    box.press("Enter")
    notice = page.get_by_test_id("toast-body")
    expect(notice.get_by_test_id("toast-text")).to_contain_text("Mất kết nối với máy chủ.")
    expect(notice.locator(".toast-title")).to_have_text("Lỗi")
    expect(notice.get_by_role("button", name="Đóng thông báo", exact=True)).to_be_visible()
    expect(page.locator(".answer").first).to_contain_text(BOOKS.text)
    expect(notice).to_have_css("opacity", "1")  # it fades in
    assert axe(page) == []
    with fake_chat(tmp_path, "--port", port):
        expect(notice).to_have_count(0)
        expect(page.locator(".question")).to_have_text([QUESTION])


def free_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])
