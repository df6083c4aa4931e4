import pytest

from tests.ui.clock import Clock
from ui.rate import Buckets


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def buckets(clock):
    return Buckets(per_minute=30, burst=3, clock=clock)


def test_a_burst_passes_and_then_one_every_two_seconds(buckets, clock):
    assert [buckets.take("lan") for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 1.5
    assert buckets.take("lan") == pytest.approx(0.5)
    clock.now += 0.5
    assert [buckets.take("lan"), buckets.take("lan")] == [0, 2]


def test_no_more_than_a_burst_is_saved_up(buckets, clock):
    buckets.take("lan")
    clock.now += 3600
    assert [buckets.take("lan") for _ in range(4)] == [0, 0, 0, 2]


def test_what_is_given_back_can_be_taken_again_and_nothing_more(buckets):
    for _ in range(3):
        buckets.take("lan")
    buckets.give_back("lan")
    assert [buckets.take("lan"), buckets.take("lan")] == [0, 2]
    for _ in range(9):
        buckets.give_back("lan")
    assert [buckets.take("lan") for _ in range(4)] == [0, 0, 0, 2]


def test_everybody_has_a_bucket(buckets):
    for _ in range(4):
        buckets.take("lan")
    assert buckets.take("minh") == 0


def test_full_buckets_are_forgotten_and_empty_ones_are_not(buckets, clock, monkeypatch):
    monkeypatch.setattr("ui.rate._MOST_KEYS", 10)
    for number in range(10):
        buckets.take(f"address {number}")
    clock.now += 60
    for _ in range(4):
        buckets.take("lan")
    assert set(buckets._levels) == {"lan"}
    assert buckets.take("lan") == 2
