"""Whether a span tells when an article was published or who wrote it, and whether the question asks for that.

"20:02, 18/08/2022" above an article is no day of the meeting that it tells of, and its reporter no director.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.bylines import find_byline
from index.dates import find_dateline
from index.terms import fold, has_tone_marks

if TYPE_CHECKING:
    from index.article import Article
    from index.span import Span

_WORDS = (
    r"\b(?:đăng(?! (?:k[ýí]|nhập|quang|cai)\b)|viết|bài|tác giả|phóng viên|nguồn|chụp|công bố|ban hành"
    r"|(?:ai|người|đã) ký|xuất bản|cập nhật|đưa tin|thông tin|author|wrote|written|published|posted|article)\b"
)
_ABOUT = re.compile(_WORDS, re.IGNORECASE)
"""What a question says that may ask for the day or the author of an article."""
_ABOUT_FOLDED = re.compile(
    fold(_WORDS)
    .replace("dang(?! (?:", "dang(?! (?:bo|uy|vien|")
    .replace("|viet|", "|viet(?! nam)|")
    .replace("bai", "bai(?! hoc)")
)
"""The same where tone marks are missing: "đăng" is not Đảng, nor "viết" Việt Nam."""
_ARTICLE = (
    r"\b(?:bài(?= (?:này|nọ|kia|trên|đó|ấy|nào|báo(?! cáo)|viết(?! (?:văn|thư|luận))|phóng sự|phỏng vấn|tin|về|nói"
    r"|của báo|do|được|đăng|đưa|ra|lên|trong|là|có)\b|\s*(?:[?.,]|$))"
    r"|bản tin|tin tức|tin (?:này|trên|về)|^tin (?!(?:học|cậy|tưởng|rằng|vào|nhắn|đồn|mừng)\b)|mẩu tin|article|news)"
)
"""An article; other things that are called bài have another noun behind it: bài hát, bài thi, bài thuốc."""
_ARTICLE_MARKED, _ARTICLE_FOLDED = re.compile(_ARTICLE, re.IGNORECASE), re.compile(fold(_ARTICLE))
_TITLED = re.compile(r"\b[Bb]ài (?P<title>\S)")
_AUTHOR = re.compile(
    r"\b(?:tac gia|nguoi viet|phong vien|but danh|ky ten|(?:ai|nguoi nao) (?:da )?(?:viet|soan|chap but|dua|dang)"
    r"|who (?:wrote|reported)|written by|author|reporter)\b"
)
"""What asks for the author of an article, where the question speaks of one; folded."""
_PUBLISHED = re.compile(
    r"\b(?:dang(?! (?:bo|uy|vien))|dua(?= len| tin)|xuat ban|cong bo|cap nhat|published|posted)\b"
)
_WHEN = re.compile(
    r"\b(?:ngay|hom|khi|luc|bao) (?:nao|gio)\b|\bthoi (?:gian|diem)\b|\bmay gio\b|\b(?:when|what day|what date)\b"
)


class _Edges(NamedTuple):
    day: Span | None
    author: Span | None


def asked_edge(question: str, article: Article) -> Span | None:
    r"""The line of an article that tells what a question asks about it; nothing where it asks for nothing of these.

    >>> from index.article import Article
    >>> text = "Cầu mới\n\n18/08/2022\n\nCầu khánh thành 16/8.\n\nTác giả: Lê An"
    >>> article = Article.from_text(text, id="cau.txt")
    >>> for question in ("Ai viết bài này?", "bai nay dang ngay nao", "Tác giả của bài thơ là ai?"):
    ...     edge = asked_edge(question, article)
    ...     print(edge and edge.of(article.text))
    Tác giả: Lê An
    18/08/2022
    None
    """
    folded = fold(question)
    if not _names_article(question, folded):
        return None
    edges = _edges(article.text, article.furniture)
    if _AUTHOR.search(folded):
        return edges.author
    return edges.day if _PUBLISHED.search(folded) and _WHEN.search(folded) else None


def _names_article(question: str, folded: str) -> bool:
    """Whether a question speaks of an article, were it by its title."""
    if not has_tone_marks(question):
        return _ARTICLE_FOLDED.search(folded) is not None
    titled = _TITLED.search(question)
    return bool(titled and not titled["title"].islower()) or _ARTICLE_MARKED.search(question) is not None


def fit_of_edges(question: str, article: Article, span: Span) -> int:
    r"""1 where the span is in the line that the question asks for, -1 where it is elsewhere, or in such a line though
    the question does not ask about articles; 0 otherwise.

    >>> from index.article import Article
    >>> from index.span import Span
    >>> text = "Cầu mới\n\n18/08/2022\n\nCầu Đá Bạc khánh thành sáng 16/8.\n\nTác giả: Lê An"
    >>> article = Article.from_text(text, id="cau.txt")
    >>> asked = "Cầu khánh thành ngày nào?", "Ai viết bài về cầu?"
    >>> [[fit_of_edges(question, article, part) for part in (Span(9, 19), Span(64, 69))] for question in asked]
    [[-1, -1], [-1, 1]]
    """
    if edge := asked_edge(question, article):
        return 1 if _overlap(edge, span) else -1
    asks = _ABOUT.search(question) if has_tone_marks(question) else _ABOUT_FOLDED.search(fold(question))
    edges = filter(None, _edges(article.text, article.furniture))
    return -1 if not asks and any(_overlap(edge, span) for edge in edges) else 0


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@lru_cache(maxsize=256)
def _edges(text: str, furniture: tuple[Span, ...]) -> _Edges:
    dateline, byline = find_dateline(text), find_byline(text, furniture=furniture)
    return _Edges(dateline and dateline.span, byline and byline.span)
