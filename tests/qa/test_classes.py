"""What is asked for one of a class is no answer if it begins as one of another class does."""

from __future__ import annotations

import pytest

from qa.classes import is_of_another_class


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Công ty nào trúng thầu?", "Ban Quản lý dự án"),
        ("Bệnh viện nào ghép thận?", "Sở Y tế"),
        ("Which hospitals treat fever?", "Sở Y tế"),
        ("Đội nào nhất?", "42 đoàn"),
        ("Đơn vị nào được khen?", "8 công nhân"),
        ("Ông nào ký?", "Hội đồng nhân dân"),
        ("Sở nào đề xuất?", "Công ty May"),
    ],
)
def test_another_class(question, text):
    assert is_of_another_class(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Đồng chí nào phát biểu?", "Trương Xuân Cảnh"),  # no trường
        ("Họp ở hội trường nào?", "Hội trường Huyện ủy"),
        ("Trung tâm ở địa chỉ nào?", "số 5 phố Hàng Thiếc"),
        ("Đội nào nhất?", "Công ty May"),
        ("Đơn vị nào tổ chức?", "Sở Y tế"),
        ("Trường nào nhất?", "Học viện Tài chính"),
        ("Bệnh viện nào?", "Hòa Giang"),
        ("Bệnh viện nào?", "Trung tâm Y tế huyện"),
        ("Ai tổ chức?", "Đảng ủy"),
        ("Chi bộ nào đại hội mẫu?", "Phòng Tổ chức"),
        ("Có bao nhiêu công ty?", "42 công ty"),
        ("Which year?", "Sở Y tế"),
        ("Which school year?", "2 years"),
        ("Sở họp lúc nào?", "14 giờ 30"),
        ("Trường mở năm nào?", "20 tháng 8 năm 1998"),
        ("Trường tuyển ngành nào?", "12 ngành"),
        ("Trường hợp nào được miễn học phí?", "60 tuổi trở lên"),
        ("Bộ phim nào chiếu Tết?", "Trường học ma"),
        ("Nông trường nào?", "Công ty Chè"),
        ("Cán bộ nào?", "Công ty Chè"),
        ("Trung tâm tiếng Anh nào?", "Trường Apollo"),
        ("Người nào ký?", "Bộ trưởng Lê An"),
        ("Đồng chí nào là Tổng Bí thư?", "Trường Chinh"),
        ("Những trường nào đạt giải?", "5 trường: A, B, C"),
        ("Đội nào thắng?", "Trường THPT A"),
        ("Cơ sở nào đủ điều kiện xét nghiệm?", "Bệnh viện Đa khoa"),
        ("Dịch vụ nào đắt nhất?", "Công ty Chè"),
    ],
)
def test_no_other_class(question, text):
    assert not is_of_another_class(question, text)
