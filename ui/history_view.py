"""The list of conversations → escaped HTML: each can be opened, renamed, exported and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ui.article_view import close_html
from ui.exports import EXPORTS
from ui.language import say, spoken
from ui.markup import day, escaped, isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.conversations import Conversation

_MOST = 200  # rows of a page


def history_html(conversations: Sequence[Conversation], *, current: str = "") -> str:
    """The conversations, in the order in which they are given.

    :param current: the identifier of the one that is open.
    """
    rows = "".join(_row_html(one, current=one.id == current) for one in conversations[:_MOST])
    count = say("{} cuộc trò chuyện", len(conversations))
    if len(conversations) > _MOST:
        count = say("{} cuộc trò chuyện, {} cuộc gần đây nhất được hiện", len(conversations), _MOST)
    nothing = "" if rows else f'<p class="nothing">{say("Chưa có cuộc trò chuyện nào.")}</p>'
    return (
        f'<section class="open-article history" aria-label="{say("Các cuộc trò chuyện")}"><header>'
        f'<div class="heading"><h2 tabindex="-1">{say("Các cuộc trò chuyện")}</h2>{close_html()}</div>'
        f'<p class="details" role="status">{count}</p></header>'
        f"<ul>{rows}</ul>{nothing}</section>"
    )


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
