"""A request that is not served → a short answer: one Vietnamese sentence as JSON, which the page shows as it is."""

from __future__ import annotations

import math

from starlette.responses import JSONResponse

BUSY = "Bạn đang hỏi quá nhanh: hãy chờ {seconds} giây rồi hỏi lại."
FOREIGN = "Yêu cầu đến từ một trang khác: hãy mở trang này và thử lại từ đây."
LOGIN_FIRST = "Chưa đăng nhập, hoặc phiên đăng nhập đã hết: hãy tải lại trang để đăng nhập."
NOT_SERVED = "Không có gì ở địa chỉ này."
TOO_LARGE = "Yêu cầu quá lớn: hãy gửi ít hơn."
WRONG_HOST = "Máy chủ này không có tên đó: hãy mở bằng địa chỉ mà nó đã in ra khi khởi động."


def refuse(
    status: int, sentence: str, *, wait: float = 0.0, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The answer, in the field that both Gradio's page and its client show.

    :param wait: seconds after which the same request may be made again.
    """
    seconds = math.ceil(wait)
    more = {"Retry-After": str(seconds)} if seconds else {}
    return JSONResponse(
        {"detail": sentence.format(seconds=seconds)}, status, headers={**(headers or {}), **more}
    )
