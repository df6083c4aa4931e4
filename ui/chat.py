"""The chat in the browser: wiring only.

Takes an assistant, gives Gradio blocks.  What happens comes from :mod:`ui.page` and :mod:`ui.panel`, what programs
call from :mod:`ui.endpoints`, files from :mod:`ui.files`, the parts of the page from :mod:`ui.layout`, the look from
:mod:`ui.theme` and ``static/``, the server from :mod:`ui.server`.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import (
    Iterator,  # at run time: Gradio evaluates what its event functions are annotated with
)
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from index.errors import HoidapError, UsageError
from index.milvus.place import Place
from ui.access import Access
from ui.conversations import Conversations
from ui.endpoints import endpoints
from ui.files import export_routes, upload_routes
from ui.language import language_of, speaking
from ui.late import LateAssistant
from ui.page import Page, Visit
from ui.panel import Panel

os.environ["GRADIO_ANALYTICS_ENABLED"] = (
    "False"  # before anything of Gradio runs: it tells its makers otherwise
)
# After every event Gradio makes a table of the last 10,000 for a page that is not served here.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)

import gradio as gr
from gradio.events import api

from ui.callers import log_question, logged, own_visit, owned, user_of
from ui.front import Front
from ui.gate import user_of_request
from ui.layout import TITLE, Parts, lay_out, updates
from ui.login_page import account_html
from ui.server import run
from ui.theme import script

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.engine import Where
    from qa.confidence import Caution
    from ui.turn import Verdict

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
        _wire(parts, Page(assistant, **kept), Panel(assistant, **kept), blocks=blocks)
    blocks.queue(max_size=_WAITING_QUESTIONS, api_open=False)  # every question waits its turn
    return blocks


class _Chat(gr.Blocks):
    """Blocks that say what is wrong with a call without writing to the log what was asked in it."""

    def validate_inputs(self, block_fn: Any, inputs: list[Any]) -> None:
        """Refuse a call with too few values."""
        if len(inputs) < len(block_fn.inputs):
            raise gr.Error("Thiếu tham số: hãy tải lại trang.", print_exception=False)


def _wire(parts: Parts, page: Page, panel: Panel, *, blocks: gr.Blocks) -> None:
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    at_once: dict[str, Any] = {**private, "queue": False}
    talk = [parts.visit, parts.conversation]
    _wire_questions(parts, page, private=private, at_once=at_once)
    _wire_panel(parts, page, panel, at_once=at_once)

    def start(request: gr.Request) -> tuple[Any, ...]:
        query = str(request.url.query)
        fields = parse_qs(query)
        language = language_of(fields.get("lang", [""])[0])
        visit = Visit(language=language, owner=user_of(request) or "")
        visit, conversation = page.reopen(visit, fields.get("c", [""])[0])
        return visit, conversation, panel.opened(query, language=language), *worded(visit)

    @owned
    def switch(visit: Visit, since: str, until: str, source: str) -> tuple[Any, ...]:
        visit = replace(visit, language="vi" if visit.language == "en" else "en")
        filtered = page.filtered(since, until, source, language=visit.language)
        return filtered, visit, page.conversation(visit), "", *worded(visit)

    def worded(visit: Visit) -> list[Any]:
        with speaking(visit.language):
            return [account_html(visit.owner or None), *updates(visit.language)]

    everything = [*talk, parts.reading, parts.account, *parts.worded]
    started = blocks.load(start, outputs=everything, **at_once)
    started.then(None, js="() => hoidap.speak()").then(None, js=script("show.js"))
    switched = parts.language.click(
        switch, inputs=[parts.visit, *parts.filters], outputs=[parts.filtered, *everything], **at_once
    )
    switched.then(None, js="() => { hoidap.go(); hoidap.speak(); }")


def _wire_questions(parts: Parts, page: Page, *, private: dict[str, Any], at_once: dict[str, Any]) -> None:
    def ask(
        question: str, visit: Visit, since: str, until: str, source: str, request: gr.Request
    ) -> Iterator[tuple[Any, Visit, str]]:
        log_question(question, user=user_of(request))
        visit = own_visit(visit, request)
        box: Any = ""  # emptied once, then left alone: the next question may be in it
        for step in page.ask(question or "", visit, since=since, until=until, source=source):
            yield (box, *step)
            box = gr.skip()

    def retry(
        visit: Visit, since: str, until: str, source: str, request: gr.Request
    ) -> Iterator[tuple[Visit, str]]:
        yield from page.retry(own_visit(visit, request), since=since, until=until, source=source)

    def take_example(event: gr.EventData) -> str:
        return str(event.question)

    @owned
    def judge(visit: Visit, event: gr.EventData) -> Visit:
        verdict: Verdict = "right" if event.verdict == "right" else "wrong"
        return page.judge(
            visit, number=int(event.number), verdict=verdict, correction=str(event.correction)[:2000]
        )

    def filtered(since: str, until: str, source: str, visit: Visit) -> str:
        return page.filtered(since, until, source, language=visit.language)

    talk = [parts.visit, parts.conversation]
    queued: dict[str, Any] = {**private, "concurrency_id": "questions"}
    asking: dict[str, Any] = {"fn": ask, "inputs": [parts.question, parts.visit, *parts.filters], **queued}
    asking["outputs"] = [parts.question, *talk]
    asked = [
        gr.on([parts.question.submit, parts.send.click], **asking),
        parts.conversation.example(take_example, outputs=parts.question, **at_once).then(**asking),
        parts.conversation.retry(retry, inputs=[parts.visit, *parts.filters], outputs=talk, **queued),
    ]
    for event in asked:
        event.failure(owned(page.give_up), inputs=parts.visit, outputs=talk, **at_once)
    parts.stop.click(owned(page.stop), inputs=parts.visit, outputs=talk, cancels=asked, **at_once)
    begun = parts.begin.click(owned(page.begin), inputs=parts.visit, outputs=talk, cancels=asked, **at_once)
    edited = parts.conversation.edit(
        owned(page.edit), inputs=parts.visit, outputs=[parts.question, *talk], **at_once
    )
    for event in (begun, edited):
        event.then(None, js=script("edit.js"))
    parts.conversation.judge(judge, inputs=parts.visit, outputs=parts.visit, **at_once)
    boxes = [box.change for box in parts.filters]
    gr.on(boxes, filtered, inputs=[*parts.filters, parts.visit], outputs=parts.filtered, **at_once)


def _wire_panel(parts: Parts, page: Page, panel: Panel, *, at_once: dict[str, Any]) -> None:
    def list_articles(visit: Visit, event: gr.EventData) -> str:
        return panel.articles(str(event.search), str(event.order), language=visit.language)

    @owned
    def list_changed(visit: Visit, event: gr.EventData) -> tuple[Any, Any]:
        talk = gr.skip() if visit.turns else page.conversation(visit)  # it may be the first article
        return list_articles(visit, event) if event.listed else gr.skip(), talk

    def browse(visit: Visit) -> str:
        return panel.articles(language=visit.language)

    def open_place(visit: Visit, event: gr.EventData) -> str:
        return panel.opened(str(event.query), language=visit.language)

    @owned
    def reopen(visit: Visit, event: gr.EventData) -> tuple[Visit, str]:
        return page.reopen(visit, str(event.conversation))

    @owned
    def rename(visit: Visit, event: gr.EventData) -> str:
        return panel.rename(visit, str(event.conversation), str(event.title))

    @owned
    def forget(visit: Visit, event: gr.EventData) -> tuple[Visit, Any, str]:
        conversation = str(event.conversation)
        shown: Any = gr.skip()
        if conversation == visit.conversation:
            visit, shown = page.begin(visit)
        return visit, shown, panel.delete(visit, conversation)

    of_visit: dict[str, Any] = {"inputs": parts.visit, "outputs": parts.reading, **at_once}
    parts.reading.list(list_articles, **of_visit)
    shown = [parts.reading, parts.conversation]
    parts.reading.changed(list_changed, inputs=parts.visit, outputs=shown, **at_once)
    parts.reading.rename(rename, **of_visit)
    talk = [parts.visit, parts.conversation]
    parts.reading.reopen(reopen, inputs=parts.visit, outputs=talk, **at_once)
    parts.reading.forget(forget, inputs=parts.visit, outputs=[*talk, parts.reading], **at_once)
    for event in (
        parts.browse.click(browse, **of_visit),
        parts.history.click(owned(panel.history), **of_visit),
        parts.reading.place(open_place, **of_visit),
        parts.conversation.place(open_place, **of_visit),
    ):
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
