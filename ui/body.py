"""The body of a request, read whole and handed on: for middleware that has to look into it, or to limit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.refusal import TOO_LARGE, refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_BODY = 1 << 20  # bytes; a question has at most two thousand characters


class ShortBodies:
    """ASGI middleware that refuses long bodies, but those of files to be added: Gradio reads any into memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] != "/uploads":
            body = await _read(receive)
            if body is None:
                await refuse(413, TOO_LARGE)(scope, receive, send)
                return
            receive = replay(body, receive)
        await self._app(scope, receive, send)


async def read_body(receive: Receive) -> bytes:
    """The body of a request that :class:`ShortBodies` has handed on: it comes at once."""
    body: bytes = (await receive())["body"]
    return body


async def _read(receive: Receive) -> bytes | None:
    """The whole body; ``None`` for one that is longer than :data:`LONGEST_BODY`, or whose sender left."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > LONGEST_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """What gives this body first, and then whatever else comes."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
