"""Asks by the command line and in the chat, in a process that reaches nothing but this machine itself.

A program, not a test.  ``python -m tests.trust.offline INDEX`` prints one JSON object; with ``--alone`` it first brings
up the loopback device of the network namespace that it runs in.
"""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path

QUESTION = "Đảng bộ Sở GDĐT có bao nhiêu đảng viên?"
UP = 0x8914, 0x49  # SIOCSIFFLAGS; IFF_UP, IFF_LOOPBACK and IFF_RUNNING


def loopback_up() -> list[str]:
    """Bring up the loopback device; the names of all devices there are."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, UP[0], struct.pack("16sH14s", b"lo", UP[1], b""))
    return [name for _, name in socket.if_nameindex()]


def asked_by_command(index: str) -> dict:
    command = [sys.executable, "-m", "ui", "ask", QUESTION, "--json", "--index", index]
    return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)


def asked_in_chat(index: str) -> tuple[str, dict]:
    """The page, and the reply to the question over HTTP."""
    command = [sys.executable, "-m", "ui", "chat", "--port", "0", "--index", index]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as chat:
        try:
            url = next(found[0] for line in chat.stderr if (found := re.search(r"http://127\S+/", line)))
            with urllib.request.urlopen(url) as page:
                html = page.read().decode()
            call = f"{url}gradio_api/call/ask"
            data = json.dumps({"data": [QUESTION, [], None, None, None]}).encode()
            request = urllib.request.Request(call, data, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request) as answer:
                event = json.load(answer)["event_id"]
            with urllib.request.urlopen(f"{call}/{event}") as answer:
                return html, json.loads(answer.read().decode().split("data: ", 1)[1].split("\n")[0])[0]
        finally:
            chat.terminate()


def main() -> None:
    index, *alone = sys.argv[1:]
    devices = loopback_up() if alone else None
    by_command = asked_by_command(index)
    page, in_chat = asked_in_chat(index)
    told = {
        "devices": devices,
        "command": by_command["answers"][0]["text"],
        "chat": in_chat["answers"][0]["text"],
        "elsewhere": re.findall(r"""(?:src|href)=["'](?:https?:)?//(?!127\.0\.0\.1)[^"']+""", page),
        "tried": Path(os.environ["HOIDAP_TRIED"]).read_text(encoding="utf-8").splitlines(),
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
