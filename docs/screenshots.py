"""Make the pictures of the README from the real chat over ``corpus/``: ``python -m docs.screenshots``."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chat_server import CHROMIUM_ARGUMENTS, chat_server, chromium

IMAGES = Path(__file__).parent / "images"
QUESTIONS = ("Đảng bộ Sở GDĐT có bao nhiêu đảng viên?",)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def main() -> None:
    """Write ``chat.png``, ``chat-dark.png`` and ``chat-phone.png``."""
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
        browser.close()


def picture(browser: Browser, address: str, *, name: str, size: dict[str, int], scheme: str) -> None:
    """Ask the questions, open the citation of the last and take a picture; on a phone, of the answer."""
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    for number, question in enumerate(QUESTIONS, start=1):
        page.get_by_label("Câu hỏi").fill(question)
        page.get_by_label("Câu hỏi").press("Enter")
        page.locator(f".turn:nth-of-type({number}) .short").first.wait_for()
    if size is DESKTOP:
        page.locator(".turn").last.locator(".source").first.click()
        page.locator("mark.here").wait_for()
    page.wait_for_timeout(500)  # fonts and scrolling
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(256).save(IMAGES / name, optimize=True)  # a third of the size, no difference to the eye
    page.close()


if __name__ == "__main__":
    main()
