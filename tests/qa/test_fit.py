"""A number fits what it counts, a person the office that is asked for."""

from __future__ import annotations

import pytest

from index.span import Span
from qa.fit import fit

TEXT = (
    "Dự có ông Phan Sơn – Bí thư Đảng ủy; bà Lê Trình – Phó Bí thư Đảng ủy cùng Bí thư Đoàn và 72 đảng viên; "
    "Phó Giám đốc Võ Bình trình bày."
)


def of(question: str, words: str, *, text: str = TEXT) -> int:
    start = text.index(words)
    return fit(question, text, Span(start, start + len(words)), sentence=Span(0, len(text)))


@pytest.mark.parametrize(
    ("question", "words", "wanted"),
    [
        ("Bí thư Đảng ủy là ai?", "Phan Sơn", 1),
        ("Bí thư Đảng ủy là ai?", "Lê Trình", -1),
        ("pho bi thu la ai", "Lê Trình", 1),
        ("Phó Bí thư là ai?", "Phan Sơn", -1),
        ("Giám đốc là ai?", "Võ Bình", -1),
        ("Phó Giám đốc là ai?", "Võ Bình", 1),
        ("Giám đốc là ai?", "Phan Sơn", 0),
        ("Ai trình bày?", "Võ Bình", 0),
        ("Bí thư Đảng ủy", "Phan Sơn", 1),
        ("Bí thư Đảng ủy là ai?", "72 đảng viên", -1),
        ("Bí thư Đảng ủy đề nghị điều gì?", "72 đảng viên", 0),
        ("Bí thư Đảng ủy đề nghị điều gì?", "Lê Trình", 0),
        ("Có bao nhiêu đảng viên?", "72", 1),
        ("co bao nhieu doan vien", "72 đảng viên", -1),
        ("Có bao nhiêu người?", "72 đảng viên", 0),
        ("How many members are there?", "72 đảng viên", 0),
        ("Có bao nhiêu hộ gia đình?", "72 đảng viên", 0),
        ("How many đoàn viên are there?", "72 đảng viên", -1),
        ("Có bao nhiêu đảng viêm?", "72 đảng viên", 0),
        ("Họp lúc mấy giờ?", "72 đảng viên", 0),
        ("Có bao nhiêu đảng viên?", "Phan Sơn", 0),
        ("Ngày nào trình bày?", "72 đảng viên", -1),
    ],
)
def test_what_is_named_decides(question, words, wanted):
    assert of(question, words) == wanted


def test_one_number_of_another_kind_among_several_is_enough():
    said = "07 chi bộ trực thuộc, 72 đảng viên"
    span = Span(0, len(said))
    asked = ("Có bao nhiêu đoàn viên?", "Có bao nhiêu đảng viên?", "Có bao nhiêu lớp?")
    assert [fit(question, said, span, sentence=span) for question in asked] == [-1, 1, 0]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Trường có bao nhiêu đề tài khoa học?", 1),
        ("Trường có bao nhiêu đề tài khoa học cấp cơ sở?", 1),
        ("Trường có bao nhiêu đề tài khoa học cấp tỉnh?", -1),
        ("truong co bao nhieu de tai khoa hoc cap tinh", -1),
        ("Có bao nhiêu đề tài được giải?", 1),
    ],
)
def test_who_asks_for_those_of_one_kind_is_not_told_how_many_there_are_of_all(
    question: str, wanted: int
) -> None:
    text = "Năm qua, Trường ở tỉnh nghiệm thu 08 đề tài khoa học cấp cơ sở, nữ giảng viên chủ trì."
    assert of(question, "08 đề tài", text=text) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("Sáng 18/7", 1), ("ngày 17 tháng 8 năm 2022", 1), ("6 tháng đầu năm 2022", -1), ("hôm qua", 0)],
)
def test_who_asks_for_a_day_is_not_told_a_period(said, wanted):
    span = Span(0, len(said))
    assert fit("Hội nghị diễn ra ngày nào?", said, span, sentence=span) == wanted


