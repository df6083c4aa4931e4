"""Who attended is told with the groups of people that no name stands for."""

from __future__ import annotations

import pytest

from index.span import Span
from qa.attendance import asks_who_attended, attendance


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Dự hội nghị có ông Lê An – Bí thư, Giám đốc Sở; bà Hà Mai – Phó Bí thư cùng toàn thể Đảng ủy, các ban và "
            "Chủ tịch Công đoàn.",
            ["Lê An", "Hà Mai", "toàn thể Đảng ủy", "các ban", "Chủ tịch Công đoàn"],
        ),
        (
            "Tham dự lễ khai giảng có các thầy cô trong Ban Giám hiệu, Công đoàn gồm: Tổ Toán, Tổ Văn và 50 học sinh.",
            ["các thầy cô trong Ban Giám hiệu", "Công đoàn", "Tổ Toán", "Tổ Văn", "50 học sinh"],
        ),
        (
            "Dự trực tiếp là lãnh đạo Viện, cấp ủy các chi bộ, các đảng viên tham dự trực tuyến.",
            ["lãnh đạo Viện", "cấp ủy các chi bộ", "các đảng viên"],
        ),
        ("Tham dự có ông Lê An và bà Hà Mai.", []),
        ("Ông Lê An phát biểu; các đại biểu vỗ tay.", []),
        ("Dự án có ba hạng mục: cầu, đường và kè.", []),
    ],
)
def test_people_and_groups(text, parts):
    assert [part.of(text) for part in attendance(text, Span(0, len(text)))] == parts


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Thành phần họp gồm những ai?", True),
        ("Những ai đến dự lễ khai giảng?", True),
        ("nhung ai tham du hoi nghi", True),
        ("Who attended the meeting?", True),
        ("Những ai phát biểu?", False),
        ("Kể tên các ủy viên", False),
        ("Dự án gồm những hạng mục nào?", False),
    ],
)
def test_what_asks_for_them(question, asks):
    assert asks_who_attended(question) is asks
