"""The chat as its own process over an assistant without models: ``python -m tests.ui.fake_chat [--auth FILE] …``."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.answer import Reply

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
SLOW = "Câu nào phải đợi lâu?"
SLOW_SECONDS = 3.0


class Served(NamedTuple):
    """A running chat: its address without a slash, and the file with all that it prints."""

    url: str
    log: Path


@contextmanager
def fake_chat(folder: Path, *options: str) -> Iterator[Served]:
    """Serve the chat with these options of ``hoidap chat`` until the block ends; it keeps its state in the folder."""
    log = folder / "chat.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.fake_chat", "--index", str(folder), *options],
            cwd=ROOT,
            stdout=sink,
            stderr=sink,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)},
        )
    try:
        yield Served(_address(process, log), log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.1)
    raise RuntimeError(f"The chat did not start:\n{log.read_text(encoding='utf-8')}")


def main() -> None:
    """Run the real command over the fake assistant."""
    from tests.ui.fake_assistant import FakeAssistant

    class Opened(FakeAssistant):
        index = SimpleNamespace(number=7)

        def ask(self, question: str, **options: Any) -> Reply:
            if question == SLOW:
                time.sleep(SLOW_SECONDS)
            return super().ask(question, **options)

        @classmethod
        def open(cls, folder: object, *, caution: str) -> FakeAssistant:
            return cls()

    import ui.cli

    sys.modules["qa.assistant"] = ModuleType("qa.assistant")  # the real one would open an index
    sys.modules["qa.assistant"].Assistant = Opened  # type: ignore[attr-defined]

    sys.argv = ["hoidap", "chat", "--port", "0", *sys.argv[1:]]
    ui.cli.main()


if __name__ == "__main__":
    main()
