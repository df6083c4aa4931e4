"""The list of what is indexed → escaped HTML: searched, sorted, each title a link that opens the article.

Takes summaries, gives strings; pure.  It is shown where an open article is.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from index.terms import fold
from ui.article_view import CLOSE
from ui.markup import day, escaped, isolated
from ui.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.search import ArticleSummary

_MOST = 200  # rows of a page; a longer list is searched, not scrolled


class Column(NamedTuple):
    """A column that the list can be sorted by.

    :ivar key: what articles are compared by.
    :ivar falling: whether the highest come first.
    """

    label: str
    key: Callable[[ArticleSummary], object]
    falling: bool = False


COLUMNS = {
    "title": Column("Tiêu đề", lambda article: fold(article.title)),
    "published": Column("Ngày đăng", lambda article: article.published or date.min, falling=True),
    "source": Column("Nguồn", lambda article: fold(article.source or "\uffff")),
    "passages": Column("Đoạn", lambda article: article.passages, falling=True),
    "file": Column("Tệp", lambda article: article.id),
}


def article_list_html(articles: Sequence[ArticleSummary], *, search: str = "", order: str = "title") -> str:
    """The articles that match, in order.

    :param search: words that title, source, date or file name must all have, whatever case and tone marks.
    :param order: one of :data:`COLUMNS`; anything else is taken for the title.
    """
    order = order if order in COLUMNS else "title"
    column = COLUMNS[order]
    wanted = fold(search).split()
    found = [article for article in articles if all(word in _searched(article) for word in wanted)]
    found.sort(key=lambda article: article.id)
    found.sort(key=lambda article: column.key(article), reverse=column.falling)  # type: ignore[arg-type,return-value]
    shown = found[:_MOST]
    count = f"{len(found)} bài viết" + (
        f", {len(shown)} bài đầu được hiện" if len(found) > len(shown) else ""
    )
    heads = "".join(_head_html(name, column, chosen=name == order) for name, column in COLUMNS.items())
    rows = "".join(map(_row_html, shown))
    nothing = "" if rows else '<p class="nothing">Không có bài viết nào khớp.</p>'
    return (
        '<section class="open-article list" aria-label="Các bài viết"><header>'
        f'<div class="heading"><h2 tabindex="-1">Các bài viết</h2>{CLOSE}</div>'
        f'<p class="details" role="status">{count}</p>'
        f'<input type="search" class="search" aria-label="Tìm bài viết" value="{escaped(search)}" '
        f'placeholder="Tìm theo tiêu đề, nguồn, ngày, tệp" data-order="{order}"></header>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{nothing}</section>"
    )


def _searched(article: ArticleSummary) -> str:
    written = day(article.published) if article.published else ""
    return fold(f"{article.title} {article.source or ''} {written} {article.id}")


def _head_html(name: str, column: Column, *, chosen: bool) -> str:
    direction = ("descending" if column.falling else "ascending") if chosen else "none"
    return (
        f'<th scope="col" class="of-{name}" aria-sort="{direction}">'
        f'<button type="button" class="sort" data-order="{name}">{column.label}</button></th>'
    )


def _row_html(article: ArticleSummary) -> str:
    link = f'<a href="{escaped(Place(article.id).query())}" data-place>{isolated(article.title)}</a>'
    cells = {
        "title": link,
        "published": day(article.published) if article.published else "",
        "source": isolated(article.source) if article.source else "",
        "passages": str(article.passages),
        "file": isolated(article.id),
    }
    row = "".join(f'<td class="of-{name}">{cell}</td>' for name, cell in cells.items())
    return f"<tr>{row}</tr>"
