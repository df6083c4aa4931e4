"""From a small phone to the largest screens: nothing overlaps, nothing sticks out, no line is too long to be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import NOT_IN_THE_ARTICLES, QUESTION, SMALL_PHONE, ask, target

pytestmark = pytest.mark.browser

SCREENS = {
    "360": SMALL_PHONE,
    "2560": {"viewport": {"width": 2560, "height": 1440}},
    "3840": {"viewport": {"width": 3840, "height": 2160}},
}
LONGEST_LINE = 60  # widths of an em: some 120 characters
# neighbours of the page and of what is in it; a sticky part may lie over what is scrolled
OVERLAPPING = """selectors => selectors.flatMap((selector) => {
  const seen = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const boxes = seen.map((one) => one.getBoundingClientRect()).filter((box) => box.width && box.height);
  const meet = (a, b) => a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1;
  return boxes.flatMap((box, at) => boxes.slice(at + 1).filter((other) => meet(box, other)).map(() => selector));
})"""
NEIGHBOURS = [
    "#top > *",
    "#top header > *",
    "#talk > *",
    "#composer > *",
    "#talk, #reading",
    ".turn",
    ".turn > *",
    ".reply > *",
    ".after > *",
    ".source > *",
    ".open-article > *",
    ".open-article .heading > *",
    ".open-article tr > *",
    ".open-article li > *",
]
TEXTS = "#desk :is(p, h2, h3, td, .sentence, .title, .items li, .why li)"
LONG_LINES = """([texts, longest]) => [...document.querySelectorAll(texts)]
  .filter((one) => one.checkVisibility() && one.innerText.trim())
  .filter((one) => {
    const { fontSize, lineHeight } = getComputedStyle(one);
    const lines = one.getBoundingClientRect().height / parseFloat(lineHeight);
    return lines > 1.9 && one.getBoundingClientRect().width / parseFloat(fontSize) > longest;
  }).map((one) => one.outerHTML.slice(0, 200))"""
PANEL_WIDTH = """(() => {
  const panel = document.querySelector("#reading");
  return panel.getBoundingClientRect().width / parseFloat(getComputedStyle(document.documentElement).fontSize);
})()"""
OUTSIDE = """[...document.querySelectorAll("#top *, #desk *:not(.title bdi)")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 200))"""


def is_well_laid_out(page):
    page.evaluate("[window, document.querySelector('#reading')].forEach((one) => one.scrollTo(0, 0))")
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(LONG_LINES, [TEXTS, LONGEST_LINE]) == []
    phone = page.viewport_size["width"] <= 800
    assert phone or page.evaluate(PANEL_WIDTH) <= LONGEST_LINE
    neighbours = [one for one in NEIGHBOURS if not (phone and one == "#talk > *")]  # the composer is sticky
    assert page.evaluate(OVERLAPPING, neighbours) == []


@pytest.mark.parametrize("context", SCREENS.values(), indirect=True, ids=SCREENS)
def test_the_page_fits_its_screen(page):
    is_well_laid_out(page)
    ask(page, QUESTION)
    ask(page, NOT_IN_THE_ARTICLES)
    page.get_by_text("Vì sao?").first.click()
    is_well_laid_out(page)
    page.locator(".answer .source").first.click()
    expect(target(page)).to_be_in_viewport()
    is_well_laid_out(page)
    for panel in ("Các bài viết", "Đã hỏi"):
        page.get_by_role("button", name=panel).click()
        expect(page.locator("#reading h2")).to_have_text(panel.replace("Đã hỏi", "Các cuộc trò chuyện"))
        is_well_laid_out(page)
    page.get_by_text("Lọc bài viết").click()
    expect(page.get_by_label("Đăng từ ngày")).to_be_visible()
    is_well_laid_out(page)


@pytest.mark.parametrize("context", [SMALL_PHONE], indirect=True)
def test_on_a_phone_the_list_of_articles_tells_all_and_sorts_by_all(page):
    page.get_by_role("button", name="Các bài viết").click()
    row = page.locator("tbody tr").first
    for column in ("title", "published", "source", "passages", "file"):
        expect(row.locator(f".of-{column}")).to_be_visible()
        page.locator(f".sort[data-order={column}]").click()
        expect(page.locator(f"th.of-{column}")).not_to_have_attribute("aria-sort", "none")
    label = row.locator(".of-file").evaluate("one => getComputedStyle(one, '::before').content")
    assert label == '"Tệp: "'
