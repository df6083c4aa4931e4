from random import Random

import pytest

from qa.training.questions import detokenise, retype, slip, strip_marks, telex


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đặng Thị Ước", "Dang Thi Uoc"),
        ("ngày 18/08/2022", "ngay 18/08/2022"),
        ("Nga\u0300y", "Ngay"),
        ("", ""),
    ],
)
def test_marks_are_stripped_and_case_is_kept(text, bare):
    assert strip_marks(text) == bare


def test_telex_writes_letters_and_tone_as_keys():
    assert telex("nguyễn") == "nguyeenx"
    assert telex("ưu") == "uwu"


def test_a_slip_changes_one_word():
    question = "Trường Chính trị có bao nhiêu học viên"
    for seed in range(50):
        changed = slip(question, random=Random(seed)).split(" ")
        different = sum(a != b for a, b in zip(changed, question.split(" "), strict=True))
        assert different <= 1


def test_a_slip_leaves_what_has_no_word():
    assert slip("? 12", random=Random(0)) == "? 12"


def test_one_seed_gives_one_question():
    typed = [retype("Đảng bộ có bao nhiêu đảng viên?", random=Random(seed)) for seed in range(200)]
    again = [retype("Đảng bộ có bao nhiêu đảng viên?", random=Random(seed)) for seed in range(200)]
    assert typed == again
    assert 60 < sum(text.isascii() for text in typed) < 120


def test_tokenised_text_is_put_together():
    assert detokenise("“ Hà Nội ” , ( 1010 ) ; 3.789 người .") == "“Hà Nội”, (1010); 3.789 người."
