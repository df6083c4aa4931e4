"""A question how often an article was viewed → the passages found, with the counter that the page has beside its text.

Counters are furniture, which no passage holds: they would answer every question for a number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.furniture import is_counter
from index.terms import fold

if TYPE_CHECKING:
    from index.hit import Hit

_ASKED = re.compile(
    r"\b(?:luot|lan) (?:xem|doc|truy cap|tai|thich|chia se|binh luan|nghe)\b|\b(?:views?|shares?|likes?)\b"
)
"""What a question says, folded, that asks for a counter."""


def with_counters(question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    r"""The hits; if the question asks for a counter, the first hit of each article with those of its page as sentences.

    >>> from index.article import Article
    >>> from index.hit import Hit
    >>> from index.span import Span
    >>> article = Article.from_text("Cầu mới\n\nLượt xem: 133\n\nCầu khánh thành sáng 16/8.", id="cau.txt")
    >>> hits = (Hit(article, 24, 50, (Span(24, 50),), 1.0, 1, 1, 0.9),)
    >>> (hit,) = with_counters("Bài về cầu có bao nhiêu lượt xem?", hits)
    >>> [sentence.of(article.text) for sentence in hit.sentences]
    ['Lượt xem: 133', 'Cầu khánh thành sáng 16/8.']
    >>> with_counters("Cầu khánh thành ngày nào?", hits) == hits
    True
    """
    if not _ASKED.search(fold(question)):
        return hits
    made, seen = [], set()
    for hit in hits:
        if hit.article.id not in seen:
            seen.add(hit.article.id)
            counters = [piece for piece in hit.article.furniture if is_counter(piece.of(hit.article.text))]
            hit = replace(hit, sentences=tuple(sorted((*hit.sentences, *counters))))
        made.append(hit)
    return tuple(made)
