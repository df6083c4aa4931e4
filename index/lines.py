"""Text → lines, and lines → paragraphs: hard-wrapped lines joined, headings and captions left alone.

A line is hard-wrapped where its next word would not have fitted: paragraphs of PDF files and of
fixed-width text.  Widths are measured in the text itself; articles with one paragraph a line are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.abbreviations import is_abbreviation
from index.span import Span
from index.trim import trim

NARROWEST, WIDEST = 20, 200
"""Widths in characters between which a paragraph may have been wrapped by hand or by a program."""

_LINE = re.compile("[^\n\f\r\x0b\x85\u2028\u2029]+")
_ITEM = re.compile(r"(?:[-–—•+*▪►●○]|\(?\d{1,3}[.)]|\(?[a-zđ][.)])\s")
_CLOSERS = "”’\"')]}»"
_FULL, _FULLER = 0.6, 0.8
"""How much of the width a line and the next word take at least, where the next line begins in lower case, and
where it does not.  Generous, because the letters of most PDF files are not equally wide."""


def lines(text: str) -> Iterator[Span]:
    r"""The lines that are not blank, without the blanks around them.

    >>> [line.of("Tin\n\n  ảnh: \n") for line in lines("Tin\n\n  ảnh: \n")]
    ['Tin', 'ảnh:']
    """
    for match in _LINE.finditer(text):
        line = trim(text, Span(*match.span()))
        if line.start < line.end:
            yield line


def paragraphs(text: str) -> Iterator[Span]:
    r"""The lines, with those that were cut only to fit a width joined to the next.

    >>> wrapped = "Đảng ủy tổ chức hội nghị\nsơ kết tại Hà Nội."
    >>> [paragraph.of(wrapped) for paragraph in paragraphs(wrapped)] == [wrapped]
    True
    """
    runs = list(_runs(text))
    reach = _usual_reach(text, runs)
    for run in runs:
        width = max(line.end - line.start for line in run)
        joined = run[0]
        for line, following in pairwise(run):
            headline = line is runs[0][0] and not text[following.start].islower()
            if not headline and _continues(text, line, following, width=width, reach=reach):
                joined = Span(joined.start, following.end)
            else:
                yield joined
                joined = following
        yield joined


def _runs(text: str) -> Iterator[list[Span]]:
    """Lines with no blank line between them; a page break alone does not separate."""
    run: list[Span] = []
    for line in lines(text):
        if run:
            gap = text[run[-1].end : line.start]
            if len(gap.replace("\f", "").split("\n")) > (3 if "\f" in gap else 2):
                yield run
                run = []
        run.append(line)
    if run:
        yield run


def _usual_reach(text: str, runs: list[list[Span]]) -> float:
    """How far lines reach, next word included, where the next line surely goes on (in lower case).

    Infinite where the text shows no wrapping.
    """
    reaches = sorted(
        _reach(text, line, following)
        for run in runs
        if NARROWEST <= max(line.end - line.start for line in run) <= WIDEST
        for line, following in pairwise(run)
        if _open(text, line) and text[following.start].islower()
    )
    return reaches[len(reaches) // 10] if len(reaches) >= 2 else float("inf")


def _continues(text: str, line: Span, following: Span, *, width: int, reach: float) -> bool:
    if not NARROWEST <= width <= WIDEST or not _open(text, line) or _ITEM.match(text, following.start):
        return False
    if text[following.start].islower():
        return _reach(text, line, following) >= _FULL * width
    # A capital or a digit goes on, too ("đồng chí / Phạm Văn Cường"), but only where the line is as full as those
    # that were surely wrapped.
    return not following.of(text).isupper() and _reach(text, line, following) >= max(reach, _FULLER * width)


def _reach(text: str, line: Span, following: Span) -> int:
    word = text[following.start : following.end].split(maxsplit=1)[0]
    return line.end - line.start + 1 + len(word)


def _open(text: str, line: Span) -> bool:
    """Whether the line ends in the middle of a sentence, as far as its last mark shows."""
    last = text[line.end - 1]
    if last == ".":
        return is_abbreviation(text, line.end - 1)
    tail = text[max(line.start, line.end - 4) : line.end].rstrip(_CLOSERS)
    return not tail.endswith((".", "!", "?", "…", ":", ";"))
