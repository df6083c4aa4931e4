"""Slips are corrected to what the articles say; what they do not say is left as it was typed."""

from __future__ import annotations

import pytest

from qa.slips import correct_slips

HELD = {
    "~hoi nghi": 3,
    "~nghi ngay": 1,
    "~dang vien": 5,
    "~bao nhieu": 4,
    "~cong nghe": 2,
    "~hoc cong": 2,
    "~xyzt": 1,
    **{"hội": 3, "nghị": 3, "viên": 5, "nhiêu": 4, "công": 2, "nghệ": 2},
}


def corrected(question):
    return correct_slips(question, frequency=lambda terms: [HELD.get(term, 0) for term in terms])


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Đảng ủy tổ chức hội nghji ngày nào?", "Đảng ủy tổ chức hội nghị ngày nào?"),
        ("Có bao nhieeu đảng viên chính thức?", "Có bao nhiêu đảng viên chính thức?"),
        ("Trường đại học côngnghệ ở đâu?", "Trường đại học công nghệ ở đâu?"),
        ("Đảng bộ có bao nhiêu đảng vienn dự bị?", "Đảng bộ có bao nhiêu đảng viên dự bị?"),
        ("Hội nghji ngày nào?", "Hội nghị ngày nào?"),
        ("Hội Nghji ngày nào?", "Hội Nghị ngày nào?"),
        ("dang bo co bao nhieu dang vienn du bi", "dang bo co bao nhieu dang vien du bi"),
    ],
)
def test_a_word_that_is_no_syllable_becomes_one_that_stands_beside_its_neighbour(typed, wanted):
    assert corrected(typed) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Ông Nguyễn Văn Khoái là ai?",  # a name that no article has, but made of syllables
        "Who chaired the conference?",
        "Lớp K126 và GDĐT có ai?",
        "Mã xyzt là gì trong bảng này?",  # stands in an article
        "Gửi thư tới hoinghji@vien.example ngày nào?",
        "Mức hoiNghji ngày ấy là bao nhiêu?",
        "Ông Schwarzenegger đã đến hội nghị chưa?",
        "",
    ],
)
def test_other_words_are_left_alone(question):
    assert corrected(question) == question


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Bí thư là aii?", "Bí thư là ai?"),
        ("Họp ở đâuuu?", "Họp ở đâu?"),
        ("Hạng III và Ooong", "Hạng III và Ooong"),
        ("Bruce Lee là ai", "Bruce Lee là ai"),
        ("Did Lee see the bee too?", "Did Lee see the bee too?"),
        ("Được tặng bằng khen khôngg?", "Được tặng bằng khen khôngg?"),  # no neighbour tells
        ("Quán holiday inn mở khi nào vậy?", "Quán holiday inn mở khi nào vậy?"),
    ],
)
def test_a_letter_that_is_held_down_counts_once(typed, wanted):
    assert corrected(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Xe chạy tới dđâu?", "Xe chạy tới đâu?"),
        ("ddường nào ngập, ngập tđến hôm nào?", "đường nào ngập, ngập đến hôm nào?"),
        ("Chợ mở sđêm hay ngày?", "Chợ mở đêm hay ngày?"),
        ("Bão đdổ bộ ở đâu?", "Bão đổ bộ ở đâu?"),
    ],
)
def test_a_key_before_a_letter_that_begins_a_syllable_is_dropped(typed, wanted):
    assert corrected(typed) == wanted


def test_a_letter_of_late_keys_has_the_other_marks_that_the_articles_have():
    held = {"đêm": 4, "đem": 1}
    for typed, wanted in [("chợ mở dđem nào", "chợ mở đêm nào"), ("dđẹm", "đẹm")]:
        assert correct_slips(typed, frequency=lambda terms: [held.get(term, 0) for term in terms]) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Chợ họp lúc mấy giwof?", "Chợ họp lúc mấy giờ?"),
        ("Ai laf chủ tịch xã?", "Ai là chủ tịch xã?"),
        ("Sân golf nào ở xã?", "Sân golf nào ở xã?"),
        ("Họp ở phòg nào?", "Họp ở phòng nào?"),
        ("Bán đợc bao nhiêu vé?", "Bán được bao nhiêu vé?"),
        ("Đối tượng uư tiên gồm ai?", "Đối tượng ưu tiên gồm ai?"),
        ("Bí thư đtn trường là ai, đt nào?", "Bí thư đtn trường là ai, đt nào?"),
        ("Shop nào bán bánh mì?", "Shop nào bán bánh mì?"),  # no marks: it may be a word of another language
        ("Chùa Thạhc Bích ở đâu?", "Chùa Thạhc Bích ở đâu?"),  # a name is in no table
    ],
)
def test_common_words_are_told_by_their_common_neighbours(typed, wanted):
    assert corrected(typed) == wanted


def test_the_key_of_a_tone_tells_the_tone():
    held = {"~vien hoc": 2, "viên": 9, "viện": 1}
    read = correct_slips("vienj học ở đâu", frequency=lambda terms: [held.get(term, 0) for term in terms])
    assert read == "viện học ở đâu"
