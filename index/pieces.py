"""Sentences too long for a passage → pieces that fit, cut at clauses, else between words, else anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from index.span import Span

_CLAUSE = re.compile(r"\S.*?(?:[;,:](?=\s)|\s[–—-](?=\s)|\Z)", re.DOTALL)
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
        # one run of characters without a blank may take a token for each, and more
        self._word = re.compile(rf"\S{{1,{max(1, max_tokens // 4)}}}")

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
        for part in self._parts(text, sentence):
            window.append(part)
            total += part[1]
            if total >= _WINDOW * self._most:
                yield from _packed(window, self._most)
                window, total = [], 0
        yield from _packed(window, self._most)

    def _parts(self, text: str, sentence: Span) -> Iterator[Sized]:
        """The clauses of a sentence; the words of clauses that are too long."""
        clauses = (Span(*match.span()) for match in _CLAUSE.finditer(text, *sentence))
        for clause, tokens in self._sized(text, clauses):
            if tokens is not None:
                yield clause, tokens
            else:
                words = (Span(*match.span()) for match in self._word.finditer(text, *clause))
                for word, length in self._sized(text, words):
                    yield word, self._most if length is None else length


def _packed(parts: Sequence[Sized], most: int) -> list[Sized]:
    """Neighbouring parts put together, as evenly as fits.

    >>> _packed([(Span(0, 5), 60), (Span(6, 9), 60), (Span(10, 15), 60), (Span(16, 20), 60)], 200)
    [(Span(start=0, end=9), 120), (Span(start=10, end=20), 120)]
    """
    total = sum(tokens for _, tokens in parts)
    pieces: list[Sized] = []
    for count in range(max(1, -(-total // most)), len(parts) + 1):
        pieces = _filled(parts, -(-total // count))
        if len(pieces) <= count and all(tokens <= most for _, tokens in pieces):
            return pieces
        if count * most > 2 * total:
            break
    return _filled(parts, most)


def _filled(parts: Sequence[Sized], most: int) -> list[Sized]:
    """Neighbouring parts put together as long as they fit."""
    pieces: list[Sized] = []
    for span, tokens in parts:
        if pieces and pieces[-1][1] + tokens <= most:
            pieces[-1] = Span(pieces[-1][0].start, span.end), pieces[-1][1] + tokens
        else:
            pieces.append((span, tokens))
    return pieces
