"""The chat in the browser: wiring only.

Takes an assistant, gives Gradio blocks.  What happens comes from :mod:`ui.page`, what is shown from
:mod:`ui.render` and :mod:`ui.article_view`, what programs call from :mod:`ui.endpoints`, the look from
:mod:`ui.theme` and ``static/``, the server from :mod:`ui.server`.
"""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from index.errors import HoidapError, IndexNotFound
from ui.endpoints import endpoints
from ui.page import Page, Turns

os.environ["GRADIO_ANALYTICS_ENABLED"] = (
    "False"  # before anything of Gradio runs: it tells its makers otherwise
)

import gradio as gr
from gradio.events import api

from ui.server import run
from ui.theme import script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from qa.assistant import Assistant
    from qa.confidence import Caution

TITLE = "Hỏi Đáp"
_WAITING_QUESTIONS = 64


def announce(url: str) -> None:
    """Say on stderr where the chat is."""
    sys.stderr.write(f"{TITLE}: {url}  (Ctrl+C để dừng)\n")
    sys.stderr.flush()


def serve(
    folder: str | Path = ".hoidap",
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    caution: Caution = "balanced",
    ready: Callable[[str], None] = announce,
) -> None:
    """Serve the chat over the index in ``folder`` until interrupted.

    :param host: loopback unless told otherwise: whoever reaches the address can read every article.
    :param port: 0 takes any free port.
    :param caution: how sure an answer must be to be shown.
    :param ready: called with the address once the chat takes questions.
    :raises IndexNotFound: there is no index, or no article in it.
    :raises UsageError: the address cannot be served.
    """
    from qa.assistant import Assistant

    assistant = Assistant.open(folder, caution=caution)
    if not assistant.articles():
        raise IndexNotFound(f"The index in {folder} holds no article: run `hoidap index PATH`.")
    run(lambda: build_chat(assistant), host=host, port=port, ready=ready)


def build_chat(assistant: Assistant) -> gr.Blocks:
    """The page and its endpoints; nothing runs until it is served."""
    blocks: gr.Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, fill_height=True)
    with blocks:
        for name, function in endpoints(
            assistant
        ).items():  # first, since the page's events would take the names
            api(_with_messages(function), api_name=name, concurrency_id="questions")
        _wire(_lay_out(), Page(assistant), blocks=blocks)
    blocks.queue(max_size=_WAITING_QUESTIONS)
    return blocks


class _Parts(NamedTuple):
    """The parts of the page that take part in an event."""

    turns: gr.State
    browse: gr.Button
    clear: gr.Button
    conversation: gr.HTML
    question: gr.Textbox
    send: gr.Button
    reading: gr.HTML
    filters: list[gr.Textbox]
    filtered: gr.HTML


def _lay_out() -> _Parts:
    with gr.Row(elem_id="top"):
        gr.HTML(f"<header><h1>{TITLE}</h1><p>Trích nguyên văn từ bài viết, kèm nguồn</p></header>")
        browse = gr.Button("Các bài viết", elem_id="browse")
        clear = gr.Button("Xoá cuộc trò chuyện", elem_id="clear")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            conversation = _html("conversation")
            with gr.Accordion("Lọc bài viết", open=False, elem_id="filters"), gr.Row():
                filters = [
                    gr.Textbox("", label="Đăng từ ngày", placeholder="1/7/2022", min_width=100),
                    gr.Textbox("", label="Đăng đến ngày", placeholder="31/12/2022", min_width=100),
                    gr.Textbox(
                        "", label="Nguồn, tiêu đề hoặc tên tệp", placeholder="Đình Vinh", min_width=160
                    ),
                ]
            filtered = gr.HTML("", elem_id="filtered", apply_default_css=False)
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(
                    label="Câu hỏi",
                    placeholder="Đặt câu hỏi…",
                    elem_id="question",
                    lines=1,
                    max_lines=5,
                    autofocus=True,
                    container=False,
                )
                send = gr.Button("Hỏi", variant="primary", elem_id="send")
        reading = _html("reading")
    return _Parts(gr.State(()), browse, clear, conversation, question, send, reading, filters, filtered)


def _html(name: str) -> gr.HTML:
    return gr.HTML("", elem_id=name, js_on_load=script(f"{name}.js"), apply_default_css=False)


def _wire(parts: _Parts, page: Page, *, blocks: gr.Blocks) -> None:
    def ask(
        question: str, turns: Turns, since: str, until: str, source: str
    ) -> Iterator[tuple[Any, Turns, str]]:
        box: Any = ""  # emptied once, then left alone: the next question may be in it
        for step in page.ask(question, turns, since=since, until=until, source=source):
            yield (box, *step)
            box = gr.skip()

    def take_example(event: gr.EventData) -> str:
        return str(event.question)

    def list_articles(event: gr.EventData) -> str:
        return page.listed(str(event.search), str(event.order))

    def open_place(event: gr.EventData) -> str:
        return page.opened(str(event.query))

    def start(turns: Turns, request: gr.Request) -> tuple[str, str]:
        return page.conversation(turns), page.opened(str(request.url.query))

    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    at_once: dict[str, Any] = {**private, "queue": False}
    asking: dict[str, Any] = {
        **private,
        "fn": ask,
        "inputs": [parts.question, parts.turns, *parts.filters],
        "outputs": [parts.question, parts.turns, parts.conversation],
        "concurrency_id": "questions",
    }
    asked = [
        gr.on([parts.question.submit, parts.send.click], **asking),
        parts.conversation.example(take_example, outputs=parts.question, **at_once).then(**asking),
    ]
    talk = [parts.turns, parts.conversation]
    for event in asked:
        event.failure(page.give_up, inputs=parts.turns, outputs=talk, **at_once)
    parts.conversation.edit(page.edit, inputs=parts.turns, outputs=[parts.question, *talk], **at_once).then(
        None, js=script("edit.js")
    )
    gr.on(
        [box.change for box in parts.filters],
        page.filtered,
        inputs=parts.filters,
        outputs=parts.filtered,
        **at_once,
    )
    parts.clear.click(lambda: ((), page.conversation(())), outputs=talk, cancels=asked, **at_once)

    parts.reading.list(list_articles, outputs=parts.reading, **at_once)
    opened = [
        parts.browse.click(page.listed, outputs=parts.reading, **at_once),
        parts.reading.place(open_place, outputs=parts.reading, **at_once),
        parts.conversation.place(open_place, outputs=parts.reading, **at_once),
        blocks.load(start, inputs=parts.turns, outputs=[parts.conversation, parts.reading], **at_once),
    ]
    for event in opened:
        event.then(None, js=script("show.js"))


def _with_messages(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with its expected errors in the form whose message Gradio gives to the caller."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except HoidapError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return wrapper
