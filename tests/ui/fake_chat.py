"""The chat as its own process over an assistant without models: ``python -m tests.ui.fake_chat [--auth FILE] …``."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.answer import Reply

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
_STOP = "stop"


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


@contextmanager
def unanswered(folder: Path, question: str) -> Iterator[None]:
    """The chat that keeps its state in the folder does not answer this question until the block ends."""
    with _answering(folder, question):
        yield


def _answering(folder: Path, question: str) -> FileLock:
    return FileLock(folder / f"{sha256(question.encode()).hexdigest()}.lock")


@contextmanager
def stopped(chat: Served) -> Iterator[None]:
    """When the block ends, the server has been told of the stop that was asked for in it."""
    before = _stops(chat)
    yield
    while _stops(chat) == before:
        time.sleep(0.05)


def _stops(chat: Served) -> int:
    return chat.log.read_text(encoding="utf-8").splitlines().count(_STOP)


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

        def __init__(self, folder: Path) -> None:
            super().__init__()
            self._folder = folder

        def ask(self, question: str, **options: Any) -> Reply:
            with _answering(self._folder, question):
                return super().ask(question, **options)

        @classmethod
        def open(cls, folder: str | Path, *, caution: str) -> FakeAssistant:
            return cls(Path(folder))

    import gradio.routes

    import ui.cli

    cancel_tasks = gradio.routes.cancel_tasks

    async def tell_and_cancel(tasks: set[str]) -> list[str]:
        print(_STOP)  # noqa: T201 - into the log, where the test sees it
        return await cancel_tasks(tasks)

    gradio.routes.cancel_tasks = tell_and_cancel
    sys.modules["qa.assistant"] = ModuleType("qa.assistant")  # the real one would open an index
    sys.modules["qa.assistant"].Assistant = Opened  # type: ignore[attr-defined]

    sys.argv = ["hoidap", "chat", "--port", "0", *sys.argv[1:]]
    ui.cli.main()


if __name__ == "__main__":
    main()