@pytest.mark.parametrize(
    ("asked", "said", "wanted"),
    [
        ("Hết bao nhiêu tiền?", "412 tỷ đồng", 1),
        ("Hết bao nhiêu tiền?", "50.000đ", 1),
        ("Hết bao nhiêu tiền?", "412 ngày", -1),
        ("Chiếm bao nhiêu phần trăm?", "14,2%", 1),
        ("Chiếm bao nhiêu phần trăm?", "75 phần trăm", 1),
        ("Chiếm bao nhiêu phần trăm?", "75 hộ", -1),
    ],
)
def test_what_is_measured_has_its_unit(asked, said, wanted):
    span = Span(0, len(said))
    assert fit(asked, said, span, sentence=span) == wanted


@pytest.mark.parametrize(("day", "wanted"), [("15/5/2016", 1), ("ngày 25/10/2021", -1), ("18/8/2022", 1)])
def test_a_day_belongs_to_the_document_before_it(day, wanted):
    text = "Sáng 18/8/2022, bàn Chỉ thị số 05-CT/TW, ngày 15/5/2016 và Kết luận số 21-KL/TW ngày 25/10/2021."
    span = Span(text.index(day), text.index(day) + len(day))
    for question in ("Chỉ thị 05 ban hành ngày nào?", "Chỉ thị số 5-CT/TW ra ngày nào?"):
        assert fit(question, text, span, sentence=Span(0, len(text))) == wanted


def test_the_day_of_one_kind_of_document_is_not_that_of_another() -> None:
    text = "Học Nghị quyết Trung ương 4 khóa XII; Kết luận số 21-KL/TW, ngày 25/10/2021."
    assert of("Nghị quyết Trung ương 4 khóa XII ban hành ngày nào?", "ngày 25/10/2021", text=text) == -1
    assert of("Kết luận số 21 ban hành ngày nào?", "ngày 25/10/2021", text=text) == 1


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Ai trình bày báo cáo tại hội nghị?", -1),
        ("ai trinh bay bao cao tai hoi nghi", -1),
        ("Những ai phát biểu tại hội nghị?", 0),
        ("Ai có mặt tại hội nghị?", 0),
        ("Ai chỉ đạo hội nghị?", 0),
        ("Ai là Bí thư Chi bộ 3 dự hội nghị?", 1),
    ],
)
def test_who_speaks_at_a_meeting_is_not_who_does_something_else_there(asked, wanted):
    assert of(asked, "Phan Sơn", text="Đồng chí Phan Sơn – Bí thư Chi bộ 3 phát biểu tại Hội nghị.") == wanted


@pytest.mark.parametrize(
    ("asked", "wanted"), [("Hội nghị diễn ra ngày nào?", -1), ("Quy định ấy ban hành ngày nào?", 1)]
)
def test_the_day_of_a_document_is_not_that_of_what_happened(asked, wanted):
    assert of(asked, "19/5/2022", text="Hội nghị bàn Quy định số 11-QĐ/TW, ngày 19/5/2022.") == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("Chỉ thị số 05-CT/TW", 1), ("05-CT/TW", 1), ("đẩy mạnh học tập", 0), ("15/5/2016", 0)],
)
def test_who_asks_for_a_document_is_told_its_number(said: str, wanted: int) -> None:
    text = "Triển khai Chỉ thị số 05-CT/TW, ngày 15/5/2016 về đẩy mạnh học tập."
    asked = "Chỉ thị nào của Bộ Chính trị ra ngày 15 tháng 5 năm 2016?"
    assert of(asked, said, text=text) == wanted


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("Có bao nhiêu đảng viên?", -1),
        ("Có bao nhiêu phần trăm đảng viên dự họp?", 1),
        ("How many percent were there?", 1),
        ("Tỉ lệ đảng viên dự họp là bao nhiêu?", 1),
    ],
)
def test_a_share_does_not_tell_how_many_there_are(asked: str, wanted: int) -> None:
    text = "Dự họp có 100% đảng viên."
    assert of(asked, "100%", text=text) == wanted


