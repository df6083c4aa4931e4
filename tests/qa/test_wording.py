"""Courtesies, orders and questions for all at once, against the plain questions that they stand for."""

import pytest

from qa.question import understand
from qa.question_kind import Asked, Kind
from qa.wording import as_plain_question, as_settled, without_courtesy


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Cho mình hỏi ai chủ trì hội nghị của Viện vậy ạ?", "Ai chủ trì hội nghị của Viện?"),
        ("Em muốn hỏi là hội nghị diễn ra ở đâu ạ", "Hội nghị diễn ra ở đâu"),
        ("cho em hoi hoi nghi dien ra o dau a", "Hoi nghi dien ra o dau"),
        ("cho hoi sao bien an bao nhieu san ho", "Sao bien an bao nhieu san ho"),
        ("cho hoi ai la truong khoa nhi", "Ai la truong khoa nhi"),
        ("cho hoi ai vay a", "Ai"),
        ("cho hoi ai chu tri hoi nghi vay", "Ai chu tri hoi nghi"),
        ("cho hoi ngan hang nao cho vay", "Ngan hang nao cho vay"),
        ("cho hoi vat lieu nao thay the", "Vat lieu nao thay the"),
        ("Cho mình xin danh sách Ban Thường vụ Đảng ủy Viện với", "Danh sách Ban Thường vụ Đảng ủy Viện"),
        ("Ai chủ trì hội nghị, kể giúp em với", "Ai chủ trì hội nghị, kể"),
        ("Dạ, cho hỏi Sở có mấy chi bộ ạ", "Sở có mấy chi bộ"),
        ("Bạn có biết ai chủ trì hội nghị không?", "Ai chủ trì hội nghị?"),
        ("Ai là huấn luyện viên của Bồ Đào Nha?", "Ai là huấn luyện viên của Bồ Đào Nha?"),
        ("Dự án nào của ông Lê Quang Thế?", "Dự án nào của ông Lê Quang Thế?"),
        ("ai dung dau bang A", "ai dung dau bang A"),
        ("ho nao duoc xet vay", "ho nao duoc xet vay"),
        ("Cần biết gì khi nộp hồ sơ?", "Cần biết gì khi nộp hồ sơ?"),
        ("Ai là Bí thư vậy?", "Ai là Bí thư?"),
        ("Nhờ bạn tra giúp tôi tác giả bài viết. Tôi đang cần gấp.", "Tác giả bài viết."),
        ("Ai chủ trì hội nghị? Em cảm ơn ạ.", "Ai chủ trì hội nghị?"),
        ("Can you tell me who chaired the conference?", "Who chaired the conference?"),
    ],
)
def test_courtesy_is_left_out(typed: str, asked: str) -> None:
    assert without_courtesy(typed) == asked
    assert understand(typed).text == asked
    assert understand(typed).notes == ()


@pytest.mark.parametrize(
    "question",
    [
        "Hỏi đáp là gì?",
        "Anh chị em trong Viện nhận được gì?",
        "Em được nhận học bổng gì?",
        "Cho đến năm 2022 có bao nhiêu đảng viên?",
        "Hội nghị này của Viện hả?",
        "Cầu dài 240 mét à?",
        "Xin phép nghỉ học thế nào?",
        "Cho biết các đơn vị được tặng cờ",
    ],
)
def test_what_is_no_courtesy_stays(question: str) -> None:
    assert without_courtesy(question) == question


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Kể tên những người chủ trì toạ đàm.", "Những ai chủ trì toạ đàm?"),
        ("Kể tên các đồng chí phát biểu tại hội nghị", "Những đồng chí nào phát biểu tại hội nghị?"),
        ("Cho biết các đơn vị được tặng cờ", "Những đơn vị nào được tặng cờ?"),
        ("Trình bày các nhiệm vụ trọng tâm của Viện", "Các nhiệm vụ trọng tâm của Viện là gì?"),
        ("Nêu tên Hiệu trưởng Trường Chính trị", "Hiệu trưởng Trường Chính trị là ai?"),
        ("Hãy cho biết số đảng viên của Đảng bộ", "Số đảng viên của Đảng bộ là bao nhiêu?"),
        ("Danh sách Ban Thường vụ Đảng ủy Viện", "Ban Thường vụ Đảng ủy Viện gồm những ai?"),
        ("ke ten cac don vi tham gia hoi nghi", "Nhung don vi nao tham gia hoi nghi?"),
        ("Kể tên những ai chủ trì", "Những ai chủ trì"),
        ("Những ý chính nào được nêu?", "Những ý chính nào được nêu?"),
        ("Hội nghị gồm những ai?", "Hội nghị gồm những ai?"),
        ("Ai chủ trì hội nghị?", "Ai chủ trì hội nghị?"),
        ("Các chi bộ hoạt động thế nào?", "Các chi bộ hoạt động thế nào?"),
    ],
)
def test_reader_is_asked_plainly(question: str, plain: str) -> None:
    assert as_plain_question(question) == plain


