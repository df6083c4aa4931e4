"""A text that speaks of other things of a kind than the question names is about something else."""

from __future__ import annotations

from qa.contradiction import Contradiction


def test_of_numbered_things_another_one_tells_nothing() -> None:
    asked = Contradiction("Đoàn giám sát số 2 làm việc ở đâu?")
    assert asked.of("Đoàn giám sát số 3 làm việc tại Bến Lau.")
    assert not asked.of("Đoàn giám sát số 02 và số 3 làm việc tại Bến Lau.")
    assert not asked.of("Đoàn giám sát làm việc tại Bến Lau, nhận 3 ý kiến.")
