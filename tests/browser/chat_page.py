"""What tests do on a page of the chat, and what they look at there."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat_server import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Request

QUESTION = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"
ANSWER = "72 đảng viên"
ARTICLE = "001_db237bcd22573425.txt"
NOT_IN_THE_ARTICLES = "Giá xăng hôm nay là bao nhiêu?"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \"><a href='javascript:alert(3)'>x</a> "
    "[y](javascript:alert(4)) $$x^2$$ **đậm** {{value}} ${1+1} \x1b[31mđỏ \u202eabc"
)
SHOWN = HOSTILE.replace("\x1b", "").replace("\u202e", "")
"""What is seen of it: all of its words, and no character that acts."""
ACTIVE = "script, img, b, a[href^='javascript'], strong:not(.problem strong), .katex"
"""What none of it may become."""
PATIENCE = 30_000  # milliseconds; the first question loads the models, and the machine may be busy
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL_PHONE = {"viewport": {"width": 360, "height": 640}}
DARK = {"color_scheme": "dark"}


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter and wait for what comes of it."""
    turns = page.locator(".turn").count()
    box = page.get_by_label("Câu hỏi")
    box.fill(question)
    with answered(page):
        box.press("Enter")
    expect(page.locator(".turn")).to_have_count(turns + 1)
    expect(page.locator(".turn").last.locator(".short, .problem, .items").first).to_be_visible()


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """What is asked in the block is answered when it ends, and the page has read the answer to its end.

    Before it has, Gradio drops what is asked next, and a reload makes it report a broken connection.
    """
    ended: list[Request] = []

    def note(request: Request) -> None:
        if "/queue/data" in request.url:
            ended.append(request)

    page.on("requestfinished", note)
    page.on("requestfailed", note)  # as it is when the page itself ends it
    yield
    for _ in range(0, PATIENCE, 20):
        if ended:
            break
        page.wait_for_timeout(20)
    else:
        raise AssertionError("The page is still reading the answer.")
    page.remove_listener("requestfinished", note)
    page.remove_listener("requestfailed", note)


def target(page: Page) -> Locator:
    return page.locator("#reading mark.target")


def article_text(name: str) -> str:
    return unicodedata.normalize("NFC", (CORPUS / name).read_text(encoding="utf-8"))


def shown_text(page: Page) -> str:
    return page.locator("#reading .text").evaluate("element => element.textContent")


def axe(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
