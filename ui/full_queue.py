"""ASGI middleware: what somebody reads whose question finds the queue full.

Gradio answers 503 with the size of its queue, and its page turns that into an English sentence of its own.  Here it
becomes one sentence: on the page in the language of the page, with the status 429, whose sentence the page shows as it
is; for programs with 503 and ``Retry-After``.  Nothing else of the page changes: the question stays in its box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers

from qa.message import Message
from ui.language import language_of, say_message, speaking
from ui.refusal import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Sent

QUEUE_FULL = Message("Đang có nhiều người hỏi: hãy chờ ít giây rồi hỏi lại.")
_WAIT_SECONDS = 5.0  # a few questions are answered by then
_JOINING = ("/gradio_api/queue/join", "/gradio_api/call/")


class FullQueue:
    """Says that the queue is full, in place of Gradio.

    :param rejected: told why a request was refused, in one word.
    """

    def __init__(self, app: ASGIApp, *, rejected: Callable[[str], None]) -> None:
        self._app = app
        self._rejected = rejected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; where the answer is that the queue is full, give ours."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith(_JOINING):
            await self._app(scope, receive, send)
            return
        full = False

        async def send_unless_full(message: Sent) -> None:
            nonlocal full
            full = full or (message["type"] == "http.response.start" and message["status"] == 503)
            if not full:
                await send(message)

        await self._app(scope, receive, send_unless_full)
        if full:
            self._rejected("busy")
            # a browser names the page that asks, whose address has its language; programs name none
            page = Headers(scope=scope).get("referer")
            with speaking(language_of(parse_qs(urlsplit(page or "").query).get("lang", [""])[0])):
                sentence = say_message(QUEUE_FULL)
            await refuse(429 if page else 503, sentence, wait=_WAIT_SECONDS)(scope, receive, send)
