"""A conversation → a file to keep: Markdown, JSON, or HTML that prints well.

Takes a conversation and its turns, gives text; pure.  What articles and users wrote is inert in all three.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from qa.answer import NO_ANSWER
from ui.language import say, say_message, spoken
from ui.markup import day, escaped, inert
from ui.render import marked_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qa.answer import Answer, Citation, Reply
    from ui.conversations import Conversation
    from ui.turn import Turn

_ACTIVE = re.compile(r"([\\`*_\[\]<>#~|$&]|^[-+=](?=\s|$)|(?<=^\d)[.)](?=\s)|(?<=^\d\d)[.)](?=\s))")
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 "Be Vietnam Pro", system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
.answer { margin: 0 0 .3rem; font-weight: 600; }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #999; }
.place, .note { margin: .2rem 0; font-size: .88rem; color: #555; } article { break-inside: avoid; }
"""


def as_json(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """Everything that is kept; replies as on the command line."""
    value = {
        "id": conversation.id,
        "title": conversation.title,
        "created": conversation.created.isoformat(),
        "updated": conversation.updated.isoformat(),
        "turns": [_turn_json(turn) for turn in turns],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_markdown(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """Questions as headings, answers in their sentences as quotations, each with its place."""
    lines = [f"# {markdown(conversation.title)}", ""]
    for turn in turns:
        lines += [f"## {markdown(turn.question)}", "", *_markdown_lines(turn)]
    return "\n".join(lines)


def as_html(conversation: Conversation, turns: Sequence[Turn]) -> str:
    """A page of its own, without scripts and without links."""
    body = "".join(
        f"<article><h2>{escaped(turn.question)}</h2>{''.join(_html_parts(turn))}</article>" for turn in turns
    )
    return (
        f'<!doctype html><html lang="{spoken()}"><meta charset="utf-8"><title>{escaped(conversation.title)}</title>'
        f"<style>{_STYLE}</style><h1>{escaped(conversation.title)}</h1>{body}</html>\n"
    )


EXPORTS: dict[str, tuple[str, Callable[[Conversation, Sequence[Turn]], str]]] = {
    "md": ("text/markdown", as_markdown),
    "json": ("application/json", as_json),
    "html": ("text/html", as_html),
}
"""File suffix → media type, and what writes it."""


def markdown(text: str) -> str:
    r"""``text`` as Markdown that means nothing but itself, on one line.

    >>> markdown("*72* <b>? $$x$$"), markdown("1. Sách"), markdown("- 5 người")
    ('\\*72\\* \\<b\\>? \\$\\$x\\$\\$', '1\\. Sách', '\\- 5 người')
    """
    return _ACTIVE.sub(r"\\\1", " ".join(inert(text).split()))


def _turn_json(turn: Turn) -> dict[str, Any]:
    return {
        "question": turn.question,
        "reply": turn.reply.to_dict() if turn.reply else None,
        "error": str(turn.error) if turn.error else None,
        "verdict": turn.verdict,
        "correction": turn.correction,
    }


def _said(turn: Turn) -> Iterator[str]:
    """What is said about the question and its reply, beside the answers."""
    if turn.error:
        yield say_message(turn.error)
    if turn.reply:
        yield from (say_message(note.message) for note in turn.reply.notes)
        if not turn.reply.answered:
            yield say(NO_ANSWER)


def _shown(reply: Reply | None) -> Sequence[Answer]:
    return reply.answers if reply else ()


def _markdown_lines(turn: Turn) -> Iterator[str]:
    for sentence in _said(turn):
        yield from (markdown(sentence), "")
    for answer in _shown(turn.reply):
        sure = say("Xác suất đúng ước tính: {}", f"{answer.confidence:.0%}")
        yield from (f"**{markdown(answer.text)}** ({markdown(sure)})", "")
        for citation in answer.citations:
            yield from (f"> {markdown(citation.sentence)}", ">", f"> — {markdown(_place(citation))}", "")


def _html_parts(turn: Turn) -> Iterator[str]:
    for sentence in _said(turn):
        yield f'<p class="note">{escaped(sentence)}</p>'
    for answer in _shown(turn.reply):
        sure = say("Xác suất đúng ước tính: {}", f"{answer.confidence:.0%}")
        yield f'<p class="answer">{escaped(answer.text)}</p><p class="note">{sure}</p>'
        for citation in answer.citations:
            yield f"<blockquote>{marked_html(citation)}</blockquote>"
            yield f'<p class="place">{escaped(_place(citation))}</p>'


def _place(citation: Citation) -> str:
    parts = [citation.title, day(citation.published) if citation.published else "", citation.source or ""]
    return f"{', '.join(part for part in parts if part)} ({citation.article})"
