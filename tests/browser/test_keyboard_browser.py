"""All but asking without a mouse: where Tab leads, what Enter and Space do, and that the focus is seen and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import PHONE, answered, ask
from tests.ui.fake_assistant import QUESTION
from tests.ui.fake_chat import fake_chat

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

FOCUS_IS_SEEN = """() => {
  const focused = document.activeElement;
  const box = focused.getClientRects()[0];
  const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!focused.contains(above) && !above?.contains(focused)) return false; // something lies over it
  const style = getComputedStyle(focused);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
}"""
FOCUSED = "document.activeElement.outerHTML.slice(0, 200)"
MOST_STOPS = 40


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with fake_chat(tmp_path_factory.mktemp("keyboard")) as served:
        yield f"{served.url}/"


def tab_to(page, selector, *, key="Tab"):
    """Press Tab until this has the focus; on the way, whatever has it is seen to have it."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        passed.append(page.evaluate(FOCUSED))
        assert page.evaluate(FOCUS_IS_SEEN), passed[-1]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}, but to {passed}")


def back_to(page, selector):
    tab_to(page, selector, key="Shift+Tab")


def begin_anew(page):
    """Begin a new conversation; the question box has the focus then."""
    back_to(page, "#begin")
    page.keyboard.press("Enter")
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.get_by_label("Câu hỏi")).to_be_focused()


def open_history(page):
    """Open the list of conversations; its heading has the focus then."""
    back_to(page, "#asked")
    page.keyboard.press("Enter")
    expect(page.locator("#reading h2")).to_be_focused()


def test_filters_are_opened_filled_in_and_closed(page):
    back_to(page, "#filters > button")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Đăng từ ngày")).to_be_visible()
    for typed in ("1/1/2021", "31/12/2021", "Trần Bình"):
        tab_to(page, "#filters textarea")
        page.keyboard.type(typed)
    expect(page.locator("#filtered")).to_contain_text("Trần Bình")
    tab_to(page, "#question textarea")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .within")).to_contain_text("từ 01/01/2021")
    back_to(page, "#filters > button")
    page.keyboard.press("Space")
    expect(page.get_by_label("Đăng từ ngày")).to_be_hidden()


def test_the_list_of_articles_is_sorted_searched_and_left(page):
    back_to(page, "#browse")
    page.keyboard.press("Space")
    expect(page.locator("#reading h2")).to_be_focused()
    tab_to(page, ".sort[data-order=published]")
    page.keyboard.press("Enter")
    expect(page.locator("th.of-published")).to_have_attribute("aria-sort", "descending")
    expect(page.locator(".sort[data-order=published]")).to_be_focused()
    back_to(page, ".search")
    page.keyboard.type("cau")
    expect(page.locator("td.of-title")).to_have_count(1)
    expect(page.locator(".search")).to_be_focused()
    tab_to(page, "td.of-title a")
    page.keyboard.press("Enter")
    expect(page.locator("#reading h2")).to_contain_text("Khánh thành cầu")
    expect(page.locator("#reading h2")).to_be_focused()
    tab_to(page, "[data-action=close]")
    page.keyboard.press("Space")
    expect(page.locator("#reading")).to_be_hidden()
    expect(page.get_by_label("Câu hỏi")).to_be_focused()


def test_a_conversation_is_reopened_renamed_and_deleted(page):
    ask(page, QUESTION)
    begin_anew(page)
    open_history(page)
    tab_to(page, ".reopen")
    page.keyboard.press("Enter")
    expect(page.locator(".question")).to_have_text([QUESTION])
    expect(page.locator(".history li[aria-current] .reopen")).to_have_text(QUESTION)
    tab_to(page, ".renames")
    page.keyboard.press("Space")
    expect(page.get_by_label("Tên mới").first).to_be_focused()
    page.keyboard.type("Tên khác")
    page.keyboard.press("Enter")
    expect(page.locator(".reopen").first).to_have_text("Tên khác")
    expect(page.locator(".renames").first).to_be_focused()
    tab_to(page, ".delete")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator(".reopen", has_text="Tên khác")).to_have_count(0)
    expect(page.locator("#reading h2")).to_be_focused()


def test_the_list_of_conversations_is_searched_and_stays_so_while_one_is_renamed(page):
    ask(page, QUESTION)
    begin_anew(page)
    ask(page, "Cầu dài bao nhiêu?")
    open_history(page)
    expect(page.locator(".reopen").nth(1)).to_be_visible()
    tab_to(page, ".search")
    page.keyboard.type("cau DAI")
    expect(page.locator(".reopen")).to_have_text(["Cầu dài bao nhiêu?"])
    expect(page.locator(".search")).to_be_focused()
    tab_to(page, ".renames")
    page.keyboard.press("Space")
    page.keyboard.type("Cầu dài")
    page.keyboard.press("Enter")
    expect(page.locator(".reopen")).to_have_text(["Cầu dài"])
    expect(page.locator(".search")).to_have_value("cau DAI")
    back_to(page, ".search")
    page.keyboard.press("Control+A")
    page.keyboard.type("không có")
    expect(page.locator(".history .nothing")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reading")).to_be_hidden()


def test_an_answer_is_judged_and_corrected(page):
    ask(page, QUESTION)
    back_to(page, ".judge[data-verdict=wrong]")
    page.keyboard.press("Space")
    box = page.get_by_label("Câu trả lời đúng")
    expect(box).to_be_focused()
    page.keyboard.type("500 sách mới")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_text("Đã ghi lại, cảm ơn bạn.")
    back_to(page, ".judge[data-verdict=right]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đúng")).to_have_attribute("aria-pressed", "true")
    expect(box).to_be_hidden()
    expect(page.get_by_role("button", name="Đúng")).to_be_focused()


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_on_a_phone_what_has_the_focus_is_not_behind_the_question_box(page):
    for question in (QUESTION, "Ai chủ trì?", QUESTION, "Cầu ở đâu?"):
        ask(page, question)
    for _ in range(2):
        back_to(page, ".judge[data-verdict=wrong]")
    page.keyboard.press("Space")
    expect(page.locator(".correction:not([hidden]) input")).to_be_focused()
    tab_to(page, ".correction button")
    tab_to(page, "#question textarea")


def test_after_an_example_or_asking_again_tab_leads_into_the_answer(page):
    back_to(page, ".example")
    with answered(page):
        page.keyboard.press("Enter")
    expect(page.locator(".short").first).to_be_visible()
    for _ in range(2):
        expect(page.locator(".turn")).to_be_focused()
        tab_to(page, ".retry")
        with answered(page):
            page.keyboard.press("Space")
        expect(page.locator(".pending")).to_have_count(0)
