"""A question about an article itself → the passages found, with the line of the page that tells.

How often it was viewed, who wrote it, when it was published, what its abbreviations stand for: counters are furniture,
which no passage holds, and the passage with the byline may not be among those found.  In every passage they would
answer other questions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.furniture import is_counter
from index.passage import sentences_of
from index.terms import fold
from qa.edges import asked_edge
from qa.meanings import abbreviation_asked, meaning_in

if TYPE_CHECKING:
    from index.article import Article
    from index.hit import Hit
    from index.span import Span

_COUNTER = re.compile(
    r"\b(?:luot|lan) (?:xem|doc|truy cap|tai|thich|chia se|binh luan|nghe)\b|\b(?:views?|shares?|likes?)\b"
)
"""What a question says, folded, that asks for a counter."""


def with_page_lines(question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    r"""The hits; if the question asks for it, the first hit of each article with the lines about it as sentences.

    >>> from index.article import Article
    >>> from index.hit import Hit
    >>> from index.span import Span
    >>> text = "Cầu mới\n\nLượt xem: 133\n\nCầu khánh thành sáng 16/8.\n\nTin: Lê An"
    >>> article = Article.from_text(text, id="cau.txt")
    >>> hits = (Hit(article, 24, 50, (Span(24, 50),), 1.0, 1, 1, 0.9),)
    >>> def said(question):
    ...     return [sentence.of(article.text) for sentence in with_page_lines(question, hits)[0].sentences]
    >>> said("Bài về cầu có bao nhiêu lượt xem?"), said("Ai viết tin này?")
    (['Lượt xem: 133', 'Cầu khánh thành sáng 16/8.'], ['Cầu khánh thành sáng 16/8.', 'Tin: Lê An'])
    >>> said("Cầu khánh thành ngày nào?")
    ['Cầu khánh thành sáng 16/8.']
    """
    seen: set[str] = set()
    made = []
    for hit in hits:
        lines = [] if hit.article.id in seen else _lines(question, hit.article)
        seen.add(hit.article.id)
        made.append(replace(hit, sentences=tuple(sorted({*hit.sentences, *lines}))) if lines else hit)
    return tuple(made)


def _lines(question: str, article: Article) -> list[Span]:
    if _COUNTER.search(fold(question)):
        return [piece for piece in article.furniture if is_counter(piece.of(article.text))]
    short = abbreviation_asked(question)
    if short and (words := meaning_in(article.text, short)):
        return [
            sentence for sentence in sentences_of(article) if sentence.start <= words.start < sentence.end
        ]
    edge = asked_edge(question, article)
    return [edge] if edge else []
