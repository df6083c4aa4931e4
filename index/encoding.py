"""Articles in, their passages with terms and vectors out; what costs time when an index is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from index.article import Article
from index.moments import written_about
from index.passage import cut_passages, search_text
from index.terms import term_counts
from index.writer import EncodedPassage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.passage import Passage


class EncodedArticle(NamedTuple):
    """An article with everything that is searched of it."""

    article: Article
    passages: tuple[EncodedPassage, ...]


def encode_articles(
    articles: Sequence[Article], encoder: Encoder, *, together: int | None = None
) -> list[EncodedArticle]:
    """Cut articles into passages and encode them.

    :param together: texts that are encoded at a time, ``None`` for all; the shipped encoder takes as many threads,
        up to the number of cores.
    """
    cut = [(article, cut_passages(article, count_tokens=encoder.count_tokens)) for article in articles]
    texts = [search_text(article, passage) for article, passages in cut for passage in passages]
    step = together or len(texts) or 1
    vectors = (
        vector
        for start in range(0, len(texts), step)
        for vector in encoder.encode_passages(texts[start : start + step])
    )
    remaining = iter(zip(texts, vectors, strict=True))
    return [EncodedArticle(article, with_terms(article, passages, remaining)) for article, passages in cut]


def with_terms(
    article: Article, passages: Sequence[Passage], encoded: Iterator[tuple[str, NDArray[np.float32]]]
) -> tuple[EncodedPassage, ...]:
    """The passages of an article with their terms and vectors.

    :param encoded: what is searched of each passage, and its vector; of these as many are taken as there are passages.
    """
    about = written_about(article)
    return tuple(
        EncodedPassage(passage, *term_counts(text, about=about), vector)
        for passage, (text, vector) in zip(passages, encoded, strict=False)
    )
