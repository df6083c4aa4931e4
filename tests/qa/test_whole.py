"""A span that ends within an amount is given the rest of it."""

from __future__ import annotations

import pytest

from index.span import Span
from qa.whole import with_whole_amount


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Bị phạt 3 năm 6 tháng tù", "3 năm", "3 năm 6 tháng"),
        ("Bị cấm 2 tháng 15 ngày", "2 tháng", "2 tháng 15 ngày"),
        ("Giảng 2 năm 6 tháng đầu", "2 năm", "2 năm"),
        ("Thu 5 triệu đồng/hộ/tháng", "5 triệu", "5 triệu đồng"),
        ("Thu 5 triệu đồng/hộ/tháng", "5 triệu đồng", "5 triệu đồng/hộ/tháng"),
        ("Lúc 7 giờ 30 phút", "7 giờ", "7 giờ 30 phút"),
        ("Đến 17 giờ ngày 20/9", "17 giờ", "17 giờ"),
    ],
)
def test_amounts(text, part, whole):
    start = text.index(part)
    grown = with_whole_amount(text, Span(start, start + len(part)), inside=Span(0, len(text)))
    assert grown.of(text) == whole
