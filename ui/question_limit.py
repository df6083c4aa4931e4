"""ASGI middleware: how often one user and one address may ask; the rest is told when to ask again.

Counts what costs time: questions from the page, from programs and from MCP clients.  Listing and reading is free, and
so is what could not be asked: see :mod:`ui.giving_back`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from starlette.requests import Request

from ui.body import read_body, replay
from ui.gate import user_of_request
from ui.giving_back import COUNTED, give_back
from ui.origins import client_key
from ui.rate import Buckets
from ui.refusal import busy

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ASKED = re.compile(r"/gradio_api/(queue/join|(call|run|api)/(v2/)?(ask|search))/?")
_MCP = re.compile(r"/gradio_api/mcp/?")
_BURST_SECONDS = 10  # that many seconds' worth of questions may come at once
_USERS_PER_ADDRESS = 4  # offices share one
_BUSY = {429, 503}  # of the queue; see :mod:`ui.full_queue`


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
                receive = replay(body, receive)
                asked = _calls_tool(body)  # not the greetings around it
            if asked:
                await self._ask(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        address = client_key(request.client.host if request.client else "")
        user = user_of_request(request) or address
        wait = self._of_user.take(user)
        if not wait and (wait := self._of_address.take(address)):
            self._of_user.give_back(user)
        if wait:
            self._rejected("rate")
            await busy(wait)(scope, receive, send)
            return

        def back() -> None:
            self._of_user.give_back(user)
            self._of_address.give_back(address)

        async def send_and_look(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _BUSY:
                give_back(scope)
            await send(message)

        scope[COUNTED] = back
        await self._app(scope, receive, send_and_look)


def _calls_tool(body: bytes) -> bool:
    r"""Whether an MCP message asks for an answer; one that is no JSON counts, lest it be read otherwise elsewhere.

    >>> _calls_tool(b'{"method": "tools/list"}'), _calls_tool(rb'[{"method": "tools\/call"}]')
    (False, True)
    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return True
    messages = sent if isinstance(sent, list) else [sent]
    return any(isinstance(message, dict) and message.get("method") == "tools/call" for message in messages)
