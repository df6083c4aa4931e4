"""A text that speaks of other things of a kind than the question names is about something else."""

from __future__ import annotations

import pytest

from qa.contradiction import Contradiction, quarters


def test_of_numbered_things_another_one_tells_nothing() -> None:
    asked = Contradiction("Đoàn giám sát số 2 làm việc ở đâu?")
    assert asked.of("Đoàn giám sát số 3 làm việc tại Bến Lau.")
    assert not asked.of("Đoàn giám sát số 02 và số 3 làm việc tại Bến Lau.")
    assert not asked.of("Đoàn giám sát làm việc tại Bến Lau, nhận 3 ý kiến.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("NQ35 nói gì?", "Nghị quyết số 35-NQ/TW"),
        ("P12 có mấy khu phố?", "Phường 12 có 8 khu phố"),
        ("Khóa K12 học gì?", "Khóa 12 học nghề"),
        ("Trường Tiểu học Kim Đồng có mấy lớp?", "Trường TH Kim Đồng, trường THCS Lê Lợi"),
    ],
)
def test_other_ways_to_write_it_contradict_nothing(question: str, text: str) -> None:
    assert not Contradiction(question).of(text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Giá xăng tăng 2000 đồng từ ngày nào?", "Giá xăng tháng 5/2024"),
        (
            "Thông tư 29/2024/TT-BGDĐT có hiệu lực từ ngày nào?",
            "Thông tư 29 của Bộ có hiệu lực từ năm 2025, thay Thông tư số 17/2012/TT-BGDĐT",
        ),
        (
            "Theo khoản 1 Điều 5 phạt bao nhiêu?",
            "Điều 5. Phạt tiền\n1. Phạt 500.000 đồng.\n2. Theo khoản 2 Điều này",
        ),
        ("Thành phố Hồ Chí Minh có bao nhiêu dân?", "TP.HCM có Thành phố Thủ Đức"),
    ],
)
def test_amounts_clauses_and_short_names_contradict_nothing(question: str, text: str) -> None:
    assert not Contradiction(question).of(text)


def test_a_year_before_a_noun_is_one() -> None:
    assert Contradiction("Ai chủ trì năm 2023?").of("Năm 2022 người dân góp ý.")


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        ("Chủ tịch UBND tỉnh Quảng Ninh Cao Tường Huy nói gì?", "Chủ tịch UBND tỉnh Quảng Ninh, nói", False),
        ("Chủ tịch UBND thành phố Hà Nội Trần Sỹ Thanh nói gì?", "UBND thành phố Hà Nội họp", False),
        ("Chủ tịch tỉnh Nghệ An Lê Hồng Vinh nói gì?", "Chủ tịch tỉnh Nghệ An họp", False),
        ("Chủ tịch tỉnh Nghệ An Lê Hồng Vinh nói gì?", "Chủ tịch tỉnh Quảng Nam họp", True),
        ("Chủ tịch tỉnh Quảng Ninh Cao Tường Huy nói gì?", "Chủ tịch tỉnh Quảng Nam họp", True),
    ],
)
def test_who_is_named_behind_a_place_is_no_part_of_its_name(question: str, text: str, wanted: bool) -> None:
    assert Contradiction(question).of(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Quỹ từ thiện quy tụ quý tử, quý bà", []),
        ("Lãi quý tư, quí III và quý thứ nhất", [4, 3, 1]),
        ("quy tu thien quy tu nam doi", []),
        ("lai quy tu nam 2023, quy tu, quy iv", [4, 4, 4]),
    ],
)
def test_a_quarter_is_no_fund(text: str, wanted: list[int]) -> None:
    assert quarters(text) == wanted
