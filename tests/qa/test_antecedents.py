"""What a question is about is named whole, and without the verb behind it."""

from __future__ import annotations

import pytest

from qa.antecedents import topic_of, with_names
from qa.turn import Turn


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Quyết định số 31 của Sở Y tế có hiệu lực khi nào?", "Quyết định số 31"),
        ("Theo Quyết định số 31, Sở Y tế có mấy phòng?", "Sở Y tế"),
        ("Quỹ Bảo trợ trẻ em tuyển mấy kế toán?", "Quỹ Bảo trợ trẻ em"),
        ("Quỹ Bảo lãnh có mấy kế toán?", "Quỹ Bảo lãnh"),
        ("Trung tâm Tim mạch Hà Bắc nằm ở đâu?", "Trung tâm Tim mạch Hà Bắc"),
        ("Trường Đồi Xanh mở bao nhiêu lớp?", "Trường Đồi Xanh"),
        ("Khởi công dự án Cầu Bè ngày nào?", "Khởi công dự án Cầu Bè"),
        ("Giám đốc dự án Cầu Bè ở đâu?", "dự án Cầu Bè"),
        ("Cán bộ Viện Dầu khí có mấy người?", "Viện Dầu khí"),
        ("Khảo sát hiện trường mất mấy ngày?", None),
        ("Dịch vụ nào rẻ nhất?", None),
    ],
)
def test_what_a_question_is_about(question, topic):
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    ("question", "before", "named"),
    [
        (
            "Học phí bên đó thế nào?",
            "Câu lạc bộ Cờ vua Hồng Hà tuyển mấy huấn luyện viên?",
            "Học phí Câu lạc bộ Cờ vua Hồng Hà thế nào?",
        ),
        ("Giám đốc chỗ ấy là ai?", "Hợp tác xã Tân Tiến nằm ở đâu?", "Giám đốc Hợp tác xã Tân Tiến là ai?"),
        (
            "Lương nơi đó bao nhiêu?",
            "Quỹ Bảo trợ trẻ em tuyển mấy người?",
            "Lương Quỹ Bảo trợ trẻ em bao nhiêu?",
        ),
        ("Chỗ đó có mấy phòng?", "Lê Thị Lan nói gì?", "có mấy phòng?"),
    ],
)
def test_a_place_is_named_where_it_is_pointed_to(question, before, named):
    assert with_names(question, Turn(before)).strip() == named
