"""What a user types anywhere stays text on the page, and so it does when it comes back from where it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import ACTIVE, HOSTILE, SHOWN, ask
from tests.ui.fake_chat import fake_chat

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with fake_chat(tmp_path_factory.mktemp("hostile")) as served:
        yield f"{served.url}/"


def is_inert(page):
    assert page.locator("#desk :is(#conversation, #reading, #filtered)").locator(ACTIVE).count() == 0
    assert "\u202e" not in page.locator("#desk").inner_text()


def test_a_question_and_the_filter_that_it_is_asked_with(page):
    page.get_by_text("Lọc bài viết").click()
    page.get_by_label("Nguồn, tiêu đề hoặc tên tệp").fill(HOSTILE)
    expect(page.locator("#filtered .within")).to_contain_text(SHOWN)
    page.get_by_label("Đăng từ ngày").fill(HOSTILE)
    expect(page.locator("#filtered .problem")).to_contain_text("<script>alert(1)</script>")
    is_inert(page)
    page.get_by_label("Đăng từ ngày").fill("")
    expect(page.locator("#filtered .within")).to_contain_text(SHOWN)
    ask(page, HOSTILE)
    ask(page, HOSTILE)
    for _ in range(2):
        expect(page.locator(".question")).to_have_text([SHOWN, SHOWN])
        expect(page.locator(".turn .within").first).to_contain_text(SHOWN)
        is_inert(page)
        page.reload()


def test_a_correction_and_the_title_of_a_conversation(page):
    ask(page, HOSTILE)
    page.get_by_role("button", name="Sai").click()
    page.get_by_label("Câu trả lời đúng").fill(HOSTILE)
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator(".said")).not_to_be_empty()
    page.get_by_role("button", name="Đã hỏi").click()
    row = page.locator(".history li[aria-current]")
    expect(row.locator(".reopen")).to_contain_text("<script>alert(1)</script><img src=x")
    is_inert(page)
    row.get_by_role("button", name="Đổi tên").click()
    row.get_by_label("Tên mới").fill(f"x {HOSTILE}")
    row.get_by_role("button", name="Lưu").click()
    expect(row.locator(".reopen")).to_contain_text("x <script>alert(1)</script><img src=x")
    is_inert(page)
    page.reload()
    expect(page.get_by_label("Câu trả lời đúng")).to_have_value(SHOWN)
    is_inert(page)


def test_what_the_articles_are_searched_for(page):
    page.get_by_role("button", name="Các bài viết").click()
    expect(page.locator("#reading h2")).to_be_focused()  # the last that opening the list does
    page.get_by_label("Tìm bài viết").fill(HOSTILE)
    expect(page.locator(".list .nothing")).to_be_visible()
    expect(page.get_by_label("Tìm bài viết")).to_be_focused()
    is_inert(page)


@pytest.mark.parametrize("query", ["article={}", "article=cau.txt&at={}", "c={}", "lang={}"])
def test_a_link(page, address, query):
    page.goto(f"{address}?{query.format('<img src=x onerror=alert(1)>%E2%80%AE')}")
    expect(page.locator("#conversation .welcome")).to_be_visible()
    is_inert(page)
