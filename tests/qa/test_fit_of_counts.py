"""A number fits what it counts: words that begin like a unit or look like one without their marks are no units."""

from __future__ import annotations

import pytest

from tests.qa.test_fit import of


@pytest.mark.parametrize(
    ("question", "text", "words", "wanted"),
    [
        ("Trường có bao nhiêu tiến sĩ?", "Trường có 25 tiến sĩ.", "25 tiến sĩ", 1),
        ("Bao nhiêu người dùng mạng?", "Có 72,7 triệu người dùng mạng.", "72,7 triệu người", 0),
        ("Bao nhiêu người hiến máu?", "Có 300 bạn trẻ hiến máu.", "300 bạn trẻ", 0),
        ("Bao nhiêu người nhập học?", "Có 3.200 tân sinh viên.", "3.200 tân sinh viên", 0),
        ("Bao nhiêu người nhập học?", "Nộp 3.200 bản.", "3.200 bản", -1),
        ("Có bao nhiêu đồng chí?", "Gồm 15 ủy viên.", "15 ủy viên", 0),
        ("Có bao nhiêu đồng chí?", "Mỗi suất 300.000 đồng.", "300.000 đồng", -1),
        ("Đầu tư bao nhiêu tiền?", "Vốn 50 nghìn tỷ cho đường.", "50 nghìn tỷ", 1),
        ("Vé bao nhiêu tiền?", "Giá 30 ngàn một vé.", "30 ngàn", 1),
        ("Hết bao nhiêu tiền?", "Có 5 triệu người.", "5 triệu", -1),
        ("Có bao nhiêu lượt khách?", "Đón 5 triệu lượt khách.", "5 triệu", 1),
        ("Tỷ lệ chọi là bao nhiêu?", "Tỷ lệ chọi là 1/8,5.", "1/8,5", 1),
        ("Sở nào ban hành Quyết định?", "Quyết định 417/QĐ-SYT", "417/QĐ-SYT", 0),
        ("Có bao nhiêu đảng viên?", "Gồm 07 chi bộ trực thuộc.", "07 chi bộ", -1),
        ("Có bao nhiêu giáo viên là tiến sĩ?", "Có 12 tiến sĩ.", "12 tiến sĩ", 0),
        ("Có bao nhiêu gian hàng không mất phí?", "Có 10 gian hàng miễn phí.", "10 gian hàng", 1),
        ("Hỏng bao nhiêu phần?", "Hỏng 20% số cây.", "20%", 1),
        ("Có bao nhiêu phần quà?", "Tặng 20 phần quà.", "20 phần quà", 1),
        ("Tăng mấy %?", "Tăng 7,5% so với cùng kỳ.", "7,5%", 1),
        ("Bán được bao nhiêu đô?", "Đạt 9 triệu USD.", "9 triệu USD", 1),
        ("How many learners came?", "Dạy 27 lớp, 300 học viên.", "300 học viên", 1),
        ("How many learners came?", "Dạy 27 lớp, 50 đảng viên.", "50 đảng viên", -1),
        ("How many party members came?", "Dạy 27 lớp, 50 đoàn viên.", "50 đoàn viên", -1),
        ("Nhà máy khánh thành ngày nào?", "Xây trong 6 tháng đầu năm.", "6 tháng đầu năm", -1),
    ],
)
def test_words_that_begin_or_look_like_a_unit_are_none(
    question: str, text: str, words: str, wanted: int
) -> None:
    assert of(question, words, text=text) == wanted


@pytest.mark.parametrize(
    ("question", "text", "words", "wanted"),
    [
        ("Xây bao nhiêu căn nhà?", "Xây 35 ngôi nhà.", "35 ngôi nhà", 0),
        ("Có bao nhiêu con tàu?", "Có 12 chiếc tàu.", "12 chiếc tàu", 0),
        ("Tìm thấy bao nhiêu quả bom?", "Tìm thấy 4 trái bom.", "4 trái bom", 0),
        ("Bao nhiêu học sinh dự thi?", "Có 1.200 thí sinh.", "1.200 thí sinh", 0),
        ("Có bao nhiêu giáo viên?", "Có 80 giảng viên.", "80 giảng viên", 0),
        ("Có bao nhiêu giáo viên?", "Có 80 học viên.", "80 học viên", -1),
        ("Có bao nhiêu nữ sinh?", "Có 80 nam sinh.", "80 nam sinh", -1),
        ("co bao nhieu chi bo", "Có 8 đảng bộ.", "8 đảng bộ", -1),
        ("Có bao nhiêu bác sĩ?", "Có 8 y sĩ.", "8 y sĩ", -1),
    ],
)
def test_only_kinds_of_which_none_is_the_other_count_something_else(
    question: str, text: str, words: str, wanted: int
) -> None:
    assert of(question, words, text=text) == wanted
