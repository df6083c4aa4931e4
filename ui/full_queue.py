"""ASGI middleware: what somebody reads whose question the queue does not take: it is full, or the server is stopping.

Gradio answers both with 503, and its page turns that into one English sentence of its own.  Here each becomes a
sentence: on the page in the language of the page, with the status 429, whose sentence the page shows as it
is; for programs with 503 and ``Retry-After``.  Nothing else of the page changes: the question stays in its box.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from qa.message import Message
from ui.refusal import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Sent

QUEUE_FULL = Message("Đang có nhiều người hỏi: hãy chờ ít giây rồi hỏi lại.")
_STOPPING = Message("Máy chủ đang dừng: hãy chờ ít phút rồi tải lại trang.")
_STOPPED = b"Queue is stopped"  # what Gradio says then
_WAIT_SECONDS = 5.0  # a few questions are answered by then
_JOINING = ("/gradio_api/queue/join", "/gradio_api/call/")


class FullQueue:
    """Says why the queue takes no question, in place of Gradio.

    :param rejected: told why a request was refused, in one word.
    """

    def __init__(self, app: ASGIApp, *, rejected: Callable[[str], None]) -> None:
        self._app = app
        self._rejected = rejected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; where the answer is that the queue does not take it, give ours."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith(_JOINING):
            await self._app(scope, receive, send)
            return
        refused, reason = False, b""

        async def send_unless_refused(message: Sent) -> None:
            nonlocal refused, reason
            if refused:
                reason += message.get("body", b"")
            elif message["type"] == "http.response.start" and message["status"] == 503:
                refused = True
            else:
                await send(message)

        await self._app(scope, receive, send_unless_refused)
        if refused:
            stopped = _STOPPED in reason
            self._rejected("stopping" if stopped else "busy")
            page = Headers(scope=scope).get("referer")  # programs name none
            told = _STOPPING if stopped else QUEUE_FULL
            await refuse(429 if page else 503, told, wait=_WAIT_SECONDS)(scope, receive, send)
