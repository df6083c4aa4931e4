"""Article → passages: runs of whole sentences of about the same length, one sentence shared with the next.

A passage is searched together with its article's title, source and date, because near-identical reports are
told apart by little else.  Furniture is never in a passage's sentences, though it may lie between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.pieces import Cutter
from index.sentences import split_sentences
from index.trim import outside

if TYPE_CHECKING:
    from index.article import Article
    from index.span import Span

    CountTokens = Callable[[Sequence[str]], list[int]]

LONGEST_OVERLAP = 1 / 3
"""Share of the budget that the sentence shared with the passage before may take."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article that is searched and read as one.

    :ivar article: identifier of the article.
    :ivar start: first code point of the first sentence, in the article's text.
    :ivar end: one past the last code point of the last sentence.
    :ivar sentences: in order; furniture between them is left out.
    """

    article: str
    start: int
    end: int
    sentences: tuple[Span, ...]


def sentences_of(article: Article) -> tuple[Span, ...]:
    r"""The sentences of an article in order, furniture cut out of them.

    >>> from index.article import Article
    >>> article = Article.from_text("Sơ kết\nLượt xem: 133\nĐảng ủy họp…SKĐB2022.jpg", id="a.txt")
    >>> [sentence.of(article.text) for sentence in sentences_of(article)]
    ['Sơ kết', 'Đảng ủy họp…']
    """
    return tuple(
        part
        for sentence in split_sentences(article.text)
        for part in outside(article.text, sentence, pieces=article.furniture)
    )


def cut_passages(
    article: Article, *, count_tokens: CountTokens, max_tokens: int = 200
) -> tuple[Passage, ...]:
    """The passages of an article, in order; none where it holds nothing but furniture.

    A sentence longer than a passage is cut at clauses, or else between words.

    :param count_tokens: texts → their lengths as the encoder counts.
    :param max_tokens: longest passage, without the header it is searched with.
    """
    cutter = Cutter(count_tokens=count_tokens, max_tokens=max_tokens)
    sentences = list(cutter.cut(article.text, sentences=sentences_of(article)))
    groups = _group([tokens for _, tokens in sentences], max_tokens)
    spans = [sentence for sentence, _ in sentences]
    return tuple(
        Passage(article.id, spans[first].start, spans[last - 1].end, tuple(spans[first:last]))
        for first, last in groups
    )


def header(article: Article) -> str:
    """Title, source and day, as they are searched with each passage of the article.

    The name of a file is no title: an article without a headline is searched by its words alone.
    """
    day = article.published.strftime("%d/%m/%Y") if article.published else None
    return "\n".join(part for part in (article.headline, article.source, day) if part)


def search_text(article: Article, passage: Passage) -> str:
    """What BM25 and the encoder see of a passage: the header and then its sentences.

    A headline before the other sentences is left to the header.
    """
    sentences = [" ".join(sentence.of(article.text).split()) for sentence in passage.sentences]
    if sentences and sentences[0] == article.headline:
        del sentences[0]
    return "\n".join(part for part in (header(article), " ".join(sentences)) if part)


def _group(lengths: list[int], most: int) -> list[tuple[int, int]]:
    """Ranges of sentences: each as long as fits, the last two about equally long.

    >>> _group([60, 60, 60, 60, 60, 20], 200)    # sentence 2 is shared
    [(0, 3), (2, 6)]
    >>> _group([90, 90, 90, 10], 200)    # none is: 90 is more than a third of 200
    [(0, 2), (2, 4)]
    """
    shared = [length <= most * LONGEST_OVERLAP for length in lengths]
    groups: list[tuple[int, int]] = []
    start = 0
    while start < len(lengths):
        first, total = _with_shared(start, lengths, shared, most) if groups else (0, lengths[0])
        end = start + 1
        while end < len(lengths) and total + lengths[end] <= most:
            total += lengths[end]
            end += 1
        groups.append((first, end))
        start = end
    if len(groups) >= 2 and sum(lengths[slice(*groups[-1])]) * 2 < most:
        groups[-2:] = _balanced(groups[-2][0], len(lengths), lengths, shared, most)
    return groups


def _with_shared(start: int, lengths: list[int], shared: list[bool], most: int) -> tuple[int, int]:
    """Where a passage begins whose first sentence of its own is ``start``, and its length with that one."""
    if shared[start - 1] and lengths[start - 1] + lengths[start] <= most:
        return start - 1, lengths[start - 1] + lengths[start]
    return start, lengths[start]


def _balanced(
    first: int, end: int, lengths: list[int], shared: list[bool], most: int
) -> list[tuple[int, int]]:
    """Two passages out of one range, the longer of them as short as can be."""
    before, total = 0, sum(lengths[first:end])
    best: tuple[int, list[tuple[int, int]]] | None = None
    for start in range(first + 1, end):
        before += lengths[start - 1]
        second, with_shared = _with_shared(start, lengths, shared, most)
        longer = max(before, total - before + with_shared - lengths[start])
        if best is None or longer < best[0]:
            best = longer, [(first, start), (second, end)]
    return best[1] if best else [(first, end)]
