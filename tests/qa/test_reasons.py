"""A reason is told from what follows from it by the conjunction between them."""

import pytest

from index.span import Span
from qa.reasons import with_reason

JAM = "Ông nhấn mạnh với đặc thù phố cổ nhỏ hẹp nên nhiều năm qua xe cộ trong phố cổ hay ùn tắc; cầu mới đã thông xe."
WHY = "Vì sao xe cộ trong phố cổ hay ùn tắc?"


def reason(text, part, question):
    start = text.index(part)
    return with_reason(text, Span(start, start + len(part)), inside=Span(0, len(text)), question=question).of(
        text
    )


@pytest.mark.parametrize("question", [WHY, "vi sao xe co trong pho co hay un tac"])
def test_a_consequence_is_exchanged_for_its_reason(question):
    assert reason(JAM, "xe cộ trong phố cổ hay ùn tắc", question) == "đặc thù phố cổ nhỏ hẹp"


def test_a_reason_is_whole():
    text = "Việc chỉ đạo của xã chưa sâu sát, quyết liệt dẫn đến đường làng chậm hoàn thành."
    assert reason(text, "chưa sâu sát", "Vì sao đường làng chậm hoàn thành?") == "chưa sâu sát, quyết liệt"


@pytest.mark.parametrize(
    ("text", "part", "question"),
    [
        (JAM, "xe cộ trong phố cổ hay ùn tắc", "Xe cộ trong phố cổ thế nào?"),
        (JAM, "cầu mới đã thông xe", WHY),
        (JAM, "nhiều năm qua", "Vì sao cầu Đá Bạc phải đóng cửa?"),
        ("Điều này khiến xe cộ hay ùn tắc.", "xe cộ hay ùn tắc", "Vì sao xe cộ hay ùn tắc?"),
        ("Mưa to nên xe cộ ùn tắc vì đường ngập.", "đường ngập", "Vì sao xe cộ ùn tắc?"),
        ("Phố cổ trở nên đông, xe cộ hay ùn tắc.", "xe cộ hay ùn tắc", "Vì sao xe cộ hay ùn tắc?"),
        ("Đường hẹp, điều đó đã khiến xe cộ ùn tắc.", "Đường hẹp", "Vì sao xe cộ ùn tắc?"),
    ],
    ids=["no reason asked", "another clause", "another thing", "this", "because", "become", "which"],
)
def test_what_no_conjunction_tells_is_left_alone(text, part, question):
    assert reason(text, part, question) == part
