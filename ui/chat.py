"""The chat in the browser, put together.

Takes an assistant, gives Gradio blocks.  What happens comes from :mod:`ui.page` and :mod:`ui.panel`, when from
:mod:`ui.wiring`, what programs call from :mod:`ui.endpoints`, files from :mod:`ui.files`, the parts of the page from
:mod:`ui.layout`, the look from :mod:`ui.theme` and ``static/``, the server from :mod:`ui.server`.
"""

from __future__ import annotations

import functools
import os
import sys
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import HoidapError, UsageError
from index.milvus.place import Place
from ui.access import Access
from ui.conversations import Conversations
from ui.endpoints import endpoints
from ui.files import export_routes, upload_routes
from ui.late import LateAssistant
from ui.packed import Packed
from ui.page import Page
from ui.panel import Panel

os.environ["GRADIO_ANALYTICS_ENABLED"] = (
    "False"  # before anything of Gradio runs: it tells its makers otherwise
)
# After every event Gradio makes a table of the last 10,000 for a page that is not served here.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)

import gradio as gr
from gradio.events import api

from ui.callers import logged, user_of
from ui.front import Front
from ui.gate import user_of_request
from ui.layout import TITLE, lay_out
from ui.server import run
from ui.wiring import wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.engine import Where
    from qa.confidence import Caution

_WAITING_QUESTIONS = 64
DEFAULT_STATE = Path(".hoidap")


def announce(url: str) -> None:
    """Say on stderr where the chat is."""
    sys.stderr.write(f"{TITLE}: {url}  (Ctrl+C để dừng)\n")
    sys.stderr.flush()


def serve(
    where: Where = ".hoidap",
    *,
    state: str | Path | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    caution: Caution = "balanced",
    history: bool = True,
    uploads: bool = False,
    access: Access | None = None,
    ready: Callable[[str], None] = announce,
) -> None:
    """Serve the chat over the index in a folder, or over a collection in Milvus, until interrupted.

    Where there is no index that can be opened, the page says why and what to do, and is there as soon as one is.

    :param state: the folder where conversations and added files are kept; by default that of the index.
    :param host: loopback unless told otherwise, which takes accounts: whoever gets in can read every article.
    :param port: 0 takes any free port.
    :param caution: how sure an answer must be to be shown.
    :param history: whether conversations are kept.
    :param uploads: whether visitors can add and remove files.
    :param access: to whom, how often and to which programs; to everybody on this machine by default.
    :param ready: called with the address once the chat takes questions.
    :raises UsageError: the address cannot be served, strangers could ask there, or conversations cannot be kept.
    """
    access = access or Access()
    access.check(host)
    if uploads and isinstance(where, Place):
        raise UsageError(
            "--allow-upload goes with a folder on this machine: leave it or --engine milvus out."
        )
    assistant = LateAssistant(where, caution=caution)
    try:
        assistant.assistant()
    except HoidapError as error:
        sys.stderr.write(f"hoidap: {error}\n")
    folder = Path(state or (DEFAULT_STATE if isinstance(where, Place) else where))
    conversations = Conversations.open(folder) if history else None
    routes = upload_routes(folder) if uploads else []
    if conversations is not None:
        routes += export_routes(conversations, owner_of=lambda request: user_of_request(request) or "")
    front = Front(assistant, access, host=host)
    run(
        lambda: build_chat(front.assistant, conversations=conversations, uploads=uploads),
        front=front,
        host=host,
        port=port,
        ready=ready,
        routes=routes,
    )


def build_chat(
    assistant: LateAssistant, *, conversations: Conversations | None = None, uploads: bool = False
) -> gr.Blocks:
    """The page and its endpoints; nothing runs until it is served."""
    blocks: gr.Blocks = _Chat(title=TITLE, analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks:
        for name, function in endpoints(
            assistant
        ).items():  # first, since the page's events would take the names
            logging = logged(function, request_type=gr.Request, user=user_of)
            api(_with_messages(logging), api_name=name, concurrency_id="questions")
        parts = lay_out(history=conversations is not None)
        kept: dict[str, Any] = {"conversations": conversations, "uploads": uploads}
        wire(parts, Page(assistant, **kept), Panel(assistant, **kept), blocks=blocks)
    blocks.queue(max_size=_WAITING_QUESTIONS, api_open=False)  # every question waits its turn
    return blocks


class _Chat(gr.Blocks):
    """Blocks that say what is wrong with a call without writing to the log what was asked in it."""

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Refuse a call with too few values."""
        if len(inputs) < len(block_fn.inputs):
            # Gradio does not tell here who calls, and so not in which language
            told = "Thiếu tham số: hãy tải lại trang. Values are missing: reload the page."
            raise gr.Error(told, print_exception=False)

    async def preprocess_data(self, *arguments: Any, **options: Any) -> list[Any]:
        """What an event function is called with, the visit unpacked."""
        values = await super().preprocess_data(*arguments, **options)
        return [value.value() if isinstance(value, Packed) else value for value in values]

    async def postprocess_data(self, block_fn: Any, predictions: Any, state: Any) -> list[Any]:
        """What goes to the page; of what it shows nothing stays here but its visit, packed.

        Gradio keeps the last value of every part for links to a page as it stands, which are not offered here, and
        for as long as it keeps the page a new part for each update, an empty one too, of what was updated before.
        """
        outputs: list[Any] = await super().postprocess_data(block_fn, predictions, state)
        if state is not None:
            state.blocks_config = copy(self.default_config)
            state.config_values.clear()
            for part, value in state.state_data.items():
                state.state_data[part] = value if isinstance(value, Packed) else Packed(value)
        return outputs


def _with_messages(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with its expected errors in the form whose message Gradio gives to the caller."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except HoidapError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return wrapper
