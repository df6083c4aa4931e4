"""What a question asks for is told by the words that ask, with and without tone marks, and in English."""

from __future__ import annotations

import pytest

from index.terms import fold
from qa.offices import offices_in
from qa.question_kind import HEADS, Asked, Kind, asked_about, asked_for, can_be

QUESTIONS = {
    Kind.PERSON: [
        "Ai chủ trì?",
        "Người nào phát biểu?",
        "Cầu thủ nào ghi bàn?",
        "Thủ tướng nào ký?",
        "Cục trưởng nào ký?",
        "Phó Cục trưởng nào dự?",
        "Thư ký nào ghi biên bản?",
        "Tổng biên tập nào?",
        "Giám đốc Sở là ai?",
        "Who chaired it?",
        "Kể tên những người dự.",
        "Liệt kê các Bí thư phát biểu.",
    ],
    Kind.NUMBER: ["Có bao nhiêu đảng viên?", "Sở có mấy chi bộ?", "How many members are there?"],
    Kind.TIME: [
        "Họp khi nào?",
        "Họp ngày nào?",
        "Khánh thành năm nào?",
        "Họp lúc mấy giờ?",
        "When was it held?",
    ],
    Kind.PLACE: ["Họp ở đâu?", "Hội nghị tổ chức tại nơi nào?", "Where was it held?"],
    Kind.BODY: [
        "Đơn vị nào tổ chức?",
        "Trường nào được khen?",
        "Which school won?",
        "Liệt kê các trường tham dự",
    ],
    Kind.REASON: ["Vì sao chậm?", "Tại sao hoãn họp?", "Hội nghị nhằm mục đích gì?", "Why was it late?"],
    Kind.MANNER: ["Làm như thế nào?", "Kết quả ra sao?", "How did they do it?"],
    Kind.TRUTH: [
        "Có họp không?",
        "Cầu đã thông xe chưa?",
        "Có cầu thủ nào bị thẻ đỏ không?",
        "Xe có chạy quá tốc độ không ạ",
        "Ông Lộc là giám đốc phải không?",
        "Did they meet?",
    ],
    Kind.THING: ["Chủ đề là gì?", "What is it about?"],
}
ALL = [(question, kind) for kind, questions in QUESTIONS.items() for question in questions]


@pytest.mark.parametrize(("question", "kind"), ALL)
def test_the_kind_with_and_without_tone_marks(question, kind):
    assert asked_for(question).kind is kind
    assert asked_for(fold(question)).kind is kind


@pytest.mark.parametrize(
    "question",
    [
        "Những ai phát biểu?",
        "Kể tên các trường được khen",
        "Liệt kê chi bộ của trường",
        "Các trường nào được khen?",
        "Thành phần gồm những ai?",
        "Which schools were praised?",
    ],
)
def test_questions_for_several_things(question):
    assert asked_for(question).several
    assert asked_for(fold(question)).several


@pytest.mark.parametrize(
    "question", ["Ai phát biểu?", "Các đại biểu họp ở đâu?", "Các trường có được khen không?"]
)
def test_questions_for_one_thing(question):
    assert not asked_for(question).several


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Bốn ý chính của kết luận là gì?", True),
        ("Đảng ủy thống nhất chỉ đạo 4 ý nào?", True),
        ("Hai phòng nào trực đường dây nóng?", True),
        ("hai phong nao truc duong day nong", True),
        ("Mấy vị nào ngồi chủ trì?", True),
        ("Ba khâu đột phá là những khâu nào?", True),
        ("Trường phải học các nghị quyết, kết luận, chỉ thị nào?", True),
        ("Năm 2022 trường nào đạt giải?", False),
        ("nam 2022 truong nao dat giai", False),
        ("Năm tới đơn vị nào đăng cai?", False),
        ("Hai chị em bị bắt khi nào?", False),
        ("6 tháng đầu năm đơn vị nào dẫn đầu?", False),
        ("Chi bộ 5 thuộc Đảng bộ nào?", False),
        ("ba nguyen thi an la ai", False),
        ("Ba của Lan là ai?", False),
    ],
)
def test_who_asks_for_as_many_as_are_counted_asks_for_several(question, several):
    assert asked_for(question).several is several


@pytest.mark.parametrize(
    ("kind", "text", "possible"),
    [
        (Kind.NUMBER, "07 chi bộ", True),
        (Kind.NUMBER, "bảy chi bộ", True),
        (Kind.NUMBER, "Sở GDĐT", False),
        (Kind.TIME, "sáng 18/7", True),
        (Kind.TIME, "mùa hè", True),
        (Kind.TIME, "Lê Anh Vinh", False),
        (Kind.PERSON, "Lê Anh Vinh", True),
        (Kind.PERSON, "một số nhiệm vụ", False),
        (Kind.PLACE, "Hải Phòng", True),
        (Kind.PLACE, "hội trường lớn", True),
        (Kind.PLACE, "đúng kế hoạch", False),
        (Kind.REASON, "bất cứ điều gì", True),
    ],
)
def test_a_span_can_be_of_a_kind_by_its_form(kind, text, possible):
    assert can_be(kind, text) is possible


