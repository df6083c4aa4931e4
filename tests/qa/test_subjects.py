"""A sentence about somebody else, or another rank, answers nothing about who is asked for."""

from __future__ import annotations

import pytest

from qa.subjects import is_of_another_person, is_of_another_rank
from tests.qa.test_fit import of


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("Ông Lê Văn Tám quê ở đâu?", "Ông Hà Mai quê ở Lam Hạ.", True),
        ("Ông Lê Văn Tám quê ở đâu?", "Ông Tám quê ở Lam Hạ.", False),
        ("Ông Lê Văn Tám quê ở đâu?", "Bà Mai và ông Tám quê ở Lam Hạ.", False),
        ("Ông Lê Văn Tám quê ở đâu?", "Quê ở Lam Hạ, ông Mai trồng cam.", False),
        ("Đồng chí Y H'Ban là bí thư chi bộ mấy?", "Đồng chí Y H’Ban – Bí thư Chi bộ 7.", False),
        ("dong chi y h'ban la bi thu chi bo may", "Đồng chí Y H’Ban – Bí thư Chi bộ 7.", False),
        ("Ông Lê Văn Tám khen ai?", "Bà Hà Mai được khen.", False),
        ("Ông Lê Văn Tám nói gì với bà Hà Mai?", "Chị Đỗ Lan cười.", False),
        ("Trường quê ở đâu?", "Ông Hà Mai quê ở Lam Hạ.", False),
    ],
)
def test_another_person(question, sentence, other):
    assert is_of_another_person(question, sentence) is other


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("Ai về nhì cự ly 5 km?", "Cự ly 5 km, Đỗ Lan về nhất.", True),
        ("Ai về nhì cự ly 5 km?", "Đỗ Lan về nhất, Hà Mai về nhì.", False),
        ("Đơn vị nào đứng thứ hai?", "Tổ Văn xếp thứ 2.", False),
        ("Ai đạt giải ba?", "Đỗ Lan đạt giải nhất.", True),
        ("ai dat giai ba", "Đỗ Lan đạt giải ba.", False),
        ("Ai đạt giải nhất?", "Đoàn về ba xã trao quà.", False),
        ("Ai đạt giải?", "Đỗ Lan đạt giải nhất.", False),
    ],
)
def test_another_rank(question, sentence, other):
    assert is_of_another_rank(question, sentence) is other


def test_who_is_asked_for_by_name_is_no_place():
    text = "Bé gái 9 tuổi ở xã Phú Hạ đã khỏe lại."
    assert of("Bé gái tên là gì?", "Phú Hạ", text=text) == -1
    assert of("Bé gái ở xã nào?", "Phú Hạ", text=text) == 0
    assert of("In which commune does the girl live?", "Phú Hạ", text=text) == 0
    assert of("Nơi ở của bé gái 9 tuổi", "Phú Hạ", text=text) == 0


def test_one_instance_is_not_the_other():
    text = "Phiên sơ thẩm mở ngày 14/11."
    assert of("Phiên phúc thẩm mở ngày nào?", "ngày 14/11", text=text) == -1