def test_order_asks_for_the_kind_that_its_question_asks_for_and_for_all() -> None:
    assert understand("Liệt kê những người phát biểu").asked == Asked(Kind.PERSON, several=True)
    assert understand("Cho biết số đảng viên của Sở").asked.kind is Kind.NUMBER


def test_question_in_quotation_marks_is_read_as_it_is() -> None:
    assert understand('"Kể tên những người chủ trì"').worded_for(()) == ()
    assert understand('"Cho hỏi ai chủ trì"').text == "Cho hỏi ai chủ trì"


@pytest.mark.parametrize(
    ("question", "settled"),
    [
        ("Có phải bà Lê An là Phó Giám đốc Sở Nội vụ không?", "Ai là Phó Giám đốc Sở Nội vụ?"),
        ("Chi bộ 3 có phải do ông Lê An làm bí thư?", "Ai là bí thư Chi bộ 3?"),
        ("Hội nghị họp ngày 17/8/2022 đúng không?", "Hội nghị họp ngày nào?"),
        ("Có phải hội nghị tổ chức tại Hải Phòng không?", "Hội nghị tổ chức ở đâu?"),
        ("Đảng bộ có hơn 3.000 đảng viên, đúng không?", "Đảng bộ có bao nhiêu đảng viên?"),
        ("Sở Nội vụ có phải là Giám đốc không?", "Sở Nội vụ có phải là Giám đốc không?"),
        ("Ai là Giám đốc Sở Nội vụ?", "Ai là Giám đốc Sở Nội vụ?"),
        ("Trường có dạy trực tuyến không?", "Trường có dạy trực tuyến không?"),
    ],
)
def test_the_reader_is_asked_what_settles_it(question, settled):
    assert as_settled(question) == settled


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Buổi nào trong ngày mười tám thì Sở họp?", "Sở họp khi nào trong ngày?"),
        ("Buổi nào ngày 18/7 thì Sở họp?", "Sở họp khi nào trong ngày?"),
        ("Buổi nào ngày 18 tháng 7 năm 2022 Sở họp?", "Sở họp khi nào trong ngày?"),
        ("Sở họp vào buổi nào?", "Sở họp khi nào trong ngày?"),
        ("Ngày 18/7 Sở họp buổi sáng hay chiều?", "Ngày 18/7 Sở họp khi nào trong ngày?"),
        ("Buổi nào có 05 ý kiến phát biểu?", "Buổi nào có 05 ý kiến phát biểu?"),
    ],
)
def test_who_asks_for_a_part_of_the_day_asks_when(typed: str, asked: str) -> None:
    assert as_settled(typed) == asked


@pytest.mark.parametrize(
    "question",
    [
        "kiem tra ho so mat bao lau?",
        "Xem hộ khẩu ở đâu?",
        "Tìm hộ nghèo ở xã Vân Khê",
        "Xem cho em bé bú thế nào?",
        "Ai chủ trì hội nghị? Có ông Lê An dự không?",
        "Ai là bí thư? Ý tôi là năm 2023.",
        "Bi thu la ai? Hop ve gi?",
    ],
)
def test_no_noun_and_no_second_question_is_taken_for_a_courtesy(question: str) -> None:
    assert without_courtesy(question) == question


@pytest.mark.parametrize(
    ("order", "plain"),
    [
        ("Danh sách hộ nghèo xã Vân Khê", "Hộ nghèo xã Vân Khê là gì?"),
        ("danh sach ho so can nop", "Ho so can nop la gi?"),
        ("Các đơn vị dự hội nghị, liệt kê giúp em", "Những đơn vị nào dự hội nghị?"),
        ("Liệt kê giúp em những người phát biểu", "Những ai phát biểu?"),
        ("Các cá nhân được nêu tên", "Các cá nhân được nêu tên"),
    ],
)
def test_an_order_may_be_a_favour_and_stand_behind(order: str, plain: str) -> None:
    assert as_plain_question(order) == plain


@pytest.mark.parametrize(
    "question", ["Danh sách trúng tuyển công bố ngày nào?", "Nêu gương là trách nhiệm của ai?"]
)
def test_what_only_looks_like_an_order_is_left_alone(question):
    assert as_plain_question(question) == question


def test_a_long_word_is_looked_at_once():
    asked = f"Có phải 5 {'a' * 1900}! không?"
    assert as_settled(asked) == asked


def test_a_number_that_counts_nothing_is_not_asked_for():
    asked = "Điều 5 quy định như vậy đúng không?"
    assert as_settled(asked) == asked


@pytest.mark.parametrize(
    "named",
    [
        "Quyết định 417",
        "Nghị định 100",
        "Thông tư 15",
        "Luật số 5",
        "Quốc lộ 1",
        "Đường 19",
        "Theo quyết định 417",
    ],
)
def test_the_number_of_a_document_or_a_road_counts_nothing(named: str) -> None:
    question = f"{named} hết hiệu lực phải không?"
    assert as_settled(question) == question


def test_what_somebody_does_is_no_document() -> None:
    assert as_settled("Sở hướng dẫn 30 hộ dân phải không?") == "Sở hướng dẫn bao nhiêu hộ dân?"
