"""Spans made smaller: without the blanks around them, without the pieces (of furniture) in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.span import Span


def trim(text: str, span: Span) -> Span:
    """The span without the blanks at its ends; empty where it is all blank.

    >>> trim("Tin:  ảnh ", Span(4, 10))
    Span(start=6, end=9)
    """
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def outside(text: str, span: Span, *, pieces: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span when pieces are cut out of it, trimmed, without what is all blank.

    :param pieces: in order, not overlapping.

    >>> list(outside("Sơ kết | 133 lượt xem", Span(0, 21), pieces=[Span(7, 21)]))
    [Span(start=0, end=6)]
    """
    start = span.start
    at = max(0, bisect_left(pieces, Span(start, start)) - 1)  # the piece before may reach into the span
    while at < len(pieces) and pieces[at].start < span.end:
        left = trim(text, Span(start, max(start, pieces[at].start)))
        if left.start < left.end:
            yield left
        start = max(start, pieces[at].end)
        at += 1
    left = trim(text, Span(start, max(start, span.end)))
    if left.start < left.end:
        yield left
