"""An article with its passages ⇄ rows of the tables."""

from __future__ import annotations

import json
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.milvus.schema import LONGEST, NO_VECTOR
from index.short_forms import short_forms
from index.span import Span
from index.terms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.encoding import EncodedArticle
    from index.milvus.weights import Channel

    Row = dict[str, Any]

ARTICLE_FIELDS = ("key", "id", "title", "source", "published", "pieces")
SUMMARY_FIELDS = ("id", "title", "source", "published", "passages")
_PIECE = LONGEST // 4
"""Code points of a piece of a text: each takes at most four bytes."""


def key(*parts: object) -> int:
    """A 63-bit BLAKE2b digest: the same key for the same thing in every process.

    Among *n* keys the chance that any two are equal is about n² / 2⁶⁴: 5·10⁻⁶ for ten million, 0.05 for a thousand
    million; two passages with one key are one passage.
    """
    digest = blake2b("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> 1


def file_row(path: str, *, sha256: str, encoder: str, whole: bool) -> Row:
    """A file version.

    :param whole: whether all of its articles are in.
    """
    return {
        "key": key(path, sha256, encoder),
        "vector": NO_VECTOR,
        "path": path,
        "sha256": sha256,
        "whole": whole,
    }


def article_row(article: Article, *, file: int, passages: int) -> Row:
    """An article; its text and furniture as pieces of one JSON value."""
    body = json.dumps({"text": article.text, "furniture": article.furniture}, ensure_ascii=False)
    return {
        "key": key(file, article.id),
        "vector": NO_VECTOR,
        "file": file,
        "id": article.id,
        "title": article.title,
        "source": article.source or "",
        "published": _number(article.published),
        "passages": passages,
        "pieces": [body[start : start + _PIECE] for start in range(0, len(body), _PIECE)],
    }


def article_of(row: Row) -> Article:
    """The article in a row."""
    body = json.loads("".join(row["pieces"]))
    return Article(
        id=row["id"],
        title=row["title"],
        text=body["text"],
        published=day_of(row["published"]),
        source=row["source"] or None,
        furniture=tuple(Span(*span) for span in body["furniture"]),
    )


def passage_rows(
    encoded: EncodedArticle, *, file: int, channel: Channel, mean_length: float
) -> Iterator[Row]:
    """The passages of an article."""
    article = encoded.article
    common = {
        "file": file,
        "article": key(file, article.id),
        "id": article.id,
        "published": _number(article.published),
        "year": article.published.year if article.published else 0,
        "named": named(article),
    }
    for number, (passage, term_ids, counts, vector) in enumerate(encoded.passages):
        yield {
            **common,
            "key": key(common["article"], number),
            "start": passage.start,
            "end": passage.end,
            "sentences": [place for sentence in passage.sentences for place in sentence],
            "vector": vector.tolist(),
            **channel.row(term_ids, counts, mean_length=mean_length),
        }


def short_form_rows(articles: Iterable[Article], *, file: int) -> Iterator[Row]:
    """The abbreviations of a file, each once."""
    for form in dict.fromkeys(form for article in articles for form in short_forms(article.text)):
        yield {
            "key": key(file, *form),
            "vector": NO_VECTOR,
            "file": file,
            "short": form.short,
            "long": form.long,
            "folded_short": fold(form.short),
            "folded_long": fold(form.long),
            "defined": form.defined,
        }


def named(article: Article) -> str:
    """What ``--source`` is looked for in: source, title and identifier, folded."""
    return fold(f"{article.source or ''}\n{article.title}\n{article.id}")[:_PIECE]


def sentences_of(row: Row) -> tuple[Span, ...]:
    """The sentences of a passage."""
    places = list(row["sentences"])
    return tuple(Span(*pair) for pair in zip(places[::2], places[1::2], strict=True))


def day_of(number: int) -> date | None:
    """The day of a number; see :func:`index.milvus.filters.passing`."""
    return date.fromordinal(number) if number else None


def _number(day: date | None) -> int:
    return day.toordinal() if day else 0
