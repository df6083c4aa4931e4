"""What a number tells from others of its kind takes the place of another of them, and of nothing else."""

from __future__ import annotations

import pytest

from qa.phrase import Words
from qa.ranks import among_asked, is_rank, leaves_out_whose, same_rank, without_time


@pytest.mark.parametrize(
    ("question", "topic", "place"),
    [
        ("Con thứ nhất được trợ cấp bao nhiêu?", "con thứ ba", "Con thứ nhất"),
        ("Con thứ nhất được trợ cấp bao nhiêu?", "từ con thứ tư", "Con thứ nhất"),
        ("Mức đóng từ con thứ hai là bao nhiêu?", "từ con thứ tư", "từ con thứ hai"),
        ("con thu nhat duoc tro cap bao nhieu", "con thứ ba", "con thu nhat"),
        ("Đợt I tuyển mấy em?", "đợt 2", "Đợt I"),
        ("Vé hạng nhất giá bao nhiêu?", "hạng hai", "hạng nhất"),
        ("Ai được giải ba hội thi tin học?", "giải khuyến khích", "giải ba"),
        ("Xã loại I có mấy phó chủ tịch?", "loại II", "loại I"),
        ("Gói thầu số 3 giá bao nhiêu?", "gói 4", "Gói thầu số 3"),
        ("Tuyến số 3 chạy đường nào?", "số 5", "số 3"),
        ("Giống lúa ST24 cho mấy tấn?", "ST25", "ST24"),
        ("Thuyền dài 9 m được hỗ trợ bao nhiêu?", "thuyền 12 mét", "Thuyền dài 9 m"),
    ],
)
def test_the_place_of_another_of_its_kind(question, topic, place):
    words = Words(question)
    found = same_rank(topic, words)
    assert found is not None
    assert words.span(*found).of(question) == place


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Con thứ nhất được trợ cấp bao nhiêu?", "vợ"),
        ("Con thứ nhất được trợ cấp bao nhiêu?", "đợt hai"),
        ("Tỉnh có mấy giải nam?", "giải nữ"),
        ("Năm 2022 có mấy vụ cháy?", "năm 2023"),
        ("Điểm chuẩn ngành Luật là bao nhiêu?", "ngành Y"),
        ("Tuyến số 3 chạy đường nào?", "11"),
    ],
)
def test_what_is_no_other_of_its_kind_has_no_place(question, topic):
    assert same_rank(topic, Words(question)) is None


@pytest.mark.parametrize("text", ["Con thứ ba?", "đợt II", "Từ vòng hai?", "Giải khuyến khích"])
def test_one_of_many_may_be_all_that_is_said(text):
    assert is_rank(text)


@pytest.mark.parametrize(
    "text", ["Con thứ ba là ai?", "Nghị định 100", "Giải pháp", "Điều 5", "Loại tốt", "?"]
)
def test_other_words_name_more_or_something_else(text):
    assert not is_rank(text)


@pytest.mark.parametrize(
    "question",
    [
        "Đội xếp thứ ba nhận được bao nhiêu tiền?",
        "Phương án thứ hai tốn bao nhiêu?",
        "Kỳ trước ai tổ chức?",
        "Mùa trước thì có mấy đội?",
        "Năm ngoái có bao nhiêu khách?",
        "lan truoc co may nguoi den",
    ],
)
def test_one_of_many_is_of_something(question):
    assert leaves_out_whose(question)


@pytest.mark.parametrize(
    "question",
    [
        "Chiến tranh thế giới thứ hai kết thúc năm nào?",
        "Thế chiến thứ hai kết thúc năm nào?",
        "Người thứ hai bay vào vũ trụ là ai?",
        "Nước nào đông dân thứ hai thế giới?",
        "Năm ngoái giá xăng tăng mấy lần?",
        "Lần trước bão số 3 làm chết bao nhiêu người?",
        "Bí thư xã là ai?",
    ],
)
def test_what_is_told_whole_leaves_nothing_out(question):
    assert not leaves_out_whose(question)


def test_the_next_of_those_asked_for_is_told_by_what_they_do():
    before = "Những tàu nào cập cảng Sơn Hải trong tháng 5?"
    assert among_asked("Tàu thứ hai chở bao nhiêu hàng?", before) == "cập cảng Sơn Hải trong tháng 5"
    assert among_asked("Xe thứ hai chở bao nhiêu hàng?", before) == ""


def test_another_time_takes_away_which_it_was():
    assert without_time("Hội chợ sách lần thứ 5") == "Hội chợ sách"
    assert without_time("Hội chợ sách Hà Thành") == "Hội chợ sách Hà Thành"
