"""What Gradio's page says of its own accord, which it has in English alone → the same in the language of our page.

Gives the table by which ``static/notices.js`` words a notice anew before it is seen.
"""

from __future__ import annotations

from ui.language import say, say_message
from ui.problems import UNFORESEEN


def notices() -> dict[str, str]:
    """Sentence of Gradio → sentence in the language of the page.

    >>> notices()["Error"]
    'Lỗi'
    """
    lost = say("Mất kết nối với máy chủ. Đang thử kết nối lại; được thì trang tự tải lại.")
    unforeseen = say_message(UNFORESEEN)
    return {
        "Error": say("Lỗi"),
        "Close": say("Đóng thông báo"),
        "Connection to the server was lost. Attempting reconnection...": lost,
        "Connection errored out.": lost,
        "An Unexpected Error Occurred!": unforeseen,
        "An error occurred.": unforeseen,
    }
