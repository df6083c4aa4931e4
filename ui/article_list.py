"""The list of what is indexed → escaped HTML: searched, sorted, each title a link that opens the article.

Takes summaries, gives strings; pure.  It is shown where an open article is.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from index.formats import SUFFIXES
from index.terms import fold
from index.uploads import PREFIX, file_of
from ui.article_view import close_html
from ui.language import say
from ui.markup import day, escaped, isolated
from ui.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.hit import ArticleSummary

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


def article_list_html(
    articles: Sequence[ArticleSummary], *, search: str = "", order: str = "title", uploads: bool = False
) -> str:
    """The articles that match, in order.

    :param search: words that title, source, date or file name must all have, whatever case and tone marks.
    :param order: one of :data:`COLUMNS`; anything else is taken for the title.
    :param uploads: whether files can be added and removed.
    """
    order = order if order in COLUMNS else "title"
    column = COLUMNS[order]
    wanted = fold(search).split()
    found = [article for article in articles if all(word in _searched(article) for word in wanted)]
    found.sort(key=lambda article: article.id)
    found.sort(key=lambda article: column.key(article), reverse=column.falling)  # type: ignore[arg-type,return-value]
    shown = found[:_MOST]
    count = say("{} bài viết", len(found))
    if len(found) > len(shown):
        count = say("{} bài viết, {} bài đầu được hiện", len(found), len(shown))
    heads = "".join(_head_html(name, column, chosen=name == order) for name, column in COLUMNS.items())
    upload = _upload_html() if uploads else ""
    rows = "".join(_row_html(article, uploads=uploads) for article in shown)
    nothing = "" if rows else '<p class="nothing">{}</p>'.format(say("Không có bài viết nào khớp."))
    return (
        f'<section class="open-article list" aria-label="{say("Các bài viết")}"><header>'
        f'<div class="heading"><h2 tabindex="-1">{say("Các bài viết")}</h2>{close_html()}</div>'
        f'<p class="details" role="status">{count}</p>'
        f'<input type="search" class="search" aria-label="{say("Tìm bài viết")}" value="{escaped(search)}" '
        f'placeholder="{say("Tìm theo tiêu đề, nguồn, ngày, tệp")}" data-order="{order}">{upload}</header>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{nothing}</section>"
    )


def _searched(article: ArticleSummary) -> str:
    written = day(article.published) if article.published else ""
    return fold(f"{article.title} {article.source or ''} {written} {article.id}")


def _head_html(name: str, column: Column, *, chosen: bool) -> str:
    direction = ("descending" if column.falling else "ascending") if chosen else "none"
    return (
        f'<th scope="col" class="of-{name}" aria-sort="{direction}">'
        f'<button type="button" class="sort" data-order="{name}">{say(column.label)}</button></th>'
    )


def _upload_html() -> str:
    """Where files are dropped or chosen; ``static/upload.js`` sends them and tells what became of each."""
    kinds = ",".join(sorted(SUFFIXES))
    return (
        f'<form class="upload" data-left="{say("Kết nối bị ngắt: hãy thêm lại.")}">'
        f'<label><input type="file" name="file" multiple accept="{kinds}">'
        f"<span>{say('Thêm bài viết: kéo tệp vào đây, hoặc bấm để chọn')} ({kinds.replace(',', ' ')})</span></label>"
        f'<progress hidden aria-label="{say("Đang thêm bài viết")}"></progress><ul role="status"></ul></form>'
    )


def _row_html(article: ArticleSummary, *, uploads: bool) -> str:
    link = f'<a href="{escaped(Place(article.id).query())}" data-place>{isolated(article.title)}</a>'
    cells = {
        "title": link,
        "published": day(article.published) if article.published else "",
        "source": isolated(article.source) if article.source else "",
        "passages": str(article.passages),
        "file": isolated(article.id),
    }
    if uploads and article.id.startswith(PREFIX):
        cells["title"] += f" {_remove_html(article)}"
    row = "".join(
        f'<td class="of-{name}" data-label="{say(COLUMNS[name].label)}">{cell}</td>'
        for name, cell in cells.items()
    )
    return f"<tr>{row}</tr>"


def _remove_html(article: ArticleSummary) -> str:
    """A button in the cell of the title, which no screen is too narrow for."""
    label, sure = say("Xoá"), say("Bấm lần nữa để xoá")
    if file_of(article.id) != article.id:
        label, sure = say("Xoá cả tệp"), say("Bấm lần nữa để xoá cả tệp")
    return (
        f'<button type="button" class="remove" data-article="{escaped(article.id)}" '
        f'data-sure="{sure}" data-left="{say("Chưa xoá được: hãy thử lại.")}">{label}</button>'
    )
