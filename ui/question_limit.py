"""ASGI middleware: how often one user and one address may ask; the rest is told when to ask again.

Counts what costs time: questions from the page, from programs and from MCP clients.  Listing and reading is free.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.requests import Request

from ui.body import read_body, replay
from ui.gate import user_of_request
from ui.origins import client_key
from ui.rate import Buckets
from ui.refusal import BUSY, TOO_LARGE, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

_ASKED = re.compile(r"/gradio_api/(queue/join|(call|run|api)/(v2/)?(ask|search))/?")
_MCP = re.compile(r"/gradio_api/mcp/?")
_BURST_SECONDS = 10  # that many seconds' worth of questions may come at once
_USERS_PER_ADDRESS = 4  # offices share one


class QuestionLimit:
    """Refuses questions beyond a user's, or an address's, share.

    :param per_minute: questions of one user.
    :param rejected: told why a request was refused, in one word.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        per_minute: int,
        rejected: Callable[[str], None],
        clock: Callable[[], float],
    ) -> None:
        self._app = app
        self._rejected = rejected
        burst = max(1, per_minute * _BURST_SECONDS // 60)
        self._of_user = Buckets(per_minute=per_minute, burst=burst, clock=clock)
        self._of_address = Buckets(
            per_minute=per_minute * _USERS_PER_ADDRESS, burst=burst * _USERS_PER_ADDRESS, clock=clock
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or tell when to ask again."""
        if scope["type"] == "http" and scope["method"] == "POST":
            asked = _ASKED.fullmatch(scope["path"]) is not None
            if _MCP.fullmatch(scope["path"]):
                body = await read_body(receive)
                if body is None:
                    await refuse(413, TOO_LARGE)(scope, receive, send)
                    return
                receive = replay(body, receive)
                asked = b'"tools/call"' in body  # not the greetings around it
            if asked and (wait := self._take(Request(scope))):
                self._rejected("rate")
                await refuse(429, BUSY, wait=wait)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _take(self, request: Request) -> float:
        address = client_key(request.client.host if request.client else "")
        user = user_of_request(request) or address
        return self._of_user.take(user) or self._of_address.take(address)