def test_what_a_question_is_about_is_what_does_not_ask():
    assert asked_about("Đảng bộ có bao nhiêu đảng viên?") == "đảng bộ có đảng viên"


def test_who_holds_an_office_of_many_bodies_is_asked_for_and_not_the_body() -> None:
    assert asked_for("Những bí thư chi bộ nào phát biểu?") == Asked(Kind.PERSON, several=True)
    assert asked_for("nhung bi thu chi bo nao phat bieu") == Asked(Kind.PERSON, several=True)
    assert asked_for("Những chi bộ nào phát biểu?") == Asked(Kind.BODY, several=True)
    assert not asked_for("Các chi bộ hoạt động thế nào?").several


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Giám đốc yêu cầu gì?", Kind.THING),
        ("Bộ điều gì cũng biết?", Kind.THING),
        ("Chủ tịch tỉnh tên gì?", Kind.PERSON),
        ("Ông gì làm bí thư?", Kind.PERSON),
        ("Đơn vị chủ trì tên gì?", Kind.BODY),
        ("Bài hát của ông Trịnh tên là gì?", Kind.THING),
        ("Số đề tài của Trường?", Kind.NUMBER),
        ("Số phận con tàu", Kind.THING),
        ("Mấy trường nào được khen?", Kind.BODY),
        ("Mấy vị nào ngồi chủ trì?", Kind.PERSON),
        ("Khen mấy trường và ngày nào khen?", Kind.TIME),
        ("so noi vu ha nam", Kind.THING),
        ("Sao có mấy người rút?", Kind.REASON),
        ("Khách sạn 5 sao có bao nhiêu phòng?", Kind.NUMBER),
        ("Bản sao có giá trị như bản chính không?", Kind.TRUTH),
        ("Làm sao có thể đăng ký?", Kind.MANNER),
    ],
)
def test_words_that_ask_are_told_from_others_that_look_like_them(question, kind):
    assert asked_for(question).kind is kind


@pytest.mark.parametrize(
    ("text", "is_time"),
    [
        ("thứ Hai", True),
        ("vào thứ Bảy", True),
        ("Chủ nhật", True),
        ("hôm qua", True),
        ("hôm nay", True),
        ("mùng Một Tết", True),
        ("đúng rằm", True),
        ("thu hai", True),
        ("thứ trưởng", False),
        ("vị trí thứ ba", False),
        ("thu phí", False),
        ("mong muốn", False),
        ("ram", True),
    ],
)
def test_days_without_a_number_are_times_and_what_sounds_like_them_is_none(text, is_time):
    assert can_be(Kind.TIME, text) is is_time


@pytest.mark.parametrize("noun", HEADS.replace("[ýí]", "ý").split("|"))
def test_whoever_holds_an_office_is_a_person_and_the_office_is_known(noun):
    assert asked_for(f"{noun.capitalize()} nào phát biểu?").kind is Kind.PERSON
    assert [office[0] for office in offices_in(f"ông An, {noun}")] == [fold(noun)]


def test_an_office_that_somebody_gets_somewhere_is_not_what_is_asked_for():
    assert asked_for("Ông Đồng được bầu làm Thủ tướng tại kỳ họp nào?").kind is Kind.THING


def test_a_school_may_be_the_head_of_a_group():
    assert asked_for("Cụm trưởng là trường nào?").kind is Kind.BODY


@pytest.mark.parametrize(
    ("question", "kind", "about"),
    [
        ("Luật AI quy định gì?", Kind.THING, "luật ai qui định"),
        ("Ai Cập ở châu lục nào?", Kind.THING, "ai cập ở châu lục"),
        ("thủ đô của ai cập là gì?", Kind.THING, "thủ đô của ai cập"),
        ("Ai cập nhật số liệu?", Kind.PERSON, "cập nhật số liệu"),
        ("ai cap giay phep", Kind.PERSON, "cap giay phep"),
        ("Ai phát triển AI?", Kind.PERSON, "phát triển ai"),
        ("AI CHỦ TRÌ HỘI NGHỊ?", Kind.PERSON, "chủ trì hội nghị"),
    ],
)
def test_names_that_are_written_as_who_ask_for_nobody(question, kind, about):
    assert asked_for(question).kind is kind
    assert asked_about(question) == about


def test_what_is_so_for_a_time_is_not_asked_for_a_time():
    assert asked_for("Trong thời gian thử việc, mức lương là bao nhiêu?").kind is Kind.NUMBER
    assert asked_for("Thời gian họp là?").kind is Kind.TIME