@pytest.mark.parametrize(
    ("asked", "said", "wanted"),
    [
        ("Có bao nhiêu đảng viên?", "72 đảng viên", 1),
        ("Có bao nhiêu đảng viên?", "70 đảng viên", 0),
        ("Có bao nhiêu đảng viên chính thức?", "70 đảng viên", 1),
        ("Có bao nhiêu đảng viên?", "72 đảng viên, trong đó 70 đảng viên", 1),
    ],
)
def test_a_part_is_not_what_the_whole_is_asked_for(asked: str, said: str, wanted: int) -> None:
    text = "Đảng bộ có 72 đảng viên, trong đó 70 đảng viên chính thức."
    assert of(asked, said, text=text) == wanted


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("6 tháng đầu năm 2022 trường mở bao nhiêu lớp?", 1),
        ("Sáu tháng cuối năm 2022 trường mở bao nhiêu lớp?", -1),
        ("Năm 2022 trường mở bao nhiêu lớp?", 1),
    ],
)
def test_one_half_of_the_year_is_not_the_other(asked: str, wanted: int) -> None:
    text = "Trong 6 tháng đầu năm 2022, trường mở 27 lớp."
    assert of(asked, "27 lớp", text=text) == wanted


@pytest.mark.parametrize(
    ("asked", "said", "wanted"),
    [
        ("Năm 2021 xã có bao nhiêu hộ nghèo?", "Năm 2022, xã còn 27 hộ nghèo.", -1),
        ("Năm 2022 xã có bao nhiêu hộ nghèo?", "Năm 2022, xã còn 27 hộ nghèo.", 1),
        ("Năm 2022 xã có bao nhiêu hộ nghèo?", "Xã còn 27 hộ nghèo, giảm 3 hộ so với năm 2021.", 1),
        ("Năm 2022 xã có bao nhiêu hộ nghèo?", "Xã, từng có 90 hộ năm 2019, nay còn 27 hộ nghèo.", 1),
        ("Năm 2022 xã có bao nhiêu hộ nghèo?", "Xã còn 27 hộ nghèo; cùng kỳ năm 2021 là 30.", 1),
        ("Năm 2022 xã có bao nhiêu hộ nghèo?", "Nhiệm kỳ 2020 - 2025, xã còn 27 hộ nghèo.", 1),
        ("Trước năm 2022 xã có bao nhiêu hộ nghèo?", "Năm 2020, xã còn 27 hộ nghèo.", 1),
    ],
)
def test_one_year_is_not_another(asked: str, said: str, wanted: int) -> None:
    assert of(asked, "27", text=said) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "part", "fitting"),
    [
        ("Giám đốc Sở Tài chính là ai?", "Ông Cầm Ngọc Minh – Giám đốc Sở Nội vụ dự.", "Cầm Ngọc Minh", -1),
        ("Giám đốc Sở Nội vụ là ai?", "Ông Cầm Ngọc Minh – Giám đốc Sở Nội vụ dự.", "Cầm Ngọc Minh", 1),
        ("Giám đốc Sở GDĐT là ai?", "Ông Cầm Ngọc Minh – Giám đốc Sở Giáo dục dự.", "Cầm Ngọc Minh", 1),
        (
            "Giám đốc Sở Tài chính là ai?",
            "Sở Tài chính họp, ông Cầm Ngọc Minh – Giám đốc Sở chủ trì.",
            "Cầm Ngọc Minh",
            1,
        ),
        ("Bộ trưởng Bộ Y tế là ai?", "Thứ trưởng Bộ Y tế Hà Đăng Quang dự.", "Hà Đăng Quang", -1),
        ("Vô địch 10 km nữ là ai?", "Vô địch 10 km nam là anh Châu Lành.", "Châu Lành", -1),
        ("Vô địch 10 km nam là ai?", "Vô địch 10 km nam là anh Châu Lành.", "Châu Lành", 0),
        ("Ai vô địch giải nữ Việt Nam?", "Giải nữ Việt Nam: chị Lò Thị Mây.", "Lò Thị Mây", 0),
        ("Bao nhiêu người đến xem?", "Sau 5 trận, có 6.500 người đến xem.", "5", -1),
        ("Bao nhiêu người đến xem?", "Sau 5 trận, có 6.500 người đến xem.", "6.500 người", 0),
    ],
)
def test_another_body_another_kind_and_what_counts_no_people(question, sentence, part, fitting):
    start = sentence.index(part)
    span = Span(start, start + len(part))
    assert fit(question, sentence, span, sentence=Span(0, len(sentence))) == fitting


