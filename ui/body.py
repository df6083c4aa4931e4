"""The body of a request, read whole and handed on: for middleware that has to look into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive

LONGEST_BODY = 1 << 20  # bytes; a question has at most a thousand characters


async def read_body(receive: Receive) -> bytes | None:
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
