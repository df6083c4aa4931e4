"""A Gradio app → a web server on one address, which serves nothing of this machine beside the chat and its files.

Takes blocks, gives a running server.  Leaves out what the page shows: see :mod:`ui.chat`.
"""

from __future__ import annotations

import asyncio
import gc
import socket
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import gradio as gr
import uvicorn
from fastapi import FastAPI
from gradio.routes import App as GradioApp
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from index.errors import UsageError
from ui.allocator import give_large_blocks_back
from ui.finished_calls import FinishedCalls
from ui.gate import user_of_request
from ui.theme import STATIC, chat_theme, head_html

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ui.front import Front

# The browser itself refuses what the page should never do: talk to another host.  Gradio evaluates templates.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",  # without any, forms come with the origin "null"
    "X-Content-Type-Options": "nosniff",
}

# Pages whose conversation is kept in memory, those that were closed included: Gradio keeps some 50 kB of each, and the
# conversation.  Who comes back to one that was longer unused than a thousand others finds it among the conversations.
_MOST_PAGES = 1000
_KEEP_ALIVE_SECONDS = 75
"""A connection that nothing goes over is closed by who asks, not by who is asked: proxies close theirs after 60 s."""


class _SafeHeaders:
    """Adds the headers above to every response, and takes out what would let another site read it.

    Gradio allows any other port of this machine to, and behind a public name any site at all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                headers.update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def web_app(
    blocks: gr.Blocks,
    *,
    front: Front,
    routes: Sequence[BaseRoute] = (),
    started: Callable[[], None] = lambda: None,
) -> FastAPI:
    """The chat as an ASGI application.

    :param front: what stands around the page.
    :param routes: beside the page; see :mod:`ui.files`.
    :param started: called once, when the application is about to take requests.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with front.running():
            started()
            yield

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.add_middleware(FinishedCalls, blocks=blocks)
    front.install(app)
    app.add_middleware(_SafeHeaders)
    app.router.routes.extend(routes)
    app.mount("/hoidap", StaticFiles(directory=STATIC))
    blocks.state_session_capacity = _MOST_PAGES
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        app_kwargs={
            "openapi_url": None
        },  # the endpoints are described at /gradio_api/info; Gradio's own routes are not
        theme=chat_theme(),
        head=head_html(),
        favicon_path=str(STATIC / "icon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        auth_dependency=user_of_request if front.has_accounts else None,
        max_file_size=1,  # byte; the chat takes no files, Gradio's upload route is there all the same
    )
    return app


def run(
    build: Callable[[], gr.Blocks],
    *,
    front: Front,
    host: str,
    port: int,
    ready: Callable[[str], None],
    routes: Sequence[BaseRoute] = (),
) -> None:
    """Serve until interrupted.

    :param build: makes the page; called within the server's event loop, since Gradio leaves one behind without.
    :param front: what stands around the page.
    :param port: 0 takes any free port.
    :param ready: called with the address once the server takes requests.
    :param routes: beside the page.
    :raises UsageError: the address is taken or is not one of this machine.
    """

    async def serve() -> None:
        app = web_app(build(), front=front, routes=routes, started=lambda: ready(url))
        gc.collect()
        gc.freeze()  # cycles that events leave behind are looked for among what comes from here on, and so often
        await _Server(app, proxies=front.access.proxies).serve(sockets=[listener])

    give_large_blocks_back()
    with _listen(host, port) as listener, suppress(KeyboardInterrupt):
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listener.getsockname()[1]}/"
        asyncio.run(serve())


class _Server(uvicorn.Server):
    """Lets go of the pages that are open when it stops; each holds a connection that Gradio keeps alive."""

    def __init__(self, app: FastAPI, *, proxies: list[str] | None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                timeout_graceful_shutdown=5,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                proxy_headers=proxies is not None,  # else visitors could say that they come from anywhere
                forwarded_allow_ips=proxies or [],
            )
        )
        mounted = (route.app for route in app.routes if isinstance(route, Mount))
        self._pages = [page for page in mounted if isinstance(page, GradioApp)]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for page in self._pages:
            page.stop_event.set()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            f"The chat cannot be served at {host}:{port} ({error}): choose another --port or --host."
        ) from error
    listener.listen()  # before the address is announced, so that the first request never finds a closed door
    return listener
