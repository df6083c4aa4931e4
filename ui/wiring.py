"""When something happens on the page, what of :class:`ui.page.Page` or :class:`ui.panel.Panel` is called.

Takes the parts of a page and its behaviour, binds them by Gradio's events; decides nothing itself.
"""

from __future__ import annotations

from collections.abc import (
    Iterator,  # at run time: Gradio evaluates what its event functions are annotated with
)
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import gradio as gr

from ui.callers import log_question, own_visit, owned, user_of
from ui.language import language_of, speaking
from ui.layout import updates
from ui.login_page import account_html
from ui.page import Visit
from ui.theme import script

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.language import Language
    from ui.layout import Parts
    from ui.page import Page
    from ui.panel import Panel
    from ui.turn import Verdict


def wire(parts: Parts, page: Page, panel: Panel, *, blocks: gr.Blocks) -> None:
    """Make every event of the page call what answers it."""
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    at_once: dict[str, Any] = {**private, "queue": False}
    talk = [parts.visit, parts.conversation]
    answering = _Answering(page.conversation)
    _wire_questions(parts, page, answering, private=private, at_once=at_once)
    _wire_panel(parts, page, panel, at_once=at_once)
    _wire_history(parts, page, panel, answering, at_once=at_once)

    def start(request: gr.Request) -> tuple[Any, ...]:
        query = str(request.url.query)
        fields = parse_qs(query)
        language = language_of(fields.get("lang", [""])[0])
        visit = Visit(language=language, owner=user_of(request) or "")
        visit, conversation = page.reopen(visit, fields.get("c", [""])[0])
        return visit, conversation, panel.opened(query, language=language), *worded(visit)

    def switch(visit: Visit, since: str, until: str, source: str, request: gr.Request) -> tuple[Any, ...]:
        visit = replace(own_visit(visit, request), language="vi" if visit.language == "en" else "en")
        answering.speak(request, visit.language)
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


def _wire_stop(
    parts: Parts, page: Page, asked: list[Any], *, outputs: list[Any], at_once: dict[str, Any]
) -> None:
    """Stopping, and beginning anew, which stops too."""
    for event in asked:
        # one by one: of several Gradio cancels the next when the answer before is made, and so what is asked meanwhile
        gr.on([parts.stop.click, parts.begin.click], None, cancels=event, **at_once)
    parts.stop.click(owned(page.stop), inputs=parts.visit, outputs=outputs, **at_once)
    begun = parts.begin.click(owned(page.begin), inputs=parts.visit, outputs=outputs, **at_once)
    begun.then(None, js=script("edit.js"))


def _wire_questions(
    parts: Parts, page: Page, answering: _Answering, *, private: dict[str, Any], at_once: dict[str, Any]
) -> None:
    def ask(
        question: str, visit: Visit, since: str, until: str, source: str, request: gr.Request
    ) -> Iterator[tuple[Any, Visit, str]]:
        log_question(question, user=user_of(request))
        visit = own_visit(visit, request)
        box: Any = ""  # emptied once, then left alone: the next question may be in it
        steps = page.ask(question or "", visit, since=since, until=until, source=source)
        for step in answering.until_done(steps, request):
            yield (box, *step)
            box = gr.skip()

    def retry(
        visit: Visit, since: str, until: str, source: str, request: gr.Request
    ) -> Iterator[tuple[Visit, str]]:
        steps = page.retry(own_visit(visit, request), since=since, until=until, source=source)
        yield from answering.until_done(steps, request)

    def give_up(visit: Visit, request: gr.Request) -> tuple[Any, Any]:
        if request in answering:  # another question: Gradio calls this also when what was stopped is done
            return gr.skip(), gr.skip()
        return page.give_up(own_visit(visit, request))

    def take_example(event: gr.EventData) -> str:
        return str(event.question)

    @owned
    def judge(visit: Visit, event: gr.EventData) -> tuple[Visit, dict[str, Any]]:
        number = int(event.number)
        verdict: Verdict = "right" if event.verdict == "right" else "wrong"
        visit, said = page.judge(
            visit, number=number, verdict=verdict, correction=str(event.correction)[:2000]
        )
        kept = next((turn.verdict for turn in visit.turns if turn.number == number), None)
        return visit, {"number": number, "verdict": kept, "said": said}

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
        event.failure(give_up, inputs=parts.visit, outputs=talk, **at_once)
    _wire_stop(parts, page, asked, outputs=talk, at_once=at_once)
    edited = parts.conversation.edit(
        owned(page.edit), inputs=parts.visit, outputs=[parts.question, *talk], **at_once
    )
    edited.then(None, js=script("edit.js"))
    judged = parts.conversation.judge(
        judge,
        inputs=parts.visit,
        outputs=[parts.visit, parts.judged],
        trigger_mode="multiple",  # the last word counts, also one said while the one before is kept
        **at_once,
    )
    judged.then(None, inputs=parts.judged, js="(judged) => hoidap.judged(judged)")
    boxes = [box.change for box in parts.filters]
    gr.on(boxes, filtered, inputs=[*parts.filters, parts.visit], outputs=parts.filtered, **at_once)


