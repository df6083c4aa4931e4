"""ASGI middleware: what Gradio keeps of a program's call is forgotten once its result was read.

Gradio takes each call for a session of its own and keeps the state of the last ten thousand, some 50 kB each.  A page
is a session too, and needs its state: that is kept, see ``_MOST_PAGES`` in :mod:`ui.server`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Receive, Scope, Send

# The session of a call has the name of its event; those of pages look otherwise, so that no call ends one.
_RESULT = re.compile(r"/gradio_api/call/(?:v2/)?[^/]+/(?P<session>[0-9a-f]{32})/?")


class FinishedCalls:
    """Forgets the sessions of calls; to be put behind the gate.

    :param blocks: whose events are called.
    """

    def __init__(self, app: ASGIApp, *, blocks: gr.Blocks) -> None:
        self._app = app
        self._blocks: Any = blocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self._app(scope, receive, send)
        if scope["type"] == "http" and (result := _RESULT.fullmatch(scope["path"])):
            self._forget(result["session"])

    def _forget(self, session: str) -> None:
        states, waiting = self._blocks.state_holder, self._blocks._queue.pending_event_ids_session
        states.session_data.pop(session, None)
        states.time_last_used.pop(session, None)
        if session in waiting and not waiting[session]:  # else it is answered still, to somebody who left
            del waiting[session]
