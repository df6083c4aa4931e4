"""A span → the reason that the question asks for, where a conjunction tells it from what follows from it.

Readers stop at the first comma of a reason, or give the consequence, which shares more words with the question.
"""

from __future__ import annotations

import re

from index.span import Span
from index.terms import folded_syllables
from qa.question_kind import Kind, asked_about, asked_for

_HENCE = re.compile(
    r"(?:,| và)?(?: đã| đang| sẽ)? (?:cho nên|(?<!trở )nên|dẫn đến|dẫn tới|khiến cho|khiến|làm cho) ",
    re.IGNORECASE,
)
"""Behind this stands what follows from the words before."""
_BEGINS = re.compile(r"[;:] |\b(?:rằng|với) |^\w+(?: \w+)?, ", re.IGNORECASE)
"""Behind this a reason may begin: a clause, or the sentence behind its "Tuy nhiên, "."""
_REST = re.compile(r",(?: (?!(?:đã|đang|điều|nó|họ)\b)\w+){1,3}")
"""The last of the things that a span lists."""
_BECAUSE = re.compile(r"\b(?:vì|do|bởi|nhờ|để|nhằm)\b", re.IGNORECASE)
_THIS = re.compile(r"\b(?:này|đó|đấy|ấy|thế|vậy)\b", re.IGNORECASE)
_GRANTED = 0.5
"""Share of what the question says from which a clause is what it takes for granted."""


def with_reason(text: str, span: Span, *, inside: Span, question: str) -> Span:
    """The span, grown to the end of the reason that it is part of, or the reason of what it says.

    :param inside: the sentence.
    :returns: the span itself where the question asks for no reason, or no conjunction tells.

    >>> text = "Tuy nhiên, đường trơn, hẹp khiến xe đi chậm."
    >>> asked = "Vì sao xe đi chậm?"
    >>> [with_reason(text, part, inside=Span(0, 44), question=asked).of(text) for part in (Span(11, 21), Span(33, 43))]
    ['đường trơn, hẹp', 'đường trơn, hẹp']
    >>> with_reason(text, Span(33, 43), inside=Span(0, 44), question="Xe đi thế nào?").of(text)
    'xe đi chậm'
    """
    if asked_for(question).kind is not Kind.REASON:
        return span
    for hence in _HENCE.finditer(text, inside.start, inside.end):
        if span.end <= hence.start():
            return Span(span.start, hence.start()) if _REST.fullmatch(text, span.end, hence.start()) else span
        begins = _BEGINS.finditer(text[inside.start : hence.start()])
        reason = Span(inside.start + max((one.end() for one in begins), default=0), hence.start())
        consequence = text[hence.end() : inside.end].partition(";")[0]
        if hence.end() <= span.start and span.end <= hence.end() + len(consequence):
            asked = set(folded_syllables(asked_about(question)))
            granted = len(asked.intersection(folded_syllables(consequence)))
            if (
                granted
                > max(len(asked.intersection(folded_syllables(reason.of(text)))), _GRANTED * len(asked))
                and not asked.isdisjoint(folded_syllables(span.of(text)))
                and not _BECAUSE.search(text[hence.end() : span.end])
                and not _THIS.search(reason.of(text))
            ):
                return reason
    return span
