"""A request that is not served → a short answer: one sentence as JSON, which the page shows as it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from qa.message import Message
from ui.language import say_message, speaking
from ui.page_language import page_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FOREIGN = Message("Yêu cầu đến từ một trang khác: hãy mở trang này và thử lại từ đây.")
LOGIN_FIRST = Message("Chưa đăng nhập, hoặc phiên đăng nhập đã hết: hãy tải lại trang để đăng nhập.")
NOT_SERVED = Message("Không có gì ở địa chỉ này.")
TOO_LARGE = Message("Yêu cầu quá lớn: hãy gửi ít hơn.")
WRONG_HOST = Message("Máy chủ này không có tên đó: hãy mở bằng địa chỉ mà nó đã in ra khi khởi động.")


def refuse(
    status: int, message: Message, *, wait: float = 0.0, headers: dict[str, str] | None = None
) -> ASGIApp:
    """The answer, in the language of the page that asks and in the field that both Gradio's page and its client show.

    :param wait: seconds after which the same request may be made again.
    """
    more = {"Retry-After": str(math.ceil(wait))} if wait else {}

    async def refusal(scope: Scope, receive: Receive, send: Send) -> None:
        with speaking(page_language(scope)):
            sentence = say_message(message)
        answer = JSONResponse({"detail": sentence}, status, headers={**(headers or {}), **more})
        await answer(scope, receive, send)

    return refusal


def busy(wait: float) -> ASGIApp:
    """The answer to somebody who asks too often.

    :param wait: seconds until the next question is heard.
    """
    told = Message("Bạn đang hỏi quá nhanh: hãy chờ {} giây rồi hỏi lại.", (str(math.ceil(wait)),))
    return refuse(429, told, wait=wait)
