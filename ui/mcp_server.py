"""The named endpoints as tools for MCP clients (Model Context Protocol, streamable HTTP), at ``/gradio_api/mcp/``.

Takes the functions of :mod:`ui.endpoints`, gives an ASGI application to be mounted behind the same gate as the page.
Gradio's own MCP server is not used: it gives Python's notation instead of JSON, calls its own address without the
caller's login, and holds back the versions of other libraries.
"""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, Any

from index.errors import HoidapError, ModelNotFound
from ui.callers import logged
from ui.full_queue import QUEUE_FULL
from ui.gate import user_of_request
from ui.giving_back import counting_answers, give_back

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from starlette.applications import Starlette

PATH = "/gradio_api/mcp"
_WAITING = 16  # calls; each holds one of the forty threads that pages and files are served with too


class McpServer:
    """One tool for each endpoint.

    :param functions: by name of their endpoint.
    :ivar app: to be mounted at :data:`PATH`.
    :raises ModelNotFound: the package ``mcp`` is not installed.
    """

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        try:
            from mcp.server.mcpserver import Context, MCPServer
            from mcp.server.mcpserver.exceptions import ToolError
            from mcp.server.transport_security import TransportSecuritySettings
        except ModuleNotFoundError as error:
            raise ModelNotFound("--mcp needs the package mcp: run `pip install 'hoidap[mcp]'`.") from error

        one_at_a_time = threading.Lock()  # as in the queue of the page: a question takes every core
        places = threading.BoundedSemaphore(1 + _WAITING)

        def tool(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def wrapper(request: Any, **arguments: Any) -> Any:
                scope = request.request_context.request.scope
                if not places.acquire(blocking=False):
                    give_back(scope)
                    raise ToolError(QUEUE_FULL.template)
                try:
                    with one_at_a_time, counting_answers(scope):
                        return function(request, **arguments)
                except HoidapError as error:
                    raise ToolError(str(error)) from error
                finally:
                    places.release()

            return wrapper

        def user(context: Any) -> str | None:
            return user_of_request(context.request_context.request)

        server = MCPServer("Hỏi Đáp", log_level="WARNING")
        for name, function in functions.items():
            server.add_tool(tool(logged(function, request_type=Context, user=user)), name=name)
        self.app: Starlette = server.streamable_http_app(
            streamable_http_path="/",
            stateless_http=True,
            json_response=True,
            # the gate has looked at Host and Origin, and knows the names of this server
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        self._sessions = server.session_manager

    def running(self) -> AbstractAsyncContextManager[None]:
        """To be entered while the application is served."""
        running: AbstractAsyncContextManager[None] = self._sessions.run()
        return running
