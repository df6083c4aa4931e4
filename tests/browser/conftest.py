"""Chromium, the real chat, and a page of it that must not talk to another host and on which nothing may go wrong."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.chat_page import PATIENCE
from tests.browser.chat_server import CHROMIUM_ARGUMENTS, chat_server, chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


STYLED = "[...document.styleSheets].some((sheet) => sheet.href?.endsWith('/hoidap/chat.css'))"


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """What is expected may take as long; how long it takes is no matter of tests."""
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the chat keeps its state."""
    return tmp_path_factory.mktemp("chat")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with chat_server(folder) as address:
        yield address


@pytest.fixture(scope="module")
def engine() -> Iterator[Playwright]:
    """Playwright; it runs an event loop, so it must be gone before tests that run their own."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(engine: Playwright) -> Iterator[Browser]:
    try:
        path = chromium()
    except FileNotFoundError as error:
        pytest.fail(str(error))
    browser = engine.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    settings = {"viewport": {"width": 1280, "height": 800}, **getattr(request, "param", {})}
    context = browser.new_context(**settings)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The chat, opened."""
    page = context.new_page()
    with watched(page):
        page.goto(address)
        expect(page.locator(".welcome")).to_be_visible()
        page.wait_for_function(STYLED)
        yield page


@contextmanager
def watched(page: Page) -> Iterator[None]:
    """At the end nothing may have been asked of another host, and nothing may have gone wrong."""
    hosts: set[str | None] = set()
    wrong: list[str] = []
    page.on(
        "request", lambda request: hosts.add(urlsplit(request.url).hostname) if "://" in request.url else None
    )
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield
    assert hosts == {"127.0.0.1"}
    assert wrong == []
