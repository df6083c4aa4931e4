"""The real chat as its own process, over an index made for it; for browser tests and for the screenshots."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
START_SECONDS = 120
STOP_SECONDS = 60
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Where Chromium is.

    :raises FileNotFoundError: it is not installed.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise FileNotFoundError(
            "Chromium is not installed: run `apt-get install chromium`; `make test` does."
        )
    return path


@contextmanager
def chat_server(folder: Path, *options: str, corpus: bool = True) -> Iterator[str]:
    """Index the corpus into ``folder/index``, serve the chat over it, and give its address.

    What the server writes is in ``folder/chat.log``.

    :param options: of ``hoidap chat``.
    :param corpus: whether there is an index at all.
    """
    hoidap = [sys.executable, "-m", "ui"]
    index = str(folder / "index")
    if corpus:
        subprocess.run([*hoidap, "index", str(CORPUS), "--index", index], cwd=ROOT, check=True)
    log = folder / "chat.log"
    with log.open("wb") as sink:
        command = [*hoidap, "chat", "--port", "0", "--index", index, *options]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=sink, stderr=sink, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
    try:
        yield _address(process, log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=STOP_SECONDS)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.2)
    raise RuntimeError(f"The chat did not start:\n{log.read_text(encoding='utf-8')}")
