"""Whether a span counts the things, holds the office, or is the day that a question asks for.

"72 đảng viên" does not tell how many đoàn viên there are, who is named as Phó Bí thư is not the Bí thư, and
"6 tháng đầu năm" is no day: readers fall for all three.  Leaves out whether the span is a number or a person at all:
see :func:`qa.question_kind.can_be`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.moments import moments
from index.terms import fold, marked_spellings
from qa.counted import words_counted
from qa.people import people_in
from qa.slips import same_but_for_a_slip

if TYPE_CHECKING:
    from index.span import Span

_OFFICE = re.compile(
    r"\b(?P<deputy>pho (?:\w+ )?)?(?P<office>bi thu|giam doc|chu tich|hieu truong|vien truong|vu truong"
    r"|cuc truong|chu nhiem|truong ban|truong phong|truong khoa|tong giam doc|bo truong|chanh van phong|cum truong)\b"
)
_NUMBER = re.compile(r"\d[\d.,]*(?<=\d)")
_WORD = re.compile(r"[^\W\d_]+")
_ANYBODY = frozenset(("nguoi", "ca", "don", "lan", "cai", "thu", "gio"))  # what anything may be counted as
_APART = re.compile(r"[;,–]| - ")  # what stands before one of these is the office of somebody else
_OTHERS = re.compile(r"[;.]| cùng | và ")  # behind one of these stands somebody else
_WHAT_DAY = re.compile(r"\bngay (?:nao|may|bao nhieu)\b|\bwhat (?:date|day)\b")
_DAY = re.compile(r"\bngay \d")
_NEAR = 60  # characters before or behind a name that may tell its office


def fit(question: str, text: str, span: Span, *, sentence: Span) -> int:
    """1 where the span is of what the question names, -1 where it is of something else, 0 where nothing tells.

    :param text: of the article.
    :param sentence: around the span.

    >>> from index.span import Span
    >>> text = "Dự có ông Phan Sơn – Bí thư; ông Lê Trình – Phó Bí thư và 72 đảng viên."
    >>> whole, son, trinh, number = Span(0, 71), Span(10, 18), Span(33, 41), Span(58, 70)
    >>> [fit("Ai là Bí thư?", text, span, sentence=whole) for span in (son, trinh)]
    [1, -1]
    >>> [fit(f"Có bao nhiêu {noun}?", text, number, sentence=whole) for noun in ("đảng viên", "đoàn viên")]
    [1, -1]
    """
    folded = fold(question)
    if counted := words_counted(question):
        return _fit_of_count(counted, text, span, sentence)
    if _WHAT_DAY.search(folded):
        return _fit_of_day(fold(span.of(text)))
    office = _OFFICE.search(folded)
    if office is not None:
        return _fit_of_office(office, text, span, sentence)
    return 0


def _fit_of_day(said: str) -> int:
    if any(moment.day for moment in moments(said)) or _DAY.search(said):
        return 1
    return -1 if any(char.isdigit() for char in said) else 0


def _fit_of_count(counted: list[str], text: str, span: Span, sentence: Span) -> int:
    wanted = [word for word in counted[:2] if _WORD.fullmatch(word)]
    if not wanted or wanted[0] in _ANYBODY:
        return 0
    things = [
        _WORD.findall(fold(text[number.end() : min(sentence.end, number.end() + 30)]))[: len(wanted)]
        for number in _NUMBER.finditer(text, *span)
    ]
    if wanted in things:
        return 1
    doubtful = not all(map(marked_spellings, wanted))  # "How many members": articles count in Vietnamese
    return 0 if doubtful or not any(things) or any(_slip_apart(wanted, thing) for thing in things) else -1


def _slip_apart(wanted: list[str], thing: list[str]) -> bool:
    """Whether slips of the keyboard make the one the other: "học viêm" and "học viên"."""
    return len(wanted) == len(thing) and all(map(same_but_for_a_slip, wanted, thing))


def _fit_of_office(asked: re.Match[str], text: str, span: Span, sentence: Span) -> int:
    names = list(people_in(text, sentence))
    own = next((name for name in names if name.start < span.end and span.start < name.end), None)
    if own is None:
        return 0
    end = min([name.start for name in names if name.start > own.start], default=sentence.end)
    start = max([name.end for name in names if name.end <= own.start], default=sentence.start)
    before = _APART.split(text[max(start, own.start - _NEAR) : own.start])[-1]
    behind, *others = _OTHERS.split(text[own.end : min(end, own.end + _NEAR)], maxsplit=1)
    if not others and end < own.end + _NEAR and end < sentence.end:
        behind = behind.rpartition(",")[0] or behind  # the rest belongs to the next name
    offices = [*_OFFICE.finditer(fold(behind))]
    offices += [*_OFFICE.finditer(fold(before))][-1:]
    held = [bool(office["deputy"]) for office in offices if office["office"] == asked["office"]]
    if not held:
        return 0
    return 1 if bool(asked["deputy"]) in held else -1
