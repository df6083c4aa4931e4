"""A conversation → a file to keep: Markdown, JSON, or HTML that prints well.

Takes a conversation and its turns, gives text; pure.  What articles and users wrote is inert in all three.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category

from qa.answer import NO_ANSWER
from ui.language import say, say_message, spoken
from ui.markup import day, escaped, inert
from ui.render import grouped, marked_html, placed_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qa.answer import Answer, Citation, Reply
    from ui.conversations import Conversation
    from ui.turn import Turn

_ACTIVE = re.compile(r"[\\`*_\[\]<>#~|$&]|^[-+=]")  # at the start: items, rules, underlines of headings
_NUMBERED = re.compile(r"^([0-9]{1,9})(?=[.)](?:\s|$))")  # items; to Markdown a longer number is none
# controls, marks that turn the text around, halves of pairs, line ends that JSON leaves as they are
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 "Be Vietnam Pro", system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
.answer { margin: 0 0 .3rem; font-weight: 600; }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #999; }
.place, .note { margin: .2rem 0; font-size: .88rem; color: #555; } article { break-inside: avoid; }
"""


def as_json(conversation: Conversation, turns: Sequence[Turn]) -> str:
    r"""Questions with their filters, replies as on the command line, and what was thought of them.

    What cannot be seen is written as ``\uXXXX``, so that the file reads as it is; a program reads the same values.
    """
    value = {
        "id": conversation.id,
        "title": conversation.title,
        "created": conversation.created.isoformat(),
        "updated": conversation.updated.isoformat(),
        "turns": [_turn_json(turn) for turn in turns],
    }
    text = json.dumps(value, ensure_ascii=False, indent=2)
    hidden = {letter for letter in text if category(letter) in _HIDDEN} - {"\n"}
    return text.translate({ord(letter): _unicode_escape(letter) for letter in hidden}) + "\n"


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

    >>> markdown("*72* <b>? $$x$$"), markdown("2022. Năm"), markdown("- 5 người")
    ('\\*72\\* \\<b\\>? \\$\\$x\\$\\$', '2022\\. Năm', '\\- 5 người')
    """
    line = " ".join(inert(text).split())
    return _NUMBERED.sub(r"\1\\", _ACTIVE.sub(r"\\\g<0>", line))


def _unicode_escape(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))


def _turn_json(turn: Turn) -> dict[str, Any]:
    return {
        "question": turn.question,
        "within": [str(filtered) for filtered in turn.within],
        "reply": turn.reply.to_dict() if turn.reply else None,
        "error": str(turn.error) if turn.error else None,
        "verdict": turn.verdict,
        "correction": turn.correction,
    }


def _said(turn: Turn) -> Iterator[str]:
    """What is said about the question and its reply, beside the answers."""
    if turn.within:
        yield say("Chỉ tìm trong các bài: {}", ", ".join(map(say_message, turn.within)))
    if turn.error:
        yield say_message(turn.error)
    if turn.reply:
        yield from (say_message(note.message) for note in placed_notes(turn.reply)[0])
        if not turn.reply.answered:
            yield say(NO_ANSWER)


class _Shown(NamedTuple):
    """Answers, the places that give them, and what is said below them."""

    answers: Sequence[Answer]
    places: list[list[Citation]]
    below: list[str]


def _shown(reply: Reply | None) -> Iterator[_Shown]:
    """Answers with their places: one by one, or the items of a list over the sentences that they share."""
    if reply is None:
        return
    together = [reply.answers] if reply.listed else [(answer,) for answer in reply.answers]
    below = [say_message(note.message) for note in placed_notes(reply)[1]]
    for answers in together:
        citations = [citation for answer in answers for citation in answer.citations]
        places = grouped(citations, key=lambda cited: (cited.article, cited.sentence_start))
        yield _Shown(answers, places, below)
        below = []


def _closest(turn: Turn) -> Sequence[Citation]:
    return turn.reply.closest if turn.reply else ()


def _closest_title() -> str:
    return f"{say('Những câu gần nhất')} {say('(không phải là câu trả lời)')}"


def _sure(answer: Answer) -> str:
    return say("Xác suất đúng ước tính: {}", f"{answer.confidence:.0%}")


def _markdown_lines(turn: Turn) -> Iterator[str]:
    for sentence in _said(turn):
        yield from (markdown(sentence), "")
    for answers, places, below in _shown(turn.reply):
        for answer in answers:
            yield from (f"**{markdown(answer.text)}** ({markdown(_sure(answer))})", "")
        for citation, *_ in places:
            yield from _markdown_quote(citation)
        for sentence in below:
            yield from (markdown(sentence), "")
    if closest := _closest(turn):
        yield from (markdown(_closest_title()), "")
        for citation in closest:
            yield from _markdown_quote(citation)


def _markdown_quote(citation: Citation) -> tuple[str, ...]:
    return f"> {markdown(citation.sentence)}", ">", f"> — {markdown(_place(citation))}", ""


def _html_parts(turn: Turn) -> Iterator[str]:
    for sentence in _said(turn):
        yield f'<p class="note">{escaped(sentence)}</p>'
    for answers, places, below in _shown(turn.reply):
        for answer in answers:
            yield f'<p class="answer">{escaped(answer.text)}</p><p class="note">{_sure(answer)}</p>'
        for shared in places:
            yield _html_quote(marked_html(*shared), shared[0])
        yield from (f'<p class="note">{escaped(sentence)}</p>' for sentence in below)
    if closest := _closest(turn):
        yield f'<p class="note">{_closest_title()}</p>'
        for citation in closest:
            yield _html_quote(escaped(citation.sentence), citation)


def _html_quote(words: str, citation: Citation) -> str:
    return f'<blockquote>{words}</blockquote><p class="place">{escaped(_place(citation))}</p>'


def _place(citation: Citation) -> str:
    parts = [citation.title, day(citation.published) if citation.published else "", citation.source or ""]
    return f"{', '.join(part for part in parts if part)} ({citation.article})"
