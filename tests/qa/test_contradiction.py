"""A text that speaks of other things of a kind than the question names is about something else."""

from __future__ import annotations

import pytest

from qa.contradiction import Contradiction


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
