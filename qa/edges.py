"""Whether a span only tells when an article was published or who wrote it, which hardly any question asks.

"20:02, 18/08/2022" above an article is no day of the meeting that it tells of, and its reporter no director.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.bylines import find_byline
from index.dates import find_dateline
from index.terms import fold, has_tone_marks

if TYPE_CHECKING:
    from index.article import Article
    from index.span import Span

_WORDS = (
    r"\b(?:đăng|viết|bài|tác giả|phóng viên|nguồn|chụp|công bố|ban hành|(?:ai|người|đã) ký|xuất bản|cập nhật|đưa tin"
    r"|thông tin|author|wrote|written|published|posted|article)\b"
)
_ABOUT = re.compile(_WORDS, re.IGNORECASE)
"""What a question says that may ask for the day or the author of an article."""
_ABOUT_FOLDED = re.compile(
    fold(_WORDS).replace("dang|viet", r"dang (?!bo|uy|vien)|viet(?! nam)").replace("bai", "bai(?! hoc)")
)
"""The same where tone marks are missing: "đăng" is not Đảng, nor "viết" Việt Nam."""


def is_about_the_article(question: str, article: Article, span: Span) -> bool:
    r"""Whether a span is of the dateline or the byline of an article, and the question does not ask about articles.

    >>> from index.article import Article
    >>> from index.span import Span
    >>> text = "Cầu mới\n\n18/08/2022\n\nCầu Đá Bạc khánh thành sáng 16/8.\n\nTác giả: Lê An"
    >>> article = Article.from_text(text, id="cau.txt")
    >>> asked = "Cầu khánh thành ngày nào?", "Ai viết bài về cầu?"
    >>> [[is_about_the_article(question, article, part) for part in (Span(9, 19), Span(64, 69))] for question in asked]
    [[True, True], [False, False]]
    """
    asks = _ABOUT.search(question) if has_tone_marks(question) else _ABOUT_FOLDED.search(fold(question))
    return not asks and any(
        edge.start < span.end and span.start < edge.end for edge in _edges(article.text, article.furniture)
    )


@lru_cache(maxsize=256)
def _edges(text: str, furniture: tuple[Span, ...]) -> tuple[Span, ...]:
    dateline, byline = find_dateline(text), find_byline(text, furniture=furniture)
    return tuple(found.span for found in (dateline, byline) if found)
