"""ASGI middleware in front of the whole chat: what is served at all, and to whom.

Takes a request; passes it on with the user's name in its scope, or refuses it.  In front of Gradio, since Gradio serves
more routes than the page needs, some of them to anybody.  Leaves out logging in (:mod:`ui.login`) and how often
somebody may ask (:mod:`ui.question_limit`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ui.origins import is_known_host, is_own_request
from ui.refusal import FOREIGN, LOGIN_FIRST, NOT_SERVED, WRONG_HOST, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from starlette.types import ASGIApp, Receive, Scope, Send

    from ui.login import Door

USER = "hoidap.user"  # where a request's scope has the user's name
# leaving as well: whoever leaves a page after the session has ended is led to the login, too
_OPEN_TO_ALL = re.compile(r"/login|/logout|/healthz|/hoidap/.*")
_SERVED = re.compile(
    r"/|/(healthz|metrics)|/hoidap/.+|/uploads|/conversations/[^/]+"
    r"|/(config|theme\.css|favicon\.ico|manifest\.json|robots\.txt)/?|/(assets|static|svelte)/.+"
    r"|/gradio_api/("
    r"mcp/?|(info|queue/join|queue/data|cancel|reset|upload|upload_progress|app_id|startup-events)/?"
    r"|(run|api|call|heartbeat)/.+|file=(?!\w+:).+"  # a file, not an address that Gradio would fetch
    r")"
)
_DOOR = {("GET", "/login"), ("HEAD", "/login"), ("POST", "/login"), ("POST", "/logout")}


class Gate:
    """Passes on what may pass.

    :param names: what requests may call this server; see :meth:`ui.access.Access.host_names`.
    :param door: who is logged in; ``None`` where everybody may be here.
    :param rejected: told why a request was refused, in one word.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: Collection[str] | None,
        door: Door | None,
        rejected: Callable[[str], None],
    ) -> None:
        self._app = app
        self._names = names
        self._door = door
        self._rejected = rejected

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or refuse it."""
        if scope["type"] == "websocket":  # the chat uses none
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and (refusal := self._refusal(scope)) is not None:
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers, path, method = Headers(scope=scope), scope["path"], scope["method"]
        if not is_known_host(headers, names=self._names):
            self._rejected("host")
            return refuse(421, WRONG_HOST)
        if not is_own_request(headers, method=method):
            self._rejected("origin")
            return refuse(403, FOREIGN)
        if not _SERVED.fullmatch(path) and (self._door is None or (method, path) not in _DOOR):
            return refuse(404, NOT_SERVED)
        if self._door is None:
            return None
        scope[USER] = self._door.user(headers)
        if scope[USER] is not None or _OPEN_TO_ALL.fullmatch(path):
            return None
        if method == "GET" and path == "/":
            return _to_login(scope, headers)
        self._rejected("login")
        return refuse(401, LOGIN_FIRST, headers={"WWW-Authenticate": "Bearer"})


def user_of_request(request: Request) -> str | None:
    """Who makes a request; ``None`` where there are no accounts."""
    user: str | None = request.scope.get(USER)
    return user


def _to_login(scope: Scope, headers: Headers) -> Response:
    query = scope["query_string"].decode("latin-1")
    wanted = quote(f"/?{query}" if query else "/", safe="")
    # a link from another site brings no SameSite=Strict cookie: the page of login asks once more, from here
    again = "&again=1" if headers.get("sec-fetch-site") in {"cross-site", "same-site"} else ""
    return RedirectResponse(f"/login?next={wanted}{again}", 303, headers={"Cache-Control": "no-store"})
