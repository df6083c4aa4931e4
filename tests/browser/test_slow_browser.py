"""What the page makes of answers that are long in coming: nothing that was typed or pressed meanwhile is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import watched
from tests.ui.fake_assistant import BRIDGE, LIBRARY
from tests.ui.fake_chat import fake_chat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

LISTED = "**/gradio_api/run/predict*"
PAUSED = "new Promise((done) => setTimeout(done, 250))"  # who pauses that long has typed what is searched for


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with fake_chat(tmp_path_factory.mktemp("slow")) as served:
        yield f"{served.url}/"


def hold_the_first(page: Page) -> list[Route]:
    """Where the next request for a list will be held until it is told to go on; those after it pass."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(LISTED, hold)
    return held


def test_the_page_is_whole_before_any_file_of_its_own_has_come(context, address):
    context.route("**/hoidap/*", lambda route: None)
    page = context.new_page()
    with watched(page):
        page.goto(address, wait_until="commit")
        page.locator(".example").first.click()
        expect(page.locator(".turn .answer").first).to_be_visible()
        page.get_by_role("button", name="Các bài viết").click()
        expect(page.locator("td.of-title")).to_have_count(2)
        context.unroute("**/hoidap/*")


def test_a_search_that_is_typed_while_a_list_is_made_is_made_next_and_stays_in_its_box(page):
    page.get_by_role("button", name="Các bài viết").click()
    titles, box = page.locator("td.of-title"), page.get_by_label("Tìm bài viết")
    expect(titles).to_have_text([BRIDGE.title, LIBRARY.title])
    expect(page.locator("#reading h2")).to_be_focused()
    held = hold_the_first(page)
    with page.expect_request(LISTED):
        box.fill("thu vien")
    box.fill("cau")
    page.evaluate(PAUSED)
    with page.expect_request(LISTED):
        held[0].continue_()
    expect(titles).to_have_text([BRIDGE.title])
    expect(box).to_have_value("cau")


def test_a_list_is_sorted_and_searched_while_it_is_sorted_already(page):
    page.get_by_role("button", name="Các bài viết").click()
    titles = page.locator("td.of-title")
    expect(titles).to_have_text([BRIDGE.title, LIBRARY.title])
    expect(page.locator("#reading h2")).to_be_focused()
    held = hold_the_first(page)
    with page.expect_request(LISTED):
        page.locator(".sort[data-order=file]").click()
    page.locator(".sort[data-order=published]").click()
    page.get_by_label("Tìm bài viết").fill("a")
    with page.expect_request(LISTED):
        held[0].continue_()
    expect(page.locator("th.of-published")).to_have_attribute("aria-sort", "descending")
    expect(titles).to_have_text([LIBRARY.title, BRIDGE.title])
    expect(page.get_by_label("Tìm bài viết")).to_have_value("a")
