"""The topic of a follow-up takes the place of the words of its own kind, and of no half of another word."""

from __future__ import annotations

import pytest

from qa.exchange import exchanged


@pytest.mark.parametrize(
    ("question", "topic", "asked"),
    [
        ("Đảng bộ Sở có bao nhiêu đảng viên?", "Viện KHGD", "Viện KHGD có bao nhiêu đảng viên?"),
        ("Viện có bao nhiêu cán bộ?", "viên chức", "Viện có bao nhiêu viên chức?"),
        (
            "Tổng số giáo viên của Trường A là bao nhiêu?",
            "Sở Y tế",
            "Tổng số giáo viên của Sở Y tế là bao nhiêu?",
        ),
        (
            "Ai là Hiệu trưởng Trường THPT Lê Lợi?",
            "Trường THCS Hà Huy",
            "Ai là Hiệu trưởng Trường THCS Hà Huy?",
        ),
        ("Chi bộ 5 do ai làm bí thư?", "chị Hoa", "Chi bộ 5 do ai làm bí thư chị Hoa?"),
        ("Khóa học nào do Khoa Lý tổ chức?", "Khoa Toán", "Khóa học nào do Khoa Toán tổ chức?"),
    ],
)
def test_words_with_other_tone_marks_are_other_words(question, topic, asked):
    assert exchanged(question, topic) == asked


@pytest.mark.parametrize(
    ("question", "topic", "asked"),
    [
        ("Sở Nội vụ có bao nhiêu cán bộ?", "Bộ Y tế", "Bộ Y tế có bao nhiêu cán bộ?"),
        ("Đảng bộ Sở có bao nhiêu đảng viên?", "Bộ Y tế", "Bộ Y tế có bao nhiêu đảng viên?"),
        ("Bệnh viện Bạch Mai có bao nhiêu giường?", "Viện Tim", "Viện Tim có bao nhiêu giường?"),
        ("Số đảng viên của sở là bao nhiêu?", "Sở Y tế", "Số đảng viên của Sở Y tế là bao nhiêu?"),
        ("Ai là giám đốc sở nội vụ?", "Sở Y tế", "Ai là giám đốc Sở Y tế?"),
        ("Trường Y có ai là trưởng khoa Nội?", "Khoa Ngoại", "Trường Y có ai là trưởng Khoa Ngoại?"),
    ],
)
def test_a_name_takes_the_place_of_no_half_of_a_word(question, topic, asked):
    assert exchanged(question, topic) == asked


@pytest.mark.parametrize(("how", "topic"), [("thế nào", "tỉnh Hà Nam"), ("ra sao", "Viện KHGD")])
def test_what_asks_how_stays(how, topic):
    assert exchanged(f"Cách tính lương của Sở {how}?", topic) == f"Cách tính lương của {topic} {how}?"


@pytest.mark.parametrize(
    ("question", "topic", "asked"),
    [
        ("Cán bộ Viện Dầu khí được thưởng gì?", "Bộ Y tế", "Cán bộ Bộ Y tế được thưởng gì?"),
        ("Nhiệm vụ của Sở Y tế là gì?", "Vụ Bảo hiểm", "Nhiệm vụ của Vụ Bảo hiểm là gì?"),
        ("Ai quản lý môi trường của Sở Y tế?", "Trường Y", "Ai quản lý môi trường của Trường Y?"),
    ],
)
def test_the_second_half_of_a_word_is_no_body(question, topic, asked):
    assert exchanged(question, topic) == asked


@pytest.mark.parametrize(
    ("question", "topic", "asked"),
    [
        ("Ai là lớp trưởng lớp 10A?", "lớp phó", "Ai là lớp phó lớp 10A?"),
        ("Ai là trưởng phòng Nội vụ huyện Lộc?", "phó phòng", "Ai là phó phòng Nội vụ huyện Lộc?"),
        ("Tổ trưởng tổ Toán năm 2022 là ai?", "các tổ phó", "Tổ phó tổ Toán năm 2022 là những ai?"),
        ("Ai là hiệu trưởng Trường Y?", "các phó hiệu trưởng", "Những ai là phó hiệu trưởng Trường Y?"),
        (
            "Nhóm trưởng năm 2022 là trường nào?",
            "các nhóm phó",
            "Nhóm phó năm 2022 là những trường nào?",
        ),
        ("Các lớp trưởng là những ai?", "các lớp phó", "Các lớp phó là những ai?"),
        ("Ai là lớp trưởng?", "bí thư", "Ai là lớp trưởng bí thư?"),
    ],
)
def test_a_deputy_takes_the_place_of_the_chief(question, topic, asked):
    assert exchanged(question, topic) == asked


@pytest.mark.parametrize(
    ("question", "topic", "asked"),
    [
        ("Đội nào nhất năm 2022?", "sang năm 2023", "Đội nào nhất năm 2023?"),
        ("Đợt 03/02/2025 xã có mấy hộ?", "đợt 2/9 năm 2024", "Đợt 2/9 năm 2024 xã có mấy hộ?"),
        ("Quý I năm 2023 thu bao nhiêu?", "quý II năm 2024", "Quý II năm 2024 thu bao nhiêu?"),
    ],
)
def test_a_time_takes_the_place_of_the_whole_of_another(question, topic, asked):
    assert exchanged(question, topic) == asked
