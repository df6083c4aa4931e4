"""An assistant without models: answers one question about made-up articles, and abstains from every other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from index.article import Article
from index.errors import UsageError
from index.hit import ArticleSummary, Hit
from index.span import Span
from qa.answer import Answer, Citation, Note, Reply
from qa.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

LIBRARY = Article(
    id="tin/thu-vien.txt",
    title="Thư viện huyện Sông Mây mở cửa trở lại",
    text="Thư viện huyện Sông Mây mở cửa trở lại\n\nLượt xem: 133\n\n"
    "Ngày 4/3/2021, Thư viện huyện Sông Mây mở cửa. Thư viện có 12.500 đầu sách, trong đó 500 sách mới.\n"
    "Bà Lê Thị Hạnh, Giám đốc Thư viện, chủ trì buổi lễ.",
    published=date(2021, 3, 5),
    source="Trần Bình",
    furniture=(Span(40, 53),),
)
BRIDGE = Article(
    id="cau.txt", title="Khánh thành cầu Đá Bạc", text="Khánh thành cầu Đá Bạc\nCầu dài 240 mét."
)
QUESTION = "Thư viện có bao nhiêu đầu sách?"


def citation(article: Article, words: str, *, sentence: str) -> Citation:
    """The place where an article has these words in this sentence."""
    sentence_start = article.text.index(sentence)
    start = article.text.index(words, sentence_start)
    return Citation(
        text=words,
        article=article.id,
        title=article.title,
        published=article.published,
        source=article.source,
        start=start,
        end=start + len(words),
        sentence=sentence,
        sentence_start=sentence_start,
        sentence_end=sentence_start + len(sentence),
        sha256=article.sha256,
    )


BOOKS = citation(LIBRARY, "12.500 đầu sách", sentence="Thư viện có 12.500 đầu sách, trong đó 500 sách mới.")
NEW_BOOKS = citation(LIBRARY, "500 sách mới", sentence=BOOKS.sentence)
LENGTH = citation(BRIDGE, "240 mét", sentence="Cầu dài 240 mét.")


class FakeAssistant:
    """The methods of :class:`qa.assistant.Assistant`; keeps what it was asked."""

    def __init__(self, articles: Sequence[Article] = (LIBRARY, BRIDGE)) -> None:
        self._articles = articles
        self.asked: list[tuple[str, tuple[str, ...], date | None, date | None, str | None]] = []

    versions = {"generation": 7, "encoder": "bag-1", "reader": "none"}  # noqa: RUF012

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
    ) -> Reply:
        if len(question) > 1000:
            raise UsageError("The question is too long: ask in at most 1000 characters.")
        self.asked.append((question, tuple(history), since, until, source))
        notes = (Note("follow_up", Message("Đã hiểu là: {}", (history[-1],))),) if history else ()
        if question != QUESTION:
            return Reply(question, answers=(), closest=(BOOKS, LENGTH), notes=notes, seconds=0.1)
        answers = (Answer(0.93, (BOOKS,)), Answer(0.4, (NEW_BOOKS, LENGTH)))
        return Reply(question, answers=answers, closest=(), notes=notes, seconds=0.1)

    def search(
        self,
        question: str,
        *,
        k: int = 5,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        rerank: bool = False,
    ) -> tuple[Hit, ...]:
        self.asked.append((question, (), since, until, source))
        articles = self._articles[::-1] if rerank else self._articles
        hits = (
            Hit(article, 0, len(article.text), (), score=1.0, bm25_rank=1, dense_rank=None, cosine=0.5)
            for article in articles
        )
        return tuple(hits)[:k]

    def article(self, id: str) -> Article | None:
        return next((article for article in self._articles if article.id == id), None)

    def articles(self) -> tuple[ArticleSummary, ...]:
        return tuple(
            ArticleSummary(article.id, article.title, article.published, article.source, 1)
            for article in self._articles
        )
