import pytest

from tests.ui.clock import Clock
from ui.lockout import Lockout


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def lockout(clock):
    return Lockout(free=3, clock=clock)


def fail(lockout, key, *, times):
    return [lockout.attempt(key) for _ in range(times)]


def test_the_first_attempts_are_free_and_then_there_is_a_wait(lockout):
    assert fail(lockout, "lan", times=4) == [0, 0, 0, 30]


def test_the_wait_doubles_with_every_failure_up_to_a_quarter_of_an_hour(lockout, clock):
    fail(lockout, "lan", times=3)
    waits = []
    for _ in range(7):
        waits.append(lockout.attempt("lan"))
        clock.now += waits[-1]
        assert lockout.attempt("lan") == 0
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_a_refused_attempt_makes_the_wait_no_longer(lockout, clock):
    fail(lockout, "lan", times=3)
    clock.now += 10
    assert fail(lockout, "lan", times=5) == [20] * 5


def test_one_key_says_nothing_about_another(lockout):
    fail(lockout, "lan", times=4)
    assert lockout.attempt("minh") == 0


def test_who_was_right_begins_anew(lockout):
    fail(lockout, "lan", times=3)
    lockout.forgive("lan")
    assert fail(lockout, "lan", times=4) == [0, 0, 0, 30]


def test_one_attempt_taken_back_leaves_the_others(lockout):
    fail(lockout, "192.0.2.7", times=3)
    lockout.take_back("192.0.2.7")
    assert fail(lockout, "192.0.2.7", times=2) == [0, 30]


def test_failures_are_forgotten_after_an_hour(lockout, clock):
    fail(lockout, "lan", times=3)
    clock.now += 3601
    assert fail(lockout, "lan", times=3) == [0, 0, 0]


def test_names_made_up_by_the_thousand_do_not_fill_the_memory(lockout, monkeypatch):
    monkeypatch.setattr("ui.lockout._MOST_KEYS", 10)
    fail(lockout, "lan", times=4)
    for number in range(9):
        lockout.attempt(f"name {number}")
    assert lockout.attempt("lan") == 30
    for number in range(100):
        lockout.attempt(f"name {number}")
    assert len(lockout._failures) == 10
