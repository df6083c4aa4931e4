"""What stands around the page: gate, login, limits, and what is served beside it for programs and machines.

Takes how the chat is served (:class:`ui.access.Access`) and an assistant; puts middleware and routes into the
application.  Leaves out the page: see :mod:`ui.chat`, and the server: see :mod:`ui.server`.
"""

from __future__ import annotations

import inspect
import logging
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from ui.access import Access
from ui.body import ShortBodies
from ui.call_arguments import CallArguments
from ui.callers import questions
from ui.endpoints import endpoints
from ui.full_queue import FullQueue
from ui.gate import Gate
from ui.giving_back import GivingBack
from ui.login import Door
from ui.mcp_server import PATH as MCP_PATH
from ui.mcp_server import McpServer
from ui.metrics import Measured, Metrics
from ui.question_limit import QuestionLimit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from ui.late import LateAssistant


class Front:
    """Everything around the page over one assistant.

    :param host: where the server will listen.
    :param clock: seconds that never go back.
    :ivar access: how the chat is served.
    :ivar assistant: to be asked; counts its replies where that was asked for.
    :raises UsageError: strangers could ask, or the file of users is none.
    :raises ModelNotFound: a package for ``--mcp`` or ``--metrics`` is not installed.
    """

    def __init__(
        self,
        assistant: LateAssistant,
        access: Access | None = None,
        *,
        host: str = "127.0.0.1",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.access = access or Access()
        self.access.check(host)
        self._metrics = (
            Metrics(generation=lambda: float(assistant.versions["generation"]))
            if self.access.metrics
            else None
        )
        if self.access.questions_per_minute is not None:
            assistant = cast("LateAssistant", GivingBack(assistant))
        if self._metrics is not None:
            assistant = cast("LateAssistant", Measured(assistant, self._metrics))
        self.assistant = assistant
        functions = endpoints(self.assistant)
        self._signatures = {name: inspect.signature(function) for name, function in functions.items()}
        self._mcp = McpServer(functions) if self.access.mcp else None
        self._names = self.access.host_names(host)
        self._clock = clock
        self._door = (
            Door(
                self.access.accounts,
                secure=self.access.is_https,
                rejected=self._rejected,
                clock=clock,
            )
            if self.access.accounts
            else None
        )
        self.has_accounts = self._door is not None
        _show_logs(with_questions=self.access.log_questions)

    def install(self, app: FastAPI) -> None:
        """Put everything around what the application serves; before the page is mounted at the end of its routes."""
        app.add_middleware(FullQueue, rejected=self._rejected)
        app.add_middleware(CallArguments, signatures=self._signatures)
        per_minute = self.access.questions_per_minute
        if per_minute is not None:
            app.add_middleware(
                QuestionLimit, per_minute=per_minute, rejected=self._rejected, clock=self._clock
            )
        app.add_middleware(ShortBodies)
        app.add_middleware(Gate, names=self._names, door=self._door, rejected=self._rejected)
        app.router.routes.append(Route("/healthz", _health))
        if self._door is not None:
            app.router.routes.extend(self._door.routes())
        if self._metrics is not None:
            app.router.routes.append(Route("/metrics", self._metrics.figures))
        if self._mcp is not None:
            app.router.routes.append(Mount(MCP_PATH, self._mcp.app))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """To be entered while the application is served."""
        if self._mcp is None:
            yield
        else:
            async with self._mcp.running():
                yield

    def _rejected(self, reason: str) -> None:
        if self._metrics is not None:
            self._metrics.rejected(reason)


async def _health(_: Request) -> Response:
    """That the server answers, and nothing else."""
    return JSONResponse({"status": "ok"})


def _show_logs(*, with_questions: bool) -> None:
    """Logins on stderr; questions only where they were asked for."""
    log = logging.getLogger("hoidap")
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s"))
        log.addHandler(handler)
        log.propagate = False
    log.setLevel(logging.INFO)
    questions.setLevel(logging.INFO if with_questions else logging.CRITICAL)
