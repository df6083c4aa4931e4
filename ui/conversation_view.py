"""A conversation → escaped HTML: its questions and replies, what to do with each, or a welcome with example questions.

Takes turns, gives strings; pure.  Replies are made in :mod:`ui.render`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.history_view import export_path
from ui.language import say, say_message
from ui.markup import escaped, isolated
from ui.render import answer_html, problem_html, why_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.message import Message
    from ui.turn import Turn


def conversation_html(
    turns: Sequence[Turn],
    *,
    articles: int,
    examples: Sequence[str] = (),
    conversation: str = "",
    earlier: int = 0,
) -> str:
    """The whole conversation; a welcome with example questions where there is none yet.

    :param articles: how many articles are searched.
    :param conversation: the identifier that it is kept under; empty where it is not kept.
    :param earlier: how many turns were before these.
    """
    if not turns:
        return _welcome_html(articles=articles, examples=examples)
    body = "".join(
        _turn_html(turn, articles=articles, last=turn is turns[-1], kept=bool(conversation)) for turn in turns
    )
    return (
        f'<section class="turns" role="log" aria-label="{say("Cuộc trò chuyện")}" '
        f'data-conversation="{escaped(conversation)}">{_earlier_html(earlier, conversation)}{body}</section>'
    )


def _earlier_html(earlier: int, conversation: str) -> str:
    """That the conversation began before what is shown, and where all of it is."""
    if not earlier:
        return ""
    told = say("{} câu hỏi trước đó không hiện ở đây.", earlier)
    whole = f' <a href="{export_path(conversation, "html")}" target="_blank">{say("Xem tất cả")}</a>'
    return f'<p class="earlier">{told}{whole if conversation else ""}</p>'


def within_html(active: Sequence[Message]) -> str:
    """Which articles are searched; nothing where all of them are."""
    if not active:
        return ""
    told = "; ".join(map(say_message, active))
    return f'<p class="within">{say("Chỉ tìm trong các bài: {}", isolated(told))}</p>'


def _welcome_html(*, articles: int, examples: Sequence[str]) -> str:
    button = '<li><button type="button" class="example" data-question="{0}">{0}</button></li>'
    buttons = "".join(button.format(escaped(question)) for question in examples)
    offer = f'<p class="offer">{say("Thử hỏi")}</p><ul class="examples">{buttons}</ul>' if buttons else ""
    promise = say(
        "Câu trả lời được trích nguyên văn, kèm nguồn để bạn mở ra và kiểm tra. "
        "Bài viết không nói thì sẽ không có câu trả lời."
    )
    return (
        f'<section class="welcome"><h2>{say("Bạn muốn biết điều gì trong {} bài viết?", articles)}</h2>'
        f"<p>{promise}</p>{offer}</section>"
    )


def _turn_html(turn: Turn, *, articles: int, last: bool, kept: bool) -> str:
    if turn.error is not None:
        body = problem_html(say_message(turn.error))
    elif turn.reply is None:
        body = f'<p class="pending" role="status">{say("Đang tìm trong {} bài viết…", articles)}</p>'
    else:
        body = answer_html(turn.reply)
    feedback = _feedback_html(turn) if kept and turn.reply else ""
    again = _AGAIN.format(say("Sửa câu hỏi"), say("Hỏi lại")) if last and not turn.waits else ""
    why = why_html(turn.why) if turn.why else ""
    return (
        f'<article class="turn" tabindex="-1" data-number="{turn.number}">'
        f'<h2 class="question">{isolated(turn.question)}</h2>'
        f'{within_html(turn.within)}<div class="reply">{body}</div>'
        f'<div class="after">{feedback}{again}{why}</div></article>'
    )


_AGAIN = '<button type="button" class="edit">{}</button><button type="button" class="retry">{}</button>'


def _feedback_html(turn: Turn) -> str:
    """Whether the reply was right, and if not, what would have been."""
    verdicts = (("right", say("Đúng")), ("wrong", say("Sai")))
    buttons = "".join(
        f'<button type="button" class="judge" data-verdict="{name}" '
        f'aria-pressed="{str(turn.verdict == name).lower()}">{label}</button>'
        for name, label in verdicts
    )
    hidden = "" if turn.verdict == "wrong" else " hidden"
    return (
        f'<div class="feedback" role="group" aria-label="{say("Câu trả lời này có đúng không?")}">{buttons}'
        f'<form class="correction"{hidden}><label>{say("Câu trả lời đúng (không bắt buộc)")} '
        f'<input name="correction" maxlength="2000" autocomplete="off" value="{escaped(turn.correction)}"></label>'
        f"<button>{say('Gửi')}</button></form>"
        '<span class="said" role="status"></span></div>'
    )
