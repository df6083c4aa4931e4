import pytest

from tests.ui.clock import Clock
from ui.sessions import IDLE_SECONDS, LONGEST_SECONDS, Sessions


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(clock):
    return Sessions(clock=clock)


def user(sessions, secret):
    session = sessions.get(secret)
    return session.user if session else None


def test_a_session_is_its_user_s_until_it_is_closed(sessions):
    secret = sessions.open(user="lan", password="p")
    assert user(sessions, secret) == "lan"
    sessions.close(secret)
    assert user(sessions, secret) is None


def test_each_login_has_a_new_name_of_256_bits(sessions):
    secrets = {sessions.open(user="lan", password="p") for _ in range(20)}
    assert len(secrets) == 20
    assert {len(secret) for secret in secrets} == {43}  # 256 bits in base64


def test_nothing_that_a_visitor_makes_up_is_a_session(sessions):
    sessions.open(user="lan", password="p")
    for made_up in ("", "x", "\ud800", "a" * 43):
        assert user(sessions, made_up) is None


def test_an_idle_session_ends_and_a_used_one_goes_on(sessions, clock):
    idle, used = sessions.open(user="lan", password="p"), sessions.open(user="lan", password="p")
    clock.now += IDLE_SECONDS - 1
    assert user(sessions, used) == "lan"
    clock.now += 2
    assert user(sessions, idle) is None
    assert user(sessions, used) == "lan"


def test_no_session_lasts_for_ever(sessions, clock):
    secret = sessions.open(user="lan", password="p")
    opened = clock.now
    while clock.now + IDLE_SECONDS < opened + LONGEST_SECONDS:
        clock.now += IDLE_SECONDS
        assert user(sessions, secret) == "lan"
    clock.now = opened + LONGEST_SECONDS + 1
    assert user(sessions, secret) is None


def test_a_user_s_oldest_session_makes_room_and_nobody_else_s(sessions):
    other = sessions.open(user="minh", password="p")
    first, *rest = [sessions.open(user="lan", password="p") for _ in range(21)]
    assert user(sessions, first) is None
    assert [user(sessions, secret) for secret in rest] == ["lan"] * 20
    assert user(sessions, other) == "minh"
