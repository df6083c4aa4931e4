"""The chat over weeks: conversations, verdicts, languages, articles that come and go.

One server with uploads, started again on the same folder where a test says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
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
    answered,
    ask,
    axe,
    shown_text,
)
from tests.browser.chat_server import ROOT, chat_server
from tests.browser.conftest import watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with chat_server(folder, "--allow-upload") as address:
        yield address


def test_a_conversation_survives_a_reload_and_a_restart_and_can_be_deleted(context, tmp_path):
    page = context.new_page()
    with watched(page):
        with chat_server(tmp_path) as address:
            page.goto(address)
            expect(page.locator(".welcome")).to_be_visible()
            ask(page, QUESTION)
            query = page.url.partition("?")[2]
            page.reload()
            expect(page.locator(".answer").first).to_contain_text(ANSWER)
        with chat_server(tmp_path) as address:
            page.goto(f"{address}?{query}")
            expect(page.locator(".answer").first).to_contain_text(ANSWER)
            page.locator(".answer .source").first.click()
            expect(page.locator("#reading mark.target")).to_contain_text(ANSWER)
            page.goto(address)
            expect(page.locator(".welcome")).to_be_visible()
            page.get_by_role("button", name="Đã hỏi").click()
            page.locator(".reopen").click()
            expect(page.locator(".answer").first).to_contain_text(ANSWER)
            ask(page, "Còn Đảng bộ Trường Chính trị thì sao?")
            expect(page.locator(".note.follow_up")).to_be_visible()
            delete = page.locator(".history .delete")
            delete.click()
            expect(delete).to_have_text("Bấm lần nữa để xoá")
            delete.click()
            expect(page.locator(".history .nothing")).to_be_visible()
            expect(page.locator(".welcome")).to_be_visible()
            assert "c=" not in page.url


def test_a_conversation_is_renamed_and_taken_away_in_three_forms(page):
    ask(page, QUESTION)
    page.get_by_role("button", name="Đã hỏi").click()
    row = page.locator(".history li[aria-current]")
    row.get_by_role("button", name="Đổi tên").click()
    row.get_by_label("Tên mới").fill("Số đảng viên")
    row.get_by_role("button", name="Lưu").click()
    expect(row.locator(".reopen")).to_have_text("Số đảng viên")
    for label, suffix in (("Markdown", "md"), ("JSON", "json")):
        with page.expect_download() as download:
            row.get_by_role("link", name=label).click()
        assert download.value.suggested_filename == f"Số đảng viên.{suffix}"
        assert ANSWER in download.value.path().read_text(encoding="utf-8")
    with page.expect_popup() as popup:
        row.get_by_role("link", name="Bản in").click()
    expect(popup.value.locator("mark").first).to_contain_text(ANSWER)


def test_a_verdict_becomes_evaluation_data(page, folder):
    ask(page, QUESTION)
    page.get_by_role("button", name="Sai").click()
    page.get_by_label("Câu trả lời đúng").fill("70 đảng viên chính thức")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator(".said")).to_have_text("Đã ghi lại, cảm ơn bạn.")
    page.reload()
    expect(page.get_by_role("button", name="Sai")).to_have_attribute("aria-pressed", "true")
    command = [sys.executable, "-m", "ui", "feedback", "export", "--index", str(folder / "index")]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    row = json.loads(lines[-1])
    (answer,) = row["answers"]
    assert (answer["text"], row["verdict"]) == ("70 đảng viên chính thức", "wrong")
    assert row["context"][answer["start"] :].startswith(answer["text"])


def test_asking_again_leaves_one_turn(page):
    ask(page, QUESTION)
    with answered(page):
        page.get_by_role("button", name="Hỏi lại").click()
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".answer").first).to_contain_text(ANSWER)


def test_the_page_speaks_english_and_stays_so(page):
    ask(page, QUESTION)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()
    expect(page.locator(".note").first).to_contain_text("Understood")
    page.reload()
    expect(page.get_by_label("Question")).to_be_visible()
    expect(page.locator(".answer").first).to_contain_text(ANSWER)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


UPLOADED = "Khánh thành cầu Đá Bạc\n\nNgày 4/3/2021, huyện Sông Mây khánh thành cầu Đá Bạc. Cầu Đá Bạc dài 240 mét.\n"


@pytest.mark.parametrize("context", [{}, PHONE], indirect=True)
def test_an_article_is_added_and_removed_while_another_page_asks(page, context, address, tmp_path):
    question = "Cầu Đá Bạc dài bao nhiêu mét?"
    file, picture = tmp_path / "cầu.txt", tmp_path / "ảnh.png"
    file.write_text(UPLOADED, encoding="utf-8")
    picture.write_bytes(b"\x89PNG")
    other = context.new_page()
    other.goto(address)
    expect(other.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="Các bài viết").click()
    page.locator(".upload input").set_input_files([file, picture])
    ask(other, QUESTION)
    expect(other.locator(".answer").first).to_contain_text(ANSWER)
    expect(page.locator(".upload li.added")).to_contain_text("cầu.txt")
    expect(page.locator(".upload li.refused")).to_contain_text("Loại tệp này không đọc được")
    expect(page.locator("td.of-title")).to_have_count(6)
    ask(other, question)
    expect(other.locator(".turn").last.locator(".answer").first).to_contain_text("240 mét")
    remove = page.locator("button.remove")
    expect(remove).to_have_count(1)
    for _ in range(2):
        remove.click()
    expect(page.locator("td.of-title")).to_have_count(5)
    ask(other, question)
    assert "240 mét" not in other.locator(".turn").last.inner_text()


def test_files_are_dropped_on_the_list_and_it_is_seen_how_far_they_are(page, context, tmp_path):
    """Dropped as the system drops them, so that the browser itself reads the files."""
    file, picture = tmp_path / "cầu.txt", tmp_path / "ảnh.png"
    file.write_text(UPLOADED, encoding="utf-8")
    picture.write_bytes(b"\x89PNG")
    page.get_by_role("button", name="Các bài viết").click()
    place, bar = page.locator(".upload"), page.locator(".upload progress")
    expect(bar).to_be_hidden()
    held: list[Route] = []
    page.route("**/uploads*", lambda route: held.append(route))
    drag = context.new_cdp_session(page)
    box = place.bounding_box()
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(file), str(picture)], "dragOperationsMask": 1}
    for event in ("dragEnter", "dragOver"):
        drag.send("Input.dispatchDragEvent", {"type": event, **where, "data": data})
    expect(place).to_have_class("upload over")
    with page.expect_request("**/uploads*"):
        drag.send("Input.dispatchDragEvent", {"type": "drop", **where, "data": data})
    expect(place).to_have_class("upload")
    expect(bar).to_be_visible()
    held[0].continue_()
    expect(page.locator(".upload li.added")).to_have_text("✓ cầu.txt")
    expect(page.locator(".upload li.refused")).to_contain_text("✗ ảnh.png Loại tệp này không đọc được")
    expect(page.locator("td.of-title", has_text="Khánh thành cầu Đá Bạc")).to_have_count(1)
    expect(bar).to_be_hidden()
    page.unroute("**/uploads*")
    for _ in range(2):
        page.locator("button.remove").click()
    expect(page.locator("button.remove")).to_have_count(0)


def test_an_upload_that_ends_leaves_what_is_read_and_one_of_too_many_files_says_so(context, tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(51)]
    for file in files:
        file.write_text(UPLOADED, encoding="utf-8")
    page = context.new_page()
    held: list[Route] = []
    with chat_server(tmp_path, "--allow-upload") as address:
        with watched(page):
            page.goto(address)
            expect(page.locator(".welcome h2")).to_contain_text("5 bài viết")
            page.get_by_role("button", name="Các bài viết").click()
            page.route("**/uploads*", lambda route: held.append(route))
            with page.expect_request("**/uploads*"):
                page.locator(".upload input").set_input_files(files[0])
            page.locator("td.of-title a").first.click()
            expect(page.locator("#reading .text")).to_be_visible()
            held[0].continue_()
            expect(page.locator(".welcome h2")).to_contain_text("6 bài viết")
            expect(page.locator("#reading .text")).to_be_visible()
        page.unroute("**/uploads*")
        page.get_by_role("button", name="Các bài viết").click()
        expect(page.locator("td.of-title")).to_have_count(6)
        page.locator(".upload input").set_input_files(files)
        expect(page.locator(".upload li.refused")).to_contain_text("tối đa 50 tệp")


def test_what_an_article_says_stays_text_wherever_it_is_shown(page, context, tmp_path):
    """Its title, its name, the answer, the sentence around it, the article, the list, the conversation to print."""
    sentence = f"Cầu {HOSTILE} ở xã Đồi Xanh dài 987 mét."
    file = tmp_path / "cầu <b>đậm<b> {{value}} $$x$$.txt"
    file.write_text(f"Khánh thành {HOSTILE}\n\n{sentence}\n", encoding="utf-8")
    page.get_by_role("button", name="Các bài viết").click()
    page.locator(".upload input").set_input_files(file)
    row = page.locator("td.of-title", has_text="Khánh thành <script>")
    expect(row).to_have_count(1)
    ask(page, "Cầu ở xã Đồi Xanh dài bao nhiêu mét?")
    answer = page.locator(".answer").first
    expect(answer).to_contain_text("987 mét")
    expect(answer).to_contain_text(SHOWN)
    answer.locator(".source").click()
    expect(page.locator("#reading mark.target")).to_contain_text("987 mét")
    assert "<script>alert(1)</script>" in shown_text(page)
    shown = page.locator("#desk :is(#conversation, #reading)")
    assert shown.locator(ACTIVE).count() == 0
    page.get_by_role("button", name="Đã hỏi").click()
    with page.expect_popup() as popup:
        page.locator(".history li[aria-current]").get_by_role("link", name="Bản in").click()
    with watched(popup.value):
        popup.value.reload()
        expect(popup.value.locator("mark").first).to_contain_text("987 mét")
        assert popup.value.locator("script, img, a[href^='javascript']").count() == 0
    page.get_by_role("button", name="Các bài viết").click()
    remove = page.locator("button.remove")
    for _ in range(2):
        remove.click()
    expect(row).to_have_count(0)


def test_without_an_index_the_page_says_what_to_do_and_takes_the_first_article(context, tmp_path):
    file = tmp_path / "cầu.txt"
    file.write_text(UPLOADED, encoding="utf-8")
    page = context.new_page()
    with watched(page), chat_server(tmp_path, "--allow-upload", corpus=False) as address:
        page.goto(address)
        expect(page.locator(".setup")).to_contain_text("hoidap index")
        page.get_by_role("button", name="Các bài viết").click()
        page.locator(".upload input").set_input_files(file)
        expect(page.locator("td.of-title")).to_have_count(1)
        expect(page.locator(".welcome h2")).to_contain_text("1 bài viết")
        ask(page, "Cầu Đá Bạc dài bao nhiêu mét?")
        expect(page.locator(".answer").first).to_contain_text("240 mét")


@pytest.mark.parametrize("context", [{}, PHONE, DARK], indirect=True, ids=["desktop", "phone", "dark"])
def test_axe_finds_nothing_wrong(page):
    problems = axe(page)
    ask(page, QUESTION)
    ask(page, "Những ai chủ trì toạ đàm khoa học?")
    ask(page, NOT_IN_THE_ARTICLES)
    page.get_by_role("button", name="Sai").first.click()
    page.get_by_text("Vì sao?").first.click()
    page.locator(".answer .source").first.click()
    expect(page.locator("#reading mark.target")).to_be_visible()
    problems += axe(page)
    for panel in ("Đã hỏi", "Các bài viết"):
        page.get_by_role("button", name=panel).click()
        expect(page.locator("#reading h2")).to_be_visible()
        problems += axe(page)
    assert problems == []


def test_the_article_of_a_link_opens_in_a_kept_conversation(page, address):
    ask(page, QUESTION)
    page.goto(f"{page.url}&article={ARTICLE}")
    expect(page.locator("#reading h2")).to_be_visible()
    expect(page.locator(".answer").first).to_contain_text(ANSWER)
