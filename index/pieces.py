"""Sentences too long for a passage → pieces that fit, cut at semicolons, else clauses, else words, else anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from index.span import Span

_ITEM = re.compile(r"\S.*?(?:;(?=\s)|\Z)", re.DOTALL)
_CLAUSE = re.compile(
    r"\S.*?(?:[;,:](?=\s)(?!\s+(?:ngày|tháng|năm)\s+\d)|\s[–—-](?=\s)|\Z)", re.DOTALL | re.IGNORECASE
)
"""A day belongs to what it dates: "Chỉ thị số 05-CT/TW, ngày 15/5/2016"."""
_BATCH = 1024
_CHARACTERS_A_TOKEN = 12
"""More characters than this for each token of the budget are too long without counting."""
_WINDOW = 16
"""Pieces that are made about equally long at a time, so that a sentence of any length takes little memory."""

Sized = tuple[Span, int]
"""A stretch of text and its length in tokens."""


class Cutter:
    """Cuts sentences down to a number of tokens.

    :param count_tokens: texts → their lengths in tokens.
    :param max_tokens: the longest piece.
    """

    def __init__(self, *, count_tokens: Callable[[Sequence[str]], list[int]], max_tokens: int) -> None:
        self._count_tokens = count_tokens
        self._most = max_tokens
        # A few words at a time; a run of characters without a blank is cut, too, for it may take a token each.
        words = re.compile(
            rf"\S{{1,{max(1, max_tokens // 2)}}}(?:\s+\S{{1,12}}(?!\S)){{0,{max_tokens // 25}}}"
        )
        self._cuts = (_ITEM, _CLAUSE, words)

    def cut(self, text: str, *, sentences: Iterable[Span]) -> Iterator[Sized]:
        """The sentences with their lengths, in order, those that are too long replaced by their pieces."""
        for sentence, tokens in self._sized(text, sentences):
            if tokens is None:
                yield from self._pieces(text, sentence)
            else:
                yield sentence, tokens

    def _sized(self, text: str, spans: Iterable[Span]) -> Iterator[tuple[Span, int | None]]:
        """Each stretch with its length, ``None`` where it is too long."""
        remaining = iter(spans)
        while batch := list(islice(remaining, _BATCH)):
            small = [span for span in batch if span.end - span.start <= self._most * _CHARACTERS_A_TOKEN]
            lengths = dict(zip(small, self._count_tokens([span.of(text) for span in small]), strict=True))
            for span in batch:
                tokens = lengths.get(span)
                yield span, tokens if tokens is not None and tokens <= self._most else None

    def _pieces(self, text: str, sentence: Span) -> Iterator[Sized]:
        window: list[Sized] = []
        total = 0
        for part in self._parts(text, sentence, self._cuts):
            window.append(part)
            total += part[1]
            if total >= _WINDOW * self._most:
                yield from _packed(window, self._most)
                window, total = [], 0
        yield from _packed(window, self._most)

    def _parts(self, text: str, span: Span, cuts: Sequence[re.Pattern[str]]) -> Iterator[Sized]:
        """The parts that the first of some patterns cuts a stretch into; those that are too long cut by the others."""
        first, *finer = cuts
        parts = (Span(*match.span()) for match in first.finditer(text, *span))
        for part, tokens in self._sized(text, parts):
            if tokens is not None or not finer:
                yield part, self._most if tokens is None else tokens
            else:
                yield from self._parts(text, part, finer)


def _packed(parts: Sequence[Sized], most: int) -> list[Sized]:
    """Neighbouring parts put together, as evenly as fits.

    >>> _packed([(Span(0, 5), 60), (Span(6, 9), 60), (Span(10, 15), 60), (Span(16, 20), 60)], 200)
    [(Span(start=0, end=9), 120), (Span(start=10, end=20), 120)]
    """
    total = sum(tokens for _, tokens in parts)
    if not total:
        return list(parts)
    even = -(-total // -(-total // most))
    largest = max(tokens for _, tokens in parts)
    pieces: list[Sized] = []
    (start, end), length = parts[0]
    for span, tokens in parts[1:]:
        # a part may reach over the even length by half its own, so that the last piece is no crumb
        if length + tokens <= min(most, even + largest // 2):
            end, length = span.end, length + tokens
        else:
            pieces.append((Span(start, end), length))
            (start, end), length = span, tokens
    return [*pieces, (Span(start, end), length)]
