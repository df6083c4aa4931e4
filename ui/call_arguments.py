"""ASGI middleware: the arguments of a named endpoint, as Python binds them, before Gradio sees them.

``POST /gradio_api/call/NAME`` with ``{"data": [...]}`` takes arguments by position, ``call/v2/NAME`` by name; what is
left out has the function's default.  Gradio alone fails on a list that is too short, and its traceback has the
question in it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from qa.message import Message
from ui.body import read_body, replay
from ui.refusal import NOT_SERVED, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from inspect import Signature

    from starlette.types import ASGIApp, Receive, Scope, Send

_CALL = re.compile(r"/gradio_api/call/(?P<named>v2/)?(?P<name>[^/]+)/?")
_WRONG_BODY = Message('Hãy gửi JSON: {"data": [câu hỏi, …]}, hoặc {"question": …} tới call/v2.')


class CallArguments:
    """Completes the arguments of calls, or refuses those that do not fit.

    :param signatures: of the named endpoints.
    """

    def __init__(self, app: ASGIApp, *, signatures: Mapping[str, Signature]) -> None:
        self._app = app
        self._signatures = signatures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with all its arguments."""
        call = (
            _CALL.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        )
        if call is None:
            await self._app(scope, receive, send)
            return
        signature = self._signatures.get(call["name"])
        if signature is None:
            await refuse(404, NOT_SERVED)(scope, receive, send)
            return
        body = await read_body(receive)
        try:
            positional, named = _arguments(json.loads(body), by_name=call["named"] is not None)
        except (ValueError, RecursionError):
            await refuse(400, _WRONG_BODY)(scope, receive, send)
            return
        try:
            bound = signature.bind(*positional, **named)
        except TypeError:
            wrong = Message("Tham số không khớp: {}{}.", (call["name"], _names(signature)))
            await refuse(422, wrong)(scope, receive, send)
            return
        bound.apply_defaults()
        whole = json.dumps({"data": list(bound.args)}).encode()
        path = f"/gradio_api/call/{call['name']}"
        headers = [
            (key, value) for key, value in scope["headers"] if key not in {b"content-length", b"content-type"}
        ]
        headers += [(b"content-length", str(len(whole)).encode()), (b"content-type", b"application/json")]
        scope = {**scope, "path": path, "raw_path": path.encode(), "headers": headers}
        await self._app(scope, replay(whole, receive), send)


def _arguments(body: Any, *, by_name: bool) -> tuple[list[Any], dict[str, Any]]:
    if not isinstance(body, dict):
        raise ValueError("no JSON object")
    if by_name:
        return [], body
    if not isinstance(body.get("data"), list):
        raise ValueError("no list of arguments")
    return body["data"], {}


def _names(signature: Signature) -> str:
    return f"({', '.join(signature.parameters)})"
