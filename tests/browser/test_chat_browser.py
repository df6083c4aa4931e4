"""The chat as people meet it: the real server, the real models, Debian's Chromium."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from gradio_client import Client
from playwright.sync_api import expect

from tests.browser.chat_page import (
    ACTIVE,
    ANSWER,
    ARTICLE,
    DARK,
    HOSTILE,
    NOT_IN_THE_ARTICLES,
    PHONE,
    QUESTION,
    SHOWN,
    SMALL_PHONE,
    article_text,
    ask,
    shown_text,
    target,
)
from tests.browser.chat_server import CORPUS, chat_server
from ui.render import NO_ANSWER

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("question", [QUESTION, "dang bo so gddt co bao nhieu dang vien"])
def test_an_answer_is_checked_in_its_article_with_one_click(page, question):
    ask(page, question)
    expect(page.locator(".answer").first).to_contain_text(ANSWER)

    page.locator(".answer .source").first.click()
    expect(target(page)).to_be_in_viewport()
    expect(target(page)).to_contain_text(ANSWER)

    link = parse_qs(urlsplit(page.url).query)
    start, end = map(int, re.fullmatch(r"1:(\d+)-(\d+)", link["at"][0]).groups())
    text = article_text(ARTICLE)
    assert link["article"] == [ARTICLE]
    assert target(page).text_content() == text[start:end]
    assert shown_text(page) == text


def test_a_question_without_tone_marks_can_be_searched_as_it_was_typed(page):
    typed = "dang bo so gddt co bao nhieu dang vien"
    ask(page, typed)
    expect(page.locator(".note.did_you_mean")).to_contain_text("Đảng bộ")
    page.get_by_role("button", name="Tìm đúng như đã gõ").click()
    expect(page.locator(".question")).to_have_text([typed, f'"{typed}"'])
    expect(page.locator(".turn").last.locator(".short").first).to_be_visible()
    expect(page.locator(".turn").last.locator(".note")).to_have_count(0)


def test_a_conversation_keeps_its_answers_and_their_citations(page):
    questions = [QUESTION, "Ai chủ trì hội nghị của Trường Chính trị?", NOT_IN_THE_ARTICLES]
    for question in questions:
        ask(page, question)
    assert page.locator(".question").all_text_contents() == questions
    for turn in (1, 0, 2):
        source = page.locator(".turn").nth(turn).locator(".source").first
        source.click()
        expect(page.locator("#reading h2")).to_have_text(source.locator(".title").text_content())
        expect(target(page)).to_be_in_viewport()
        address = {name: value for name, value in parse_qs(urlsplit(page.url).query).items() if name != "c"}
        assert address == parse_qs(source.get_attribute("href").removeprefix("?"))


def test_the_places_of_an_article_are_walked_through_and_copied_with_their_source(page, context, address):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    first, second = "Phạm Đăng Khoa", "Nguyễn Hữu Quát"
    ask(page, "Kể tên các đồng chí phát biểu tại hội nghị của Sở GDĐT")
    page.locator(".answer .source").first.click()
    here = page.locator("#reading mark.here")
    expect(here).to_have_text(first)
    page.locator("[data-action=next]").click()
    expect(here).to_have_text(second)
    expect(here).to_be_in_viewport()
    expect(here).to_be_focused()
    title = page.locator("#reading h2").text_content()
    copied_quote(page, is_=f"“{second}” — {title}, Đình Vinh")
    page.locator("[data-action=previous]").click()
    expect(here).to_have_text(first)
    copied_quote(page, is_=f"“{first}” — {title}, Đình Vinh")


KEEP_TEXTS = """button => {
  const texts = button.texts = [];
  new MutationObserver(() => texts.push(button.textContent)).observe(button, { childList: true });
}"""


def copied_quote(page, *, is_):
    """Press the button that copies, which says so for a while; the clipboard then has this."""
    button = page.locator("[data-action=copy]")
    button.evaluate(KEEP_TEXTS)
    button.click()
    expect(button).to_have_js_property("texts", ["Đã chép", "Chép trích dẫn"])
    assert page.evaluate("navigator.clipboard.readText()") == is_


def test_a_correction_is_kept_when_the_answer_is_called_wrong_again(page):
    ask(page, QUESTION)
    wrong, box = page.get_by_role("button", name="Sai"), page.locator(".correction input")
    wrong.click()
    box.fill("70 đảng viên")
    page.locator(".correction button").click()
    expect(page.locator(".said")).not_to_be_empty()
    with page.expect_request_finished(lambda request: "/run/predict" in request.url):
        wrong.click()
    page.reload()
    expect(box).to_have_value("70 đảng viên")


def test_the_same_citation_can_be_opened_again_after_closing_and_moving(page):
    ask(page, QUESTION)
    citation = page.locator(".answer .cite").first
    for _ in range(2):
        for _ in range(2):
            citation.click()
            expect(target(page)).to_be_focused()  # the last that opening does
            expect(target(page)).to_be_in_viewport()
            page.locator("#reading").evaluate("element => element.scrollTo(0, 0)")
        page.get_by_role("button", name="Đóng", exact=True).click()
        expect(page.locator("#reading")).to_be_hidden()
        assert parse_qs(urlsplit(page.url).query).keys() == {"c"}


def test_a_question_that_the_articles_do_not_answer_gets_no_answer(page):
    ask(page, NOT_IN_THE_ARTICLES)
    expect(page.locator(".short")).to_have_text(NO_ANSWER)
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator(".closest h3")).to_contain_text("không phải là câu trả lời")


@pytest.mark.parametrize("context", [PHONE, SMALL_PHONE], indirect=True, ids=["390", "360"])
def test_on_a_phone_the_article_opens_below_the_chat(page):
    width = page.viewport_size["width"]
    ask(page, QUESTION)
    page.locator(".answer .source").first.click()
    expect(target(page)).to_be_in_viewport()
    chat, reading = page.locator("#talk").bounding_box(), page.locator("#reading").bounding_box()
    assert reading["y"] >= chat["y"] + chat["height"]
    assert reading["width"] <= width
    ask(page, NOT_IN_THE_ARTICLES)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    outside = page.locator("#desk *:not(.title bdi)").evaluate_all(
        f"all => all.filter(one => one.getBoundingClientRect().right > {width} + 1).map(one => one.outerHTML)"
    )
    assert outside == []


def test_what_a_user_types_stays_text(page):
    ask(page, HOSTILE)
    assert page.locator(".question bdi").text_content() == SHOWN
    assert page.locator("#conversation").locator(ACTIVE).count() == 0


def test_a_link_to_a_place_opens_the_article_there(page, address):
    text = article_text(ARTICLE)
    start = text.index(ANSWER)
    page.goto(f"{address}?article={ARTICLE}&at={start}-{start + len(ANSWER)}")
    expect(target(page)).to_have_text(ANSWER)
    expect(target(page)).to_be_in_viewport()


def test_an_example_question_is_asked_with_one_click(page):
    example = page.locator(".example").first
    question = example.text_content()
    example.click()
    expect(page.locator(".question")).to_have_text(question)
    expect(page.locator(".short").first).to_be_visible()


def test_everything_works_from_the_keyboard(page):
    expect(page.get_by_label("Câu hỏi")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".answer").first).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('a.source')"):
            break
    page.keyboard.press("Enter")
    expect(target(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reading")).to_be_hidden()
    expect(page.get_by_label("Câu hỏi")).to_be_focused()


def test_clearing_starts_over(page):
    ask(page, QUESTION)
    page.get_by_role("button", name="Trò chuyện mới").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_the_page_is_vietnamese_and_leaves_nothing_in_the_browser(page):
    ask(page, QUESTION)
    assert page.title() == "Hỏi Đáp"
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Hỏi Đáp')")
    visible = page.locator("body").inner_text()
    assert not re.search(r"\b(Gradio|Built with|Settings|Use via API|Submit|Clear|Loading)\b", visible)


# WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of relative luminances, at least 4.5 for text
CONTRAST = """all => all.filter(one => one.offsetParent).map(one => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    colours.forEach((colour) => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); });
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const below = [];
  for (let at = one; at; at = at.parentElement) below.unshift(getComputedStyle(at).backgroundColor);
  const ground = paint(below), ink = paint([...below, getComputedStyle(one).color]);
  const ratio = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
  return [one.className || one.tagName, Math.round(ratio * 100) / 100];
}).filter(([, ratio]) => ratio < 4.5)"""


@pytest.mark.parametrize("context", [{}, DARK], indirect=True, ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(page):
    assert page.locator("#top *, .welcome *, #composer button:visible").evaluate_all(CONTRAST) == []
    ask(page, QUESTION)
    ask(page, "dang bo so gddt co bao nhieu dang vien")
    ask(page, NOT_IN_THE_ARTICLES)
    page.locator(".answer .source").first.click()
    expect(target(page)).to_be_in_viewport()
    assert (
        page.locator("#desk :is(p, h2, h3, a, span, mark, button, summary, bdi)").evaluate_all(CONTRAST) == []
    )


def test_programs_get_the_json_of_the_command_line(address):
    client = Client(address, verbose=False)
    try:
        reply = client.predict(QUESTION, api_name="/ask")
        hits = client.predict(QUESTION, k=2, api_name="/search")["hits"]
        articles = client.predict(api_name="/articles")
    finally:
        client.close()
    best = reply["answers"][0]
    assert (reply["answered"], best["article"]) == (True, ARTICLE)
    assert ANSWER in best["sentence"]
    assert article_text(ARTICLE)[best["start"] : best["end"]] == best["text"]
    assert len(hits) == 2
    assert {"article", "title", "published", "source", "start", "end", "text", "score"} <= hits[0].keys()
    assert [article["article"] for article in articles] == sorted(path.name for path in CORPUS.glob("0*.txt"))


def test_the_server_stops_quietly_while_a_page_is_open(browser, tmp_path):
    page = browser.new_page()
    with chat_server(tmp_path) as address:
        page.goto(address)
        expect(page.locator(".welcome")).to_be_visible()
    page.close()
    (line,) = (tmp_path / "chat.log").read_text(encoding="utf-8").splitlines()
    assert address in line


@pytest.mark.parametrize("context", [{}, PHONE], indirect=True)
def test_filters_narrow_the_search_and_say_so(page):
    page.get_by_text("Lọc bài viết").click()
    page.get_by_label("Nguồn, tiêu đề hoặc tên tệp").fill("UET")
    expect(page.locator("#filtered")).to_contain_text("UET")
    ask(page, QUESTION)
    expect(page.locator(".turn").last.locator(".within")).to_contain_text("UET")
    sources = page.locator(".turn").last.locator(".source")
    for number in range(sources.count()):
        expect(sources.nth(number)).to_contain_text("UET-News")
    page.get_by_label("Đăng từ ngày").fill("hôm qua")
    expect(page.locator("#filtered .problem")).to_contain_text("không phải là một ngày")


def test_the_last_question_can_be_changed_and_asked_again(page):
    ask(page, QUESTION)
    page.get_by_role("button", name="Sửa câu hỏi").click()
    expect(page.locator(".turn")).to_have_count(0)
    box = page.get_by_label("Câu hỏi")
    expect(box).to_have_value(QUESTION)
    expect(box).to_be_focused()
    ask(page, QUESTION.replace("đảng viên", "chi bộ"))
    expect(page.locator(".answer").first).to_contain_text("07 chi bộ")


def test_a_list_numbers_its_items_and_each_opens_its_place(page):
    ask(page, "Những ai chủ trì toạ đàm khoa học?")
    items = page.locator(".items li")
    expect(items).to_have_count(3)
    expect(items.nth(1)).to_contain_text("Lưu Văn Hiền")
    items.nth(1).locator("a.cite").click()
    expect(target(page)).to_contain_text("Lưu Văn Hiền")


def test_why_is_one_click_away(page):
    ask(page, QUESTION)
    page.get_by_text("Vì sao?").click()
    expect(page.locator(".why")).to_contain_text("Đã tìm: Đảng bộ Sở GDĐT")


@pytest.mark.parametrize("context", [{}, PHONE], indirect=True)
def test_the_articles_are_listed_searched_sorted_and_opened(page):
    page.get_by_role("button", name="Các bài viết").click()
    titles = page.locator("#reading td.of-title")
    expect(titles).to_have_count(5)
    page.get_by_role("button", name="Ngày đăng").click()
    expect(titles.first).to_contain_text("Cụm thi đua")
    page.get_by_label("Tìm bài viết").press_sequentially("uet")
    expect(titles).to_have_count(1)
    expect(page.get_by_label("Tìm bài viết")).to_be_focused()
    titles.first.locator("a").click()
    expect(page.locator("#reading h2")).to_contain_text("Nâng cao chất lượng sinh hoạt chi bộ")
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
