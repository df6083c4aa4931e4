"""A follow-up gets what it leaves out from the turn before; a question that stands alone is none."""

from __future__ import annotations

import pytest

from qa.follow_up import is_follow_up, resolve
from qa.turn import Turn

HOW_MANY = Turn("Đảng bộ Sở GDĐT có bao nhiêu đảng viên chính thức?", ("70 đảng viên",))
WHO = Turn("Ai chủ trì hội nghị sơ kết của Sở GDĐT?", ("Phạm Đăng Khoa",))
WHICH = Turn("Trường nào là cụm trưởng năm 2022?", ("Trường Chính trị tỉnh Ninh Bình",))


@pytest.mark.parametrize("question", ["?", "…", "..."])
def test_a_question_without_words_leans_on_nothing(question):
    assert not is_follow_up(question)


@pytest.mark.parametrize(
    ("question", "before", "resolved"),
    [
        ("Còn đảng viên dự bị thì sao?", HOW_MANY, "Đảng bộ Sở GDĐT có bao nhiêu đảng viên dự bị?"),
        ("con dang vien du bi thi sao", HOW_MANY, "Đảng bộ Sở GDĐT có bao nhiêu dang vien du bi?"),
        (
            "Nước đó chiếm mấy phần trăm?",
            Turn("Quế bán sang nước nào nhiều nhất?", ("Ấn Độ",)),
            "Ấn Độ chiếm mấy phần trăm?",
        ),
        (
            "Đơn vị đó có mấy đề tài?",
            Turn("Đơn vị nào tổ chức hội nghị?", ("Trường Chính trị",)),
            "Trường Chính trị có mấy đề tài?",
        ),
        (
            "Bà ấy ngồi ở đâu?",
            Turn("Ai thiệt mạng trong vụ tai nạn?", ("Lê Thị Lan",)),
            "Lê Thị Lan ngồi ở đâu?",
        ),
        ("Em ấy học trường nào?", Turn("Thủ khoa là ai?", ("Lê Lan",)), "Lê Lan học trường nào?"),
        (
            "Ở đó ai chủ trì?",
            Turn("Toạ đàm khoa học tổ chức ở tỉnh nào?", ("Ninh Bình",)),
            "Ở Ninh Bình ai chủ trì?",
        ),
        ("Chi bộ thì sao?", HOW_MANY, "Đảng bộ Sở GDĐT có bao nhiêu chi bộ?"),
        ("Người tỉnh nào?", WHO, "Phạm Đăng Khoa người tỉnh nào?"),
        ("giữ chức gì vậy?", WHO, "Phạm Đăng Khoa giữ chức gì vậy?"),
        (
            "trong đó chính thức mấy người",
            Turn("Tổng số đảng viên là bao nhiêu?"),
            "Có bao nhiêu đảng viên chính thức?",
        ),
        ("Đông Mỹ thì sao", Turn("Huyện Yên Phú có mấy ca bệnh?"), "Huyện Đông Mỹ có mấy ca bệnh?"),
        ("Còn chi bộ?", HOW_MANY, "Đảng bộ Sở GDĐT có bao nhiêu chi bộ?"),
        ("Còn Viện KHGD Việt Nam?", WHO, "Ai chủ trì hội nghị sơ kết của Viện KHGD Việt Nam?"),
        ("Thế còn phó bí thư?", Turn("Ai là bí thư Đảng ủy Viện?"), "Ai là phó bí thư Đảng ủy Viện?"),
        ("Còn năm 2023?", WHICH, "Trường nào là cụm trưởng năm 2023?"),
        ("Còn hội nghị của Viện thì ai chủ trì?", WHO, "Hội nghị của Viện ai chủ trì?"),
        ("Ông ấy giữ chức vụ gì?", WHO, "Phạm Đăng Khoa giữ chức vụ gì?"),
        ("Trường đó được tặng gì?", WHICH, "Trường Chính trị tỉnh Ninh Bình được tặng gì?"),
        ("don vi do co may chi bo", HOW_MANY, "Đảng bộ Sở GDĐT co may chi bo"),
        ("Hội nghị đó diễn ra ở đâu?", WHO, "hội nghị sơ kết của Sở GDĐT diễn ra ở đâu?"),
        ("Ở đó có mấy chi bộ?", HOW_MANY, "Ở Đảng bộ Sở GDĐT có mấy chi bộ?"),
        ("Diễn ra ngày nào?", WHO, "Hội nghị sơ kết của Sở GDĐT diễn ra ngày nào?"),
        ("Ai thiết kế?", Turn("Cầu Đá Bạc dài bao nhiêu mét?"), "Ai thiết kế Cầu Đá Bạc?"),
        ("Ai trình bày báo cáo?", WHO, "Ai trình bày báo cáo hội nghị sơ kết của Sở GDĐT?"),
        ("Ai làm Bí thư?", HOW_MANY, "Ai làm Bí thư Đảng bộ Sở GDĐT?"),
        (
            "Nước này đứng thứ mấy?",
            Turn("Ai xếp hạng báo chí năm 2008?"),
            "Nước này đứng thứ mấy, xếp hạng báo chí năm 2008?",
        ),
        (
            "Thế chỉ thị 05 thì ngày nào?",
            Turn("Kết luận 21 ban hành ngày nào?"),
            "Chỉ thị 05 ban hành ngày nào?",
        ),
        ("Còn chỉ thị 05 do ai ban hành?", Turn("Kết luận 21 do ai ban hành?"), "Chỉ thị 05 do ai ban hành?"),
        (
            "Thế thì mấy học viên?",
            Turn("Trường đã dạy bao nhiêu lớp trong năm 2022?"),
            "Trường đã dạy bao nhiêu học viên trong năm 2022?",
        ),
        (
            "Còn số lớp thì bao nhiêu?",
            Turn("Trường đã dạy bao nhiêu học viên trong năm 2022?"),
            "Trường đã dạy bao nhiêu lớp trong năm 2022?",
        ),
        (
            "Còn Hưng Yên?",
            Turn("Ai là hiệu trưởng trường Chính trị tỉnh Ninh Bình?"),
            "Ai là hiệu trưởng trường Chính trị tỉnh Hưng Yên?",
        ),
        (
            "Hải Dương thì được gì?",
            Turn("Trường Chính trị Ninh Bình được đề nghị khen thưởng gì?"),
            "Trường Chính trị Hải Dương được đề nghị khen thưởng gì?",
        ),
        ("Ai là phó viện trưởng ở đó?", Turn("Lê Anh Vinh nói gì?"), "Ai là phó viện trưởng?"),
        (
            "Họ có chừng bao nhiêu người?",
            Turn("Nghĩa quân được lập ở vùng nào?"),
            "Họ có chừng bao nhiêu người, Nghĩa quân được lập ở vùng?",
        ),
    ],
)
def test_a_follow_up_gets_what_it_leaves_out(question, before, resolved):
    assert is_follow_up(question)
    assert resolve(question, before=before).text == resolved


