"""How long the page takes to show that it heard a question, and how long to show the answer.

    python -m benchmarks.first_sign [--questions 20]

The real chat over ``corpus/`` in Chromium.  Counted by the page's own clock from the key that sends the question to the
first frame that shows what is being done, and to the one that shows the answer; the first question, which loads the
models, is left out.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.questions import read_questions
from tests.browser.chat_server import CHROMIUM_ARGUMENTS, ROOT, chat_server, chromium

ASKED = ROOT / "tests" / "data" / "corpus_questions.jsonl"
# resolves with the milliseconds until something of this selector is painted
SHOWN = """([selector, turns]) => new Promise((resolve) => {
  const began = performance.now();
  const look = () => document.querySelectorAll(".turn").length > turns
      && document.querySelector(`.turn:last-child :is(${selector})`)
    ? resolve(performance.now() - began) : requestAnimationFrame(look);
  look();
})"""
DONE = ".short, .problem, .items"


def milliseconds_of(page: Page, question: str) -> tuple[float, float]:
    """Ask, and return the milliseconds to the first sign and to the answer."""
    turns = page.locator(".turn").count()
    box = page.get_by_label("Câu hỏi")
    box.fill(question)
    page.evaluate(
        f"""([turns, done]) => {{
          const shown = {SHOWN};
          document.addEventListener("keydown", () => {{
            window.signs = Promise.all([shown([".pending, " + done, turns]), shown([done, turns])]);
          }}, {{ once: true, capture: true }});
        }}""",
        [turns, DONE],
    )
    box.press("Enter")
    first, answer = page.evaluate("window.signs")
    return first, answer


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=20)
    arguments = parser.parse_args()
    questions = [one.question for one in read_questions(ASKED) if not one.history]
    with (
        tempfile.TemporaryDirectory() as folder,
        chat_server(Path(folder)) as address,
        sync_playwright() as engine,
    ):
        browser = engine.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page()
        page.goto(address)
        page.locator(".welcome").wait_for()
        times = [milliseconds_of(page, question) for question in questions[: arguments.questions + 1]][1:]
        browser.close()
    print("| from the key | median | longest |")
    print("|---|---|---|")
    for name, column in zip(("to the first sign", "to the answer"), zip(*times, strict=True), strict=True):
        print(f"| {name} | {statistics.median(column):.0f} ms | {max(column):.0f} ms |")


if __name__ == "__main__":
    main()
