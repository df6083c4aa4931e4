"""A question for what an abbreviation stands for → the words of an article that say so.

Readers are taught with no such question.  An article says it in brackets, ``Giáo dục và Đào tạo (GDĐT)``, or has a name
with these initials.  Leaves out how abbreviations in other questions are spelled out: see :mod:`qa.abbreviations`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.short_forms import SHORT, explanations, short_forms
from index.span import Span
from index.terms import fold

_ASKS = re.compile(
    r"\bviet tat (?:(?:cua|cho|tu|la|cum|chu)\b.*)?\b(?:gi|nao|sao)\b|\bviet tat\W*$|\bten day du\b|\bstands? for\b"
    r"|\bviet (?:day du|ro ra|ra)(?: \w+)? (?:gi|sao|the nao|nhu the nao)\b"
    r"|\b(?:nghia la|la chu|la nhung chu|la cum tu) (?:gi|nao)\b"
)
"""What asks for the words of an abbreviation, in folded text."""
_ONLY = re.compile(rf"\W*(?:what (?:is|does) )?{SHORT.pattern}(?: là gì| la gi| mean)?\W*")
_FIRST = re.compile(r"\W*(?:chu )?(\w{2,10}) (?:la (?:chu )?)?viet tat(?: (?:cua|cho|tu|la|gi)\b|\W*$)")
"""An abbreviation in small letters, in folded text."""


def abbreviation_asked(question: str) -> str | None:
    """The abbreviation whose words a question asks for, in capitals; nothing where it asks for something else.

    >>> abbreviation_asked("Chữ HĐXX viết đầy đủ là gì?"), abbreviation_asked("gdđt là viết tắt của từ gì")
    ('HĐXX', 'GDĐT')
    >>> abbreviation_asked("UBND là gì?"), abbreviation_asked("UBND tỉnh nêu mục tiêu gì?")
    ('UBND', None)
    """
    folded = fold(question)
    if not _ASKS.search(folded) and not ("là gì" in question and _ONLY.fullmatch(question)):
        return None
    if short := SHORT.search(question):
        return short[0].upper()
    small = _FIRST.match(folded)
    return question[small.start(1) : small.end(1)].upper() if small and len(folded) == len(question) else None


def with_meaning(text: str, span: Span, *, inside: Span, question: str) -> tuple[Span, int]:
    """The words that a question asks for in place of a span of their sentence, and how that fits.

    :returns: the span itself and 0 where the question asks for nothing of the kind; -1 where the words stand elsewhere,
        or nowhere though an abbreviation is what the question says it is.

    >>> text = "Sở Giáo dục và Đào tạo (GDĐT) họp."
    >>> with_meaning(text, Span(0, 22), inside=Span(0, 34), question="GDĐT là gì?")
    (Span(start=3, end=22), 1)
    >>> with_meaning(text, Span(0, 22), inside=Span(0, 34), question="GDĐT họp ở đâu?")
    (Span(start=0, end=22), 0)
    """
    short = abbreviation_asked(question)
    if short is None:
        return span, 0
    words = meaning_in(text, short)
    if words is None:
        return span, -int(bool(_ASKS.search(fold(question))))
    return (words, 1) if inside.start <= words.start and words.end <= inside.end else (span, -1)


def meaning_in(text: str, short: str) -> Span | None:
    """Where a text says what an abbreviation stands for, or else names what has these initials.

    >>> text = "Sở Giáo dục và Đào tạo (GDĐT) và Đảng ủy Trường Đại học Công nghệ họp."
    >>> [meaning_in(text, short).of(text) for short in ("GDĐT", "ĐHCN")], meaning_in(text, "UBKT")
    (['Giáo dục và Đào tạo', 'Đại học Công nghệ'], None)
    """
    return _meanings(text).get(fold(short))


@lru_cache(maxsize=64)
def _meanings(text: str) -> dict[str, Span]:
    """The first place for each abbreviation, folded; a place in brackets before others."""
    found: dict[str, Span] = {}
    for short, place in explanations(text):
        found.setdefault(fold(short), place)
    for form in short_forms(text):
        start = text.find(form.long)
        if start >= 0:
            found.setdefault(fold(form.short), Span(start, start + len(form.long)))
    return found