POOR = Turn("Tỉnh Hà Nam có bao nhiêu hộ nghèo?", ("1.200 hộ",))
FINED = Turn("Phạt vượt đèn đỏ bao nhiêu tiền?")


@pytest.mark.parametrize(
    ("question", "before", "resolved"),
    [
        ("Còn năm 2022?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo năm 2022?"),
        ("Còn năm 2022 thì bao nhiêu?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo năm 2022?"),
        ("Còn năm ngoái?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo năm ngoái?"),
        ("con nam ngoai", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo nam ngoai?"),
        ("Còn tháng 5?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo tháng 5?"),
        ("còn quý 2", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo quý 2?"),
        ("Còn ở thành phố?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo ở thành phố?"),
        ("con o thanh pho", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo o thanh pho?"),
        ("Còn theo chuẩn mới?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo theo chuẩn mới?"),
        ("Còn các xã miền núi?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ nghèo các xã miền núi?"),
        ("Còn các hộ cận nghèo?", POOR, "Tỉnh Hà Nam có bao nhiêu hộ cận nghèo?"),
        ("Còn đạt chuẩn?", Turn("Huyện có bao nhiêu xã?"), "Huyện có bao nhiêu xã đạt chuẩn?"),
        ("Còn tháng 5?", Turn("Tháng 4 tỉnh có bao nhiêu vụ?"), "Tháng 5 tỉnh có bao nhiêu vụ?"),
        ("Còn năm ngoái?", Turn("Ngành y có bao nhiêu bác sĩ?"), "Ngành y có bao nhiêu bác sĩ năm ngoái?"),
        (
            "Còn ở Ninh Bình?",
            Turn("Ở Hà Nam có bao nhiêu hộ nghèo?"),
            "Ở Ninh Bình có bao nhiêu hộ nghèo?",
        ),
        ("Còn xe máy?", FINED, "Phạt vượt đèn đỏ bao nhiêu tiền xe máy?"),
        ("con o to", FINED, "Phạt vượt đèn đỏ bao nhiêu tiền o to?"),
        ("Còn lúa?", Turn("Tỉnh có bao nhiêu ha rừng?"), "Tỉnh có bao nhiêu ha lúa?"),
    ],
)
def test_only_what_can_be_counted_takes_the_place_of_what_is_counted(question, before, resolved):
    assert is_follow_up(question)
    assert resolve(question, before=before).text == resolved


@pytest.mark.parametrize(
    "question",
    [
        "Thế mạnh của Trường là gì?",
        "Thế hệ nào dùng mạng nhiều nhất?",
        "Thế giới có bao nhiêu người dùng mạng?",
        "Thế nào là hộ nghèo?",
        "Con đường mới dài bao nhiêu km?",
        "Con số hộ nghèo năm 2022 là bao nhiêu?",
        "Va chạm xảy ra lúc mấy giờ?",
        "Vay vốn ngân hàng chính sách ở đâu?",
        "Thế vận hội tổ chức ở đâu?",
        "Thế chấp nhà đất cần giấy tờ gì?",
        "the nao la ho ngheo",
        "the gioi co bao nhieu nguoi dung mang",
        "con duong moi dai bao nhieu km",
        "va cham xay ra luc may gio",
        "vay von ngan hang chinh sach o dau",
    ],
)
def test_a_word_that_begins_as_an_opening_does_opens_no_follow_up(question):
    assert not is_follow_up(question)
    assert resolve(question, before=POOR).text == question


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("con so noi vu", "so noi vu"),
        ("con vien thi sao", "vien"),
        ("con truong", "truong"),
        ("va vien", "vien"),
        ("Thế Viện?", "Viện"),
    ],
)
def test_an_opening_without_its_marks_opens_what_asks_nothing_by_itself(question, named):
    assert is_follow_up(question)
    resolved = resolve(question, before=WHO).text
    assert resolved.startswith("Ai chủ trì hội nghị")
    assert resolved.endswith(f" {named}?")
    assert " con " not in resolved


@pytest.mark.parametrize(
    ("question", "before", "more"),
    [
        ("Còn đơn vị nào khác không?", POOR, True),
        ("Trường nào khác được tặng Cờ?", Turn("Trường nào được tặng Cờ thi đua của Học viện?"), True),
        ("Ngoài ông Lê An còn ai nữa?", Turn("Ai chủ trì?", ("Lê An",)), True),
        ("Xe máy nào khác bị phạt vì vượt đèn đỏ?", POOR, False),
        ("Tỉnh nào khác có nhiều hộ giàu nhất nước?", POOR, False),
    ],
)
def test_more_of_the_same_is_asked_for_only_where_nothing_new_is_said(question, before, more):
    assert resolve(question, before=before) == (before.question if more else question, more)


def test_what_is_different_is_no_asking_for_more():
    assert not is_follow_up("Hộ nghèo và hộ cận nghèo có gì khác nhau về mức hỗ trợ?")


@pytest.mark.parametrize("question", ["Còn ai nữa?", "con ai nua khong", "Who else spoke?"])
def test_asking_for_more_is_the_question_before_with_other_answers(question):
    assert resolve(question, before=WHO) == (WHO.question, True)


@pytest.mark.parametrize(
    "question",
    [
        "Trường Chính trị có bao nhiêu lớp học?",
        "Hội nghị do đơn vị nào tổ chức?",
        "hoi nghi do don vi nao to chuc",  # "do" is "by" here, not "that"
        "Ngày nào diễn ra tọa đàm khoa học?",
        "Ngày 11/11/2022 có gì?",
    ],
)
def test_a_question_that_stands_alone_is_no_follow_up(question):
    assert not is_follow_up(question)


def test_who_is_spoken_of_is_the_first_person_among_the_answers() -> None:
    before = Turn("Ai là báo cáo viên tại hội nghị?", ("Ủy ban kiểm tra", "Phùng Thúy Oanh"))
    assert resolve("Bà ấy làm ở cơ quan nào?", before=before).text == "Phùng Thúy Oanh làm ở cơ quan nào?"


@pytest.mark.parametrize(
    "question", ["Hội nghị đó do ai chủ trì?", "Hội nghị đó thống nhất điều gì?", "hoi nghi do do ai chu tri"]
)
def test_whatever_follows_that_is_pointed_back(question: str) -> None:
    assert is_follow_up(question)
    before = Turn("Đảng bộ Trường Chính trị tổ chức hội nghị sơ kết vào ngày nào?")
    assert "hội nghị sơ kết" in resolve(question, before=before).text


def test_a_doer_does_not_point_back_beside_a_body_that_does() -> None:
    before = Turn("Sở Nội vụ họp ngày nào?")
    resolved = resolve("Hội nghị do đơn vị đó tổ chức ở đâu?", before=before).text
    assert resolved == "Hội nghị do Sở Nội vụ tổ chức ở đâu?"


@pytest.mark.parametrize(
    "question",
    [
        "Thế bao nhiêu người trong số đó là chính thức?",
        "Trong đó có bao nhiêu đảng viên chính thức?",
        "Trong đó mấy người chính thức",
    ],
)
def test_what_is_counted_is_counted_again_in_a_part(question):
    before = Turn("Đảng bộ Sở GDĐT có bao nhiêu đảng viên?", ("72 đảng viên",))
    assert is_follow_up(question)
    assert resolve(question, before=before).text == "Đảng bộ Sở GDĐT có bao nhiêu đảng viên chính thức?"
    unmarked = resolve("trong so do co bao nhieu nguoi la nu", before=before).text
    assert unmarked == "Đảng bộ Sở GDĐT có bao nhiêu đảng viên nu?"


def test_what_an_answer_says_in_brackets_of_somebody_is_no_name():
    before = Turn("Ai bị bắt?", answers=("ông N.V.H. (54 tuổi, trú xã Mỹ Hưng)",))
    assert resolve("Ông ấy ở xã nào?", before=before).text == "ông N.V.H. ở xã nào?"


@pytest.mark.parametrize(
    "question",
    [
        "Quần chúng góp ý điều gì?",
        "Công chúng đón nhận bộ phim thế nào?",
        "Dân chúng phản ứng ra sao trước việc tăng giá điện?",
        "Dòng họ lớn nhất nước ta có bao nhiêu người?",
        "Họ và tên của người lập kỷ lục là gì?",
        "Chúng ta có bao nhiêu dân tộc?",
        "Chúng tôi nộp hồ sơ xin học ở đâu?",
    ],
)
def test_nouns_that_have_a_pronoun_in_them_point_to_nothing(question):
    assert not is_follow_up(question)


@pytest.mark.parametrize("question", ["Họ có bao nhiêu người?", "Chúng sống ở đâu?", "Chúng nó sống ở đâu?"])
def test_they_points_back(question):
    assert is_follow_up(question)


@pytest.mark.parametrize(
    "question",
    [
        "ASEAN có mấy nước?",
        "VinFast bán bao nhiêu xe?",
        "iPhone giá bao nhiêu?",
        "GDP tăng bao nhiêu?",
        "Bitcoin là gì?",
    ],
)
def test_a_first_word_that_can_only_be_a_name_names_what_is_asked_about(question):
    assert not is_follow_up(question)
    assert resolve(question, before=HOW_MANY).text == question


@pytest.mark.parametrize(
    ("question", "resolved"),
    [
        ("UBND thì sao?", "UBND có bao nhiêu đảng viên chính thức?"),
        ("Còn GDĐT?", "GDĐT có bao nhiêu đảng viên chính thức?"),
        ("Bitcoin thì sao?", "Đảng bộ Sở GDĐT có bao nhiêu đảng viên chính thức Bitcoin?"),
        ("BCH gồm mấy người?", "Đảng bộ Sở GDĐT BCH gồm mấy người?"),
        ("When was it held?", "When was it held Đảng bộ Sở GDĐT?"),
        ("Còn lịch thi môn Toán là ngày nào?", "Lịch thi môn Toán là ngày nào?"),
        ("Lịch thi ra sao?", "Đảng bộ Sở GDĐT lịch thi ra sao?"),
    ],
)
def test_a_follow_up_keeps_its_names_and_its_exams(question, resolved):
    assert is_follow_up(question)
    assert resolve(question, before=HOW_MANY).text == resolved


FEES = Turn("Hộ gia đình có con thứ nhất đóng bao nhiêu?")
FAIR = Turn("Hội chợ hoa xuân lần thứ V có mấy gian hàng?")


@pytest.mark.parametrize(
    ("question", "before", "resolved"),
    [
        ("Của cơ quan nào?", Turn("Quyết định số 31 ra ngày nào?"), "Quyết định số 31 của cơ quan nào?"),
        ("Vậy do ai?", Turn("Quyết định số 31 ban hành ngày nào?"), "Quyết định số 31 do ai ban hành?"),
        (
            "Thế thư ký dự kiểu gì?",
            Turn("Những ai dự trực tiếp đại hội của Hội Nông dân?"),
            "Thư ký dự đại hội của Hội Nông dân kiểu gì?",
        ),
        ("Con thứ hai?", FEES, "Hộ gia đình có con thứ hai đóng bao nhiêu?"),
        ("vậy từ con thứ ba?", FEES, "Hộ gia đình có từ con thứ ba đóng bao nhiêu?"),
        ("Đợt 2 thì sao?", Turn("Đợt 1 tuyển mấy em?"), "Đợt 2 tuyển mấy em?"),
        (
            "Giải khuyến khích thì được bao nhiêu?",
            Turn("Giải ba hội thi vẽ được bao nhiêu tiền?"),
            "Giải khuyến khích hội thi vẽ được bao nhiêu tiền?",
        ),
        ("và chi bộ 8 nữa", Turn("Ai là bí thư chi bộ 7 của Sở?"), "Ai là bí thư chi bộ 8 của Sở?"),
        ("Lần trước có bao nhiêu khách?", FAIR, "Hội chợ hoa xuân lần trước có bao nhiêu khách?"),
        ("Năm ngoái có mấy gian hàng?", FAIR, "Hội chợ hoa xuân năm ngoái có mấy gian hàng?"),
        (
            "Đội thứ hai được thưởng bao nhiêu?",
            Turn("Đội nào vô địch giải bóng đá tỉnh?"),
            "Đội thứ hai được thưởng bao nhiêu, vô địch giải bóng đá tỉnh?",
        ),
        ("Có mấy cán bộ?", Turn("Viện Dầu khí nằm ở đâu?"), "Viện Dầu khí có mấy cán bộ?"),
    ],
)
def test_a_follow_up_is_told_apart_by_as_little_as_a_number_or_a_preposition(question, before, resolved):
    assert is_follow_up(question)
    assert resolve(question, before=before).text == resolved


@pytest.mark.parametrize(
    "question",
    [
        "Nghị định 100 quy định gì?",
        "Người thứ hai bay vào vũ trụ là ai?",
        "Chiến tranh thế giới thứ hai kết thúc năm nào?",
        "Do đâu mà giá gạo tăng mạnh?",
        "Ở tỉnh nào trồng nhiều chè nhất?",
        "Với xe máy vượt đèn đỏ thì phạt bao nhiêu?",
        "Cho vay mua nhà lãi suất bao nhiêu?",
        "Năm ngoái ngành y có bao nhiêu bác sĩ?",
        "Cán bộ công chức được nghỉ Tết mấy ngày?",
        "Lần đầu tiên Việt Nam dự World Cup nữ là năm nào?",
        "Trận chung kết bóng đá nam diễn ra ở sân nào?",
    ],
)
def test_a_number_or_a_preposition_alone_makes_no_follow_up(question):
    assert not is_follow_up(question)
    assert resolve(question, before=FAIR).text == question
