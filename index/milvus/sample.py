"""How long the passages of some files are, before any of them is written: what BM25 measures lengths by."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from index.article import read_articles
from index.errors import UnreadableArticle
from index.moments import written_about
from index.passage import cut_passages, search_text
from index.terms import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.article import Article
    from index.encoder import Encoder
    from index.formats.extraction import Extraction
    from index.scan import Source

_PASSAGES = 4_000  # that are counted: the mean is then right to half a percent or so
_ARTICLES = 50  # of a file, or its share of the passages where the files are few


def mean_length(sources: Sequence[Source], encoder: Encoder, *, extract: Callable[..., Extraction]) -> float:
    """The mean number of terms of a passage: of all of them where they are few, else of some drawn with a seed.

    :param extract: reads the formats; see :func:`index.article.read_articles`.
    """
    draw = random.Random(len(sources))
    passages = total = 0
    for source in draw.sample(sources, len(sources)):
        articles = _articles(source, extract)
        most = max(_ARTICLES, _PASSAGES // len(sources))
        for article in draw.sample(articles, min(len(articles), most)):
            about = written_about(article)
            for passage in cut_passages(article, count_tokens=encoder.count_tokens):
                passages += 1
                total += len(terms(search_text(article, passage), about=about))
        if passages >= _PASSAGES:
            break
    return total / passages if total else 1.0


def _articles(source: Source, extract: Callable[..., Extraction]) -> tuple[Article, ...]:
    try:
        return read_articles(source.path, id=source.id, extract=extract).articles
    except UnreadableArticle:
        return ()
