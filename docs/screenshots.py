"""Make the pictures of the README from the real chat over ``corpus/``: ``python -m docs.screenshots``."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.chat_server import CHROMIUM_ARGUMENTS, chat_server, chromium

Scheme = Literal["light", "dark"]
IMAGES = Path(__file__).parent / "images"
QUESTION = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"
TOUR = ("con chi bo thi sao", "Những ai chủ trì toạ đàm khoa học?", "Giá xăng hôm nay là bao nhiêu?")
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


def main() -> None:
    """Write ``chat.png``, ``chat-dark.png``, ``chat-phone.png`` and ``tour.webp``."""
    with (
        tempfile.TemporaryDirectory() as folder,
        chat_server(Path(folder)) as address,
        sync_playwright() as engine,
    ):
        browser = engine.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        IMAGES.mkdir(exist_ok=True)
        picture(browser, address, name="chat.png", size=DESKTOP, scheme="light")
        picture(browser, address, name="chat-dark.png", size=DESKTOP, scheme="dark")
        picture(browser, address, name="chat-phone.png", size=PHONE, scheme="light")
        tour(browser, address)
        browser.close()


def picture(browser: Browser, address: str, *, name: str, size: ViewportSize, scheme: Scheme) -> None:
    """Ask a question, open the citation and take a picture; on a phone, of the answer."""
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    ask(page, QUESTION)
    if size is DESKTOP:
        page.locator(".turn").last.locator(".source").first.click()
        page.locator("mark.here").wait_for()
    taken(page).quantize(256).save(
        IMAGES / name, optimize=True
    )  # a third of the size, no difference to the eye
    page.close()


def tour(browser: Browser, address: str) -> None:
    """Half a minute of the chat: a question and its citation, a follow-up, a list, one without an answer."""
    page = browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
    page.goto(address)
    page.locator(".welcome").wait_for()
    frames = [(taken(page), 3)]
    page.get_by_label("Câu hỏi").fill(QUESTION)
    frames.append((taken(page), 2))
    ask(page, QUESTION)
    frames.append((taken(page), 4))
    page.locator(".turn").last.locator(".source").first.click()
    page.locator("mark.here").wait_for()
    frames.append((taken(page), 5))
    for question in TOUR:
        page.get_by_label("Câu hỏi").fill(question)
        frames.append((taken(page), 2))
        ask(page, question)
        frames.append((taken(page), 4))
    pictures = [frame.resize((960, 600), Image.Resampling.LANCZOS) for frame, _ in frames]
    pictures[0].save(
        IMAGES / "tour.webp",
        save_all=True,
        append_images=pictures[1:],
        duration=[1000 * seconds for _, seconds in frames],
        loop=0,
        quality=75,
        method=6,
    )
    page.close()


def ask(page: Page, question: str) -> None:
    """Ask and wait for what comes of it."""
    page.get_by_label("Câu hỏi").fill(question)
    page.get_by_label("Câu hỏi").press("Enter")
    page.locator(".turn:not(:has(.pending)) .question", has_text=question).wait_for()


def taken(page: Page) -> Image.Image:
    """A picture of the page once fonts are there and nothing scrolls."""
    page.wait_for_timeout(500)
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


if __name__ == "__main__":
    main()