@pytest.mark.parametrize(
    ("question", "said", "wanted"),
    [
        ("Tọa đàm được tổ chức ở trường nào?", "trường Chính trị khu vực", -1),
        ("Tọa đàm được tổ chức ở trường nào?", "Trường Chính trị tỉnh Ninh Bình", 0),
        ("Những trường nào dự tọa đàm?", "trường Chính trị khu vực", 0),
        ("Trường nào được khen?", "trường Tô Hiệu và Lê Hồng Phong", 0),
    ],
)
def test_what_all_of_a_kind_are_called_names_none_of_them(question: str, said: str, wanted: int) -> None:
    text = (
        "Cụm các trường Chính trị khu vực tọa đàm tại Trường Chính trị tỉnh Ninh Bình; các trường Tô Hiệu và Lê Hồng "
        "Phong được khen."
    )
    assert of(question, said, text=text) == wanted


@pytest.mark.parametrize(("words", "wanted"), [("Sáng 18/7", 1), ("18/7", -1), ("6 tháng cuối năm", -1)])
def test_who_asks_for_a_part_of_the_day_is_told_it(words, wanted):
    text = "Sáng 18/7, Sở họp về nhiệm vụ 6 tháng cuối năm."
    assert of("Sở họp khi nào trong ngày?", words, text=text) == wanted


def test_views_are_counted_in_either_language():
    assert of("Bài có bao nhiêu lượt xem?", "4075", text="4075 Views") == 1
    assert of("Bài có bao nhiêu lượt xem?", "72", text="72 đảng viên") == -1


@pytest.mark.parametrize(("words", "wanted"), [("70", 1), ("02", -1), ("72 đảng viên", -1)])
def test_of_two_parts_the_one_that_is_asked_for_is_told(words, wanted):
    text = "Sở có 72 đảng viên, trong đó 70 đảng viên chính thức, 02 đảng viên dự bị."
    assert of("Sở có bao nhiêu đảng viên chính thức?", words, text=text) == wanted


