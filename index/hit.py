"""What a search gives: passages in their articles; and the articles that there are to search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.display import highlight_html
from index.passage import header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from index.article import Article
    from index.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    :ivar sentences: the spans of its sentences in the article's text, page furniture left out.
    :ivar score: fused score in [0, 1], that of the best passage 1; comparable only within one search.
    :ivar bm25_rank: place in the BM25 ranking, from 1; ``None`` below the candidates.
    :ivar dense_rank: place in the ranking by vectors, likewise.
    :ivar cosine: cosine of question and passage.
    """

    article: Article
    start: int
    end: int
    sentences: tuple[Span, ...]
    score: float
    bm25_rank: int | None
    dense_rank: int | None
    cosine: float

    @property
    def text(self) -> str:
        """The passage, word for word."""
        return self.article.text[self.start : self.end]

    @property
    def with_header(self) -> str:
        """The passage below title, source and day of its article."""
        return f"{header(self.article)}\n{self.text}"

    def to_dict(self) -> dict[str, Any]:
        """The JSON that the command line and HTTP give."""
        article = self.article
        return {
            "article": article.id,
            "title": article.title,
            "published": article.published.isoformat() if article.published else None,
            "source": article.source,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "score": round(self.score, 6),
            "bm25_rank": self.bm25_rank,
            "dense_rank": self.dense_rank,
        }

    def __rich_console__(self, *_: object) -> Iterator[object]:
        from rich.text import Text

        yield Text.assemble((self.article.title, "bold"), f"  {self.score:.3f}")
        yield Text(f"{self.article.id}:{self.start}–{self.end}", style="dim")
        yield Text(self.text)

    def _repr_html_(self) -> str:
        return (
            f"<p><b>{highlight_html(self.article.title)}</b> {self.score:.3f}<br>"
            f"{highlight_html(self.text)}<br><small>{highlight_html(self.article.id)}</small></p>"
        )


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article in the list of what is indexed.

    :ivar passages: how many passages it was cut into.
    """

    id: str
    title: str
    published: date | None
    source: str | None
    passages: int

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON values."""
        published = self.published.isoformat() if self.published else None
        return {
            "article": self.id,
            "title": self.title,
            "published": published,
            "source": self.source,
            "passages": self.passages,
        }
