"""Who is logged in: random names of sessions → users, in memory only, so that a restart logs everybody out.

Takes the time from a clock that is given.  Leaves out cookies: see :mod:`ui.login`.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_SECONDS = 12 * 3600.0
LONGEST_SECONDS = 7 * 86400.0
_SESSIONS_PER_USER = 20
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One login.

    :ivar user: name of the account.
    :ivar password: what was kept of the password then; a session ends when that changes.
    :ivar opened: when it began, in the clock's seconds; ``used`` when it was last used.
    """

    user: str
    password: str
    opened: float
    used: float


class Sessions:
    """The sessions of one server; safe to share between threads.

    :param clock: seconds that never go back.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def open(self, *, user: str, password: str) -> str:
        """Begin a session: its secret name, 256 random bits.  A user's oldest sessions make room for it."""
        secret = secrets.token_urlsafe(_BYTES)
        with self._lock:
            now = self._clock()
            self._sessions = {
                key: kept for key, kept in self._sessions.items() if not self._is_over(kept, now)
            }
            own = [key for key, kept in self._sessions.items() if kept.user == user]
            for key in own[: max(0, len(own) - _SESSIONS_PER_USER + 1)]:
                del self._sessions[key]
            self._sessions[_key(secret)] = Session(user, password, opened=now, used=now)
        return secret

    def get(self, secret: str) -> Session | None:
        """The session of this name, unless it is over; using it keeps it from becoming idle."""
        with self._lock:
            now = self._clock()
            session = self._sessions.get(_key(secret))
            if session is None or self._is_over(session, now):
                self._sessions.pop(_key(secret), None)
                return None
            session = self._sessions[_key(secret)] = replace(session, used=now)
            return session

    def close(self, secret: str) -> None:
        """End a session; nothing where there is none."""
        with self._lock:
            self._sessions.pop(_key(secret), None)

    @staticmethod
    def _is_over(session: Session, now: float) -> bool:
        return now - session.used > IDLE_SECONDS or now - session.opened > LONGEST_SECONDS


def _key(secret: str) -> str:
    """What a session is found by: how long a look-up takes says nothing about the secret behind a digest."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