@pytest.mark.parametrize(
    ("question", "text", "words", "wanted"),
    [
        ("GRDP quý II năm 2023 tăng bao nhiêu phần trăm?", "GRDP quý I ước tăng 6,18%.", "6,18%", -1),
        ("GRDP quý 1 năm 2023 tăng bao nhiêu phần trăm?", "GRDP quý I ước tăng 6,18%.", "6,18%", 1),
        ("Đội nữ gặp đội nào?", "Họ bị đội Dệt Nam Trạch dẫn trước.", "Dệt Nam Trạch", 0),
        ("Số sinh viên nữ là bao nhiêu?", "Có 30 sinh viên nam.", "30", -1),
        (
            "Quyết định năm 2022 có hiệu lực từ ngày nào?",
            "Có hiệu lực kể từ ngày 01/7/2022 và thay thế Quyết định số 44/2017/QĐ-UBND.",
            "01/7/2022",
            1,
        ),
        ("Gửi xe hết bao nhiêu một lượt?", "Xe đạp: 2.000 đồng/lượt.", "2.000 đồng/lượt", 0),
        ("Chủ tịch HĐND tỉnh tên là gì?", "Bà Âu Thị Diệp, Chủ tịch LĐLĐ tỉnh dự.", "Âu Thị Diệp", -1),
        (
            "Chủ tịch Liên đoàn Lao động tỉnh là ai?",
            "Bà Âu Thị Diệp, Chủ tịch LĐLĐ tỉnh dự.",
            "Âu Thị Diệp",
            1,
        ),
        ("Tỷ lệ hồ sơ trực tuyến là bao nhiêu?", "Có 19.322 hồ sơ, đạt 68%.", "19.322 hồ sơ", -1),
        ("Tỷ lệ hồ sơ trực tuyến là bao nhiêu?", "Có 19.322 hồ sơ, đạt 68%.", "68%", 1),
        ("Kết luận số mấy về chỉnh đốn Đảng?", "Kết luận số 21-KL/TW của Trung ương.", "21-KL/TW", 1),
        ("What is the name of the deputy bí thư?", "Ông Lê An – Bí thư dự họp.", "Lê An", -1),
        ("Giám đốc Sở Tài chính là ai?", "Ông Lê An – Giám đốc Sở KHCN báo cáo.", "Lê An", -1),
        ("Giám đốc Sở Tài chính là ai?", "Sở Y tế họp. Ông Lê An – Giám đốc Sở báo cáo.", "Lê An", -1),
        ("Trưởng khoa Nhi là ai?", "Ông Lê An, Trưởng khoa Nhi báo cáo.", "Lê An", 1),
        ("Giám đốc Sở Giáo dục là ai?", "Ông Lê An – Giám đốc Sở GDĐT báo cáo.", "Lê An", 1),
        ("Giám đốc Sở Khoa học và Công nghệ là ai?", "Ông Lê An – Giám đốc Sở KHCN báo cáo.", "Lê An", 1),
        ("Ban Chấp hành gồm bao nhiêu người?", "Đại hội bầu 15 đồng chí.", "15 đồng chí", 0),
        ("Chủ tịch tỉnh là ai?", "Ông Lê An trao Bằng khen của Chủ tịch tỉnh.", "Lê An", 0),
        ("Dạy bao nhiêu lớp trong năm 2022?", "Năm 2022, dạy 27 lớp với 3 học viên.", "27 lớp", 1),
        ("Trường mở mấy lớp?", "Kết luận số 21-KL/TW của Trung ương.", "21-KL/TW", -1),
    ],
)
def test_what_only_looks_like_the_answer_is_told_from_it(question, text, words, wanted):
    assert of(question, words, text=text) == wanted


def test_a_body_plays_no_part_that_a_person_holds() -> None:
    text = "Dự có ông Lê An – Hiệu trưởng Trường Lam Sơn, đơn vị Cụm trưởng năm 2022."
    asked = "Trường Lam Sơn giữ vai trò gì năm 2022?"
    assert [of(asked, words, text=text) for words in ("Hiệu trưởng", "Cụm trưởng")] == [-1, 0]
    assert of("Ông Lê An giữ chức danh gì?", "Hiệu trưởng", text=text) == 0


@pytest.mark.parametrize(
    ("asked", "said", "words", "wanted"),
    [
        ("Cầu khởi công năm 2019 hoàn thành khi nào?", "Cầu xong tháng 9 năm 2023.", "tháng 9 năm 2023", 0),
        ("Hội thành lập ngày 5/3/2019 giải thể khi nào?", "Hội giải thể năm 2023.", "năm 2023", 0),
        ("Năm 2019 cầu hoàn thành khi nào?", "Cầu xong tháng 9 năm 2023.", "tháng 9 năm 2023", -1),
        ("Tuyển sinh năm 2019 kết thúc khi nào?", "Kết thúc tháng 9 năm 2023.", "tháng 9 năm 2023", -1),
        ("Khởi công năm 2019 có bao nhiêu cầu?", "Năm 2023 có 3 cầu.", "3 cầu", -1),
        ("6 tháng đầu năm có bao nhiêu hộ?", "9 tháng đầu năm có 27 hộ.", "27 hộ", -1),
        ("Nửa đầu năm có bao nhiêu hộ?", "Sáu tháng đầu năm có 27 hộ.", "27 hộ", 1),
        ("9 tháng đầu năm có bao nhiêu hộ?", "Chín tháng đầu năm có 27 hộ.", "27 hộ", 1),
        ("Quỹ từ thiện thu được bao nhiêu tiền?", "Quý I, quỹ thu được 5 tỷ đồng.", "5 tỷ đồng", 1),
    ],
)
def test_a_time_that_only_tells_which_thing_is_meant_is_not_asked_about(asked, said, words, wanted):
    assert of(asked, words, text=said) == wanted
