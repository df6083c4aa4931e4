"""Whether a span counts the things, or holds the office, that a question names.

"72 đảng viên" does not tell how many đoàn viên there are, and who is named as Phó Bí thư is not the Bí thư: readers
fall for both.  Leaves out whether the span is a number or a person at all: see :func:`qa.question_kind.can_be`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.terms import fold
from qa.counted import HOW_MANY
from qa.people import people_in

if TYPE_CHECKING:
    from index.span import Span

_OFFICE = re.compile(
    r"\b(?P<deputy>pho (?:\w+ )?)?(?P<office>bi thu|giam doc|chu tich|hieu truong|vien truong|vu truong"
    r"|cuc truong|chu nhiem|truong ban|truong phong|truong khoa|tong giam doc|bo truong|chanh van phong|cum truong)\b"
)
_NUMBER = re.compile(r"\d[\d.,]*(?<=\d)")
_WORD = re.compile(r"[^\W\d_]+")
_ANYBODY = frozenset(("nguoi", "ca", "don", "lan", "cai", "thu"))  # what anything may be counted as
_APART = re.compile(r"[;,–]| - ")  # what stands before one of these is the office of somebody else
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
    counted = HOW_MANY.search(folded)
    if counted is not None:
        return _fit_of_count(counted[1], text, span, sentence)
    office = _OFFICE.search(folded)
    if office is not None:
        return _fit_of_office(office, text, span, sentence)
    return 0


def _fit_of_count(counted: str, text: str, span: Span, sentence: Span) -> int:
    wanted = _WORD.findall(counted)[:2]
    if not wanted or wanted[0] in _ANYBODY:
        return 0
    things = [
        _WORD.findall(fold(text[number.end() : min(sentence.end, number.end() + 30)]))[: len(wanted)]
        for number in _NUMBER.finditer(text, *span)
    ]
    if not any(things):
        return 0
    return 1 if wanted in things else -1


def _fit_of_office(asked: re.Match[str], text: str, span: Span, sentence: Span) -> int:
    names = list(people_in(text, sentence))
    own = next((name for name in names if name.start < span.end and span.start < name.end), None)
    if own is None:
        return 0
    end = min([name.start for name in names if name.start > own.start], default=sentence.end)
    start = max([name.end for name in names if name.end <= own.start], default=sentence.start)
    before = _APART.split(text[max(start, own.start - _NEAR) : own.start])[-1]
    offices = [*_OFFICE.finditer(fold(text[own.end : min(end, own.end + _NEAR)]))][:1]
    offices += [*_OFFICE.finditer(fold(before))][-1:]
    held = [bool(office["deputy"]) for office in offices if office["office"] == asked["office"]]
    if not held:
        return 0
    return 1 if bool(asked["deputy"]) in held else -1
