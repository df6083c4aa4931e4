"""The list of conversations → escaped HTML: searched, each can be opened, renamed, exported and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from index.terms import fold
from ui.article_view import close_html
from ui.exports import EXPORTS
from ui.language import say, spoken
from ui.markup import day, escaped, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.conversations import Conversation

_MOST = 200  # rows of a page; a longer list is searched, not scrolled


def history_html(
    conversations: Sequence[Conversation], *, current: str = "", search: str = "", failed: str = ""
) -> str:
    """The conversations that match, in the order in which they are given.

    :param search: words that title or date must all have, whatever case and tone marks.
    :param current: the identifier of the one that is open.
    :param failed: why something could not be done with one of them.
    """
    wanted = fold(search).split()
    found = [one for one in conversations if all(word in _searched(one) for word in wanted)]
    rows = "".join(_row_html(one, current=one.id == current) for one in found[:_MOST])
    count = say("{} cuộc trò chuyện", len(found))
    if len(found) > _MOST:
        count = say("{} cuộc trò chuyện, {} cuộc gần đây nhất được hiện", len(found), _MOST)
    none = say("Không có cuộc trò chuyện nào khớp.") if conversations else say("Chưa có cuộc trò chuyện nào.")
    nothing = "" if rows else f'<p class="nothing">{none}</p>'
    told = f'<p class="problem" role="alert">{isolated(failed)}</p>' if failed else ""
    return (
        f'<section class="open-article history" aria-label="{say("Các cuộc trò chuyện")}"><header>'
        f'<div class="heading"><h2 tabindex="-1">{say("Các cuộc trò chuyện")}</h2>{close_html()}</div>'
        f'<p class="details" role="status">{count}</p>'
        f'<input type="search" class="search" aria-label="{say("Tìm cuộc trò chuyện")}" value="{escaped(search)}" '
        f'placeholder="{say("Tìm theo tên, ngày")}">{told}</header>'
        f"<ul>{rows}</ul>{nothing}</section>"
    )


def _searched(conversation: Conversation) -> str:
    return fold(f"{conversation.title} {day(conversation.updated.astimezone().date())}")


def _row_html(conversation: Conversation, *, current: bool) -> str:
    id = escaped(conversation.id)
    mark = ' aria-current="true"' if current else ""
    local = conversation.updated.astimezone()
    told = say("{} câu hỏi", conversation.questions)
    exports = " ".join(
        f'<a href="{export_path(conversation.id, suffix)}" {_HOW[suffix]}>{label}</a>'
        for suffix, label in (("md", "Markdown"), ("json", "JSON"), ("html", say("Bản in")))
    )
    return (
        f'<li data-conversation="{id}"{mark}>'
        f'<button type="button" class="reopen">{isolated(conversation.title)}</button>'
        f'<form class="rename" hidden><input name="title" maxlength="120" aria-label="{say("Tên mới")}" '
        f'value="{escaped(conversation.title)}"><button>{say("Lưu")}</button></form>'
        f'<p class="details">{day(local.date())} {local:%H:%M} · {told}</p>'
        f'<p class="tools">{exports} <button type="button" class="renames">{say("Đổi tên")}</button> '
        f'<button type="button" class="delete" data-sure="{say("Bấm lần nữa để xoá")}">{say("Xoá")}</button></p></li>'
    )


_HOW = {suffix: "target=_blank" if suffix == "html" else "download" for suffix in EXPORTS}


def export_path(conversation: str, suffix: str) -> str:
    """Where a conversation is exported in the language of the page, relative to the page."""
    language = "" if spoken() == "vi" else f"?lang={spoken()}"
    return f"conversations/{quote(conversation, safe='')}.{suffix}{language}"
