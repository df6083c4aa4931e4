"""Logging in and out as people do it: the real server with accounts, Debian's Chromium, a phone's width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.browser.chat_page import ask, axe
from tests.browser.chat_server import CHROMIUM_ARGUMENTS, chromium
from tests.ui.fake_assistant import QUESTION
from tests.ui.fake_chat import Served, fake_chat
from ui.accounts import new_account, write_accounts

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

PASSWORD = "sông mây đá bạc"
NAME = "hoidap.example.vn"  # leads to this machine
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL_PHONE = {"viewport": {"width": 360, "height": 640}}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("chat")
    accounts = {name: new_account(name, PASSWORD) for name in ("lan", "minh", "hanh")}
    write_accounts(folder / "users.json", accounts)
    with fake_chat(folder, "--auth", str(folder / "users.json"), "--rate", "1") as served:
        yield served


@pytest.fixture(scope="module")
def browser(engine: Playwright) -> Iterator[Browser]:
    arguments = [*CHROMIUM_ARGUMENTS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    browser = engine.chromium.launch(executable_path=chromium(), args=arguments)
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(**getattr(request, "param", PHONE))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of whose requests none may go to another host."""
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on(
        "request", lambda request: hosts.add(urlsplit(request.url).hostname) if "://" in request.url else None
    )
    yield page
    assert hosts <= {"127.0.0.1", "localhost"}


def log_in(page: Page, *, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Tên người dùng").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.mark.parametrize("context", [PHONE, {**PHONE, "java_script_enabled": False}], indirect=True)
def test_the_login_needs_no_scripts_and_leads_to_the_article_that_was_linked(page, chat, context):
    page.goto(f"{chat.url}/?article=cau.txt")
    expect(page).to_have_title("Đăng nhập – Hỏi Đáp")
    log_in(page, name="lan")
    expect(page).to_have_url(f"{chat.url}/?article=cau.txt")


def test_a_user_asks_and_logs_out_and_then_the_way_back_is_closed(page, chat):
    page.goto(chat.url)
    log_in(page, name="lan")
    expect(page.locator(".welcome")).to_be_visible()
    box = page.get_by_label("Câu hỏi")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".answer").first).to_contain_text("12.500 đầu sách")
    expect(page.locator("#account")).to_contain_text("lan")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(f"{chat.url}/login")
    page.goto(chat.url)
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    page.go_back()
    expect(page.locator(".answer")).to_have_count(0)


def test_the_login_works_where_the_browser_does_not_trust_the_connection(tmp_path, context):
    """By another name than this machine's and without TLS, browsers do not say ``Sec-Fetch-Site``."""
    write_accounts(tmp_path / "users.json", {"lan": new_account("lan", PASSWORD)})
    options = ("--auth", str(tmp_path / "users.json"), "--public-url", f"http://{NAME}")
    with fake_chat(tmp_path, *options) as served:
        page = context.new_page()
        page.goto(served.url.replace("127.0.0.1", NAME))
        log_in(page, name="lan")
        expect(page.locator(".welcome")).to_be_visible()
        page.close()


def test_wrong_passwords_lock_the_user_out_for_a_while(page, chat):
    page.goto(f"{chat.url}/login")
    for guess in range(5):
        log_in(page, name="minh", password=f"sai mật khẩu {guess}")
        expect(page.get_by_role("alert")).to_have_text("Tên hoặc mật khẩu không đúng.")
    expect(page.get_by_label("Tên người dùng")).to_have_value("minh")
    expect(page.get_by_label("Mật khẩu")).to_be_focused()
    log_in(page, name="minh")
    expect(page.get_by_role("alert")).to_have_text(
        re.compile(r"Đã sai nhiều lần: hãy thử lại sau (30|2\d) giây\.")
    )


def test_the_page_speaks_english_when_told_to_and_goes_on_so(page, chat):
    page.goto(f"{chat.url}/login")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("User name").fill("nobody")
    page.get_by_label("Password").fill("a wrong password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.")


@pytest.mark.parametrize("context", [PHONE, SMALL_PHONE, DESKTOP], indirect=True)
def test_nothing_of_the_login_is_wider_than_the_screen(page, chat, context):
    page.goto(f"{chat.url}/login")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("button").bounding_box()["height"] >= 44


@pytest.mark.parametrize("context", [PHONE, {**DESKTOP, "color_scheme": "dark"}], indirect=True)
def test_axe_finds_nothing_wrong_with_the_login(page, chat):
    page.goto(f"{chat.url}/login")
    problems = axe(page)
    log_in(page, name="nobody", password="sai mật khẩu")
    expect(page.get_by_role("alert")).to_be_visible()
    assert problems + axe(page) == []


def test_a_link_from_another_site_finds_the_user_logged_in(page, chat):
    page.goto(chat.url)
    log_in(page, name="hanh")
    expect(page.locator(".welcome")).to_be_visible()
    elsewhere = chat.url.replace("127.0.0.1", "localhost")
    page.goto(f"{elsewhere}/login")  # another site to the browser, which sends no cookie from it
    page.evaluate(
        "url => { document.body.innerHTML = `<a href='${url}'>bài</a>` }", f"{chat.url}/?article=cau.txt"
    )
    page.get_by_role("link", name="bài").click()
    expect(page.locator("#reading .open-article")).to_be_visible()


def test_who_asks_too_fast_is_told_so_on_the_page(page, chat):
    page.goto(chat.url)
    log_in(page, name="hanh")
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, QUESTION)
    box = page.get_by_label("Câu hỏi")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.get_by_text("Bạn đang hỏi quá nhanh")).to_be_visible()