@dataclass(slots=True)
class _Answer:
    """An answer that is being made.

    :ivar page: the session that waits for it.
    :ivar left: whether the page has gone on to another conversation.
    :ivar language: that of the page, where it was changed meanwhile.
    """

    page: str | None
    left: bool = False
    language: Language | None = None


class _Answering:
    """The pages whose question is being answered, and what happens on them meanwhile.

    :param show: makes the HTML of a visit's conversation.
    """

    def __init__(self, show: Callable[[Visit], str]) -> None:
        self._show = show
        self._answers: list[_Answer] = []

    def __contains__(self, request: gr.Request) -> bool:
        return any(self._of(request))

    def leave(self, request: gr.Request) -> None:
        """The page shows another conversation: what is still answered is kept, and not shown there."""
        for answer in self._of(request):
            answer.left = True

    def speak(self, request: gr.Request, language: Language) -> None:
        """The page is in another language."""
        for answer in self._of(request):
            answer.language = language

    def until_done(
        self, steps: Iterator[tuple[Visit, str]], request: gr.Request
    ) -> Iterator[tuple[Visit, str]]:
        """The steps of an answer, as the page is now; it is among these until they end."""
        answer = _Answer(request.session_hash)
        self._answers.append(answer)
        try:
            for visit, shown in steps:
                if answer.left:
                    continue
                if answer.language in {None, visit.language}:
                    yield visit, shown
                else:
                    visit = replace(visit, language=answer.language)
                    yield visit, self._show(visit)
        finally:
            self._answers.remove(answer)

    def _of(self, request: gr.Request) -> Iterator[_Answer]:
        return (answer for answer in self._answers if answer.page == request.session_hash)


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

    of_visit: dict[str, Any] = {"inputs": parts.visit, "outputs": parts.reading, **at_once}
    _then_the_next(parts.reading.list(list_articles, **of_visit))
    shown = [parts.reading, parts.conversation]
    parts.reading.changed(list_changed, inputs=parts.visit, outputs=shown, **at_once)
    for event in (
        parts.browse.click(browse, **of_visit),
        parts.reading.place(open_place, **of_visit),
        parts.conversation.place(open_place, **of_visit),
    ):
        event.then(None, js=script("show.js"))


def _wire_history(
    parts: Parts, page: Page, panel: Panel, answering: _Answering, *, at_once: dict[str, Any]
) -> None:
    @owned
    def search(visit: Visit, event: gr.EventData) -> str:
        return panel.history(visit, str(event.search))

    @owned
    def browse(visit: Visit) -> str:
        return panel.history(visit)

    def reopen(visit: Visit, event: gr.EventData, request: gr.Request) -> tuple[Visit, str]:
        answering.leave(request)
        return page.reopen(own_visit(visit, request), str(event.conversation))

    @owned
    def rename(visit: Visit, event: gr.EventData) -> str:
        return panel.rename(visit, str(event.conversation), str(event.title), search=str(event.search))

    def forget(visit: Visit, event: gr.EventData, request: gr.Request) -> tuple[Visit, Any, str]:
        visit = own_visit(visit, request)
        then, listed = panel.delete(visit, str(event.conversation), search=str(event.search))
        if then is visit:
            return then, gr.skip(), listed
        answering.leave(request)
        return then, page.conversation(then), listed

    of_visit: dict[str, Any] = {"inputs": parts.visit, "outputs": parts.reading, **at_once}
    parts.history.click(browse, **of_visit).then(None, js=script("show.js"))
    _then_the_next(parts.reading.talks(search, **of_visit))
    parts.reading.rename(rename, **of_visit)
    talk = [parts.visit, parts.conversation]
    parts.reading.reopen(reopen, inputs=parts.visit, outputs=talk, **at_once)
    parts.reading.forget(forget, inputs=parts.visit, outputs=[*talk, parts.reading], **at_once)


def _then_the_next(listed: Any) -> None:
    """Tell the page that a list was made, or could not be: it asks for one at a time."""
    for after in (listed.then, listed.failure):
        after(None, js="() => hoidap.listed()")
