"""Conversations kept in a database beside the index: what was asked, what came of it, and what users thought of it.

One SQLite file (WAL) in the index folder; a connection a call, so that all threads of the chat may use it.  Every
conversation has an owner, and only that owner reaches it; without accounts the owner is the empty string.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from index.errors import HoidapError, IndexMismatch, UsageError
from ui.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ui.turn import Verdict

NAME = "conversations.db"
FORMAT = 1
LONGEST_TITLE = 120
_WAIT_SECONDS = 10  # for another thread that is writing

_SCHEMA = f"""
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX newest ON conversations (owner, updated);
CREATE TABLE turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, asked TEXT NOT NULL, turn TEXT NOT NULL, versions TEXT NOT NULL,
    PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = {FORMAT};
"""


class ConversationsUnavailable(UsageError):
    """Their file cannot be read or written: no permission, no room on the disk."""


class ConversationsDamaged(HoidapError):
    """Their file is not what this module wrote."""

    exit_status = 3


class ConversationOfAnother(UsageError):
    """A conversation belongs to another owner."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list of what was asked.

    :ivar updated: when its last question was asked.
    :ivar questions: how many it holds.
    """

    id: str
    title: str
    created: datetime
    updated: datetime
    questions: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn that its user called right or wrong.

    :ivar asked: when.
    :ivar versions: what answered; see :attr:`qa.assistant.Assistant.versions`.
    """

    conversation: str
    turn: Turn
    asked: datetime
    versions: Mapping[str, Any]


class Conversations:
    """The conversations of one index.

    :param now: the clock, in UTC.
    """

    def __init__(
        self, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
    ) -> None:
        self._path = path
        self._now = now

    @classmethod
    def open(cls, folder: Path) -> Conversations:
        """The conversations in an index folder; the file is made where there is none.

        :raises ConversationsUnavailable: the folder cannot be written.
        :raises ConversationsDamaged: the file is not what this module wrote.
        :raises IndexMismatch: a newer version wrote it.
        """
        opened = cls(folder / NAME)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise opened._unavailable(error) from error
        with opened._connected() as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version > FORMAT:
                raise IndexMismatch(
                    f"{opened._path} was written by a newer version of hoidap: install that version, or move the file."
                )
            if version == 0:
                database.execute("PRAGMA journal_mode = WAL")
                database.executescript(_SCHEMA)
        return opened

    def save(
        self,
        turn: Turn,
        *,
        conversation: str,
        owner: str,
        versions: Mapping[str, Any],
        instead_of: Sequence[Turn] = (),
    ) -> Turn:
        """Keep a turn at the end of its conversation, behind those that other pages have added meanwhile.

        A title that nobody gave follows the first question.

        :param conversation: from :meth:`new_id`; it is begun with its first turn.
        :param versions: what answered; see :attr:`qa.assistant.Assistant.versions`.
        :param instead_of: turns that are taken back for it, and forgotten.
        :returns: the turn with the number that it is kept under, which no turn of the conversation had before.
        """
        now = self._now().isoformat()
        with self._connected() as database:
            database.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET updated = excluded.updated",
                (conversation, owner, _title(turn.question), now, now),
            )
            where = (conversation, owner)
            own = database.execute(f"SELECT title FROM conversations WHERE {_OWNED}", where).fetchone()
            if own is None:
                raise ConversationOfAnother("This conversation belongs to somebody else: begin a new one.")
            (free,) = database.execute(
                f"SELECT coalesce(max(number) + 1, 0) FROM turns WHERE {_OWN}", where
            ).fetchone()
            turn = replace(turn, number=max(turn.number, free))
            database.execute(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?)",
                (
                    conversation,
                    turn.number,
                    now,
                    json.dumps(turn.to_dict(), ensure_ascii=False),
                    json.dumps(versions, ensure_ascii=False),
                ),
            )
            for gone in instead_of:
                database.execute(f"DELETE FROM turns WHERE {_OWN} AND number = ?", (*where, gone.number))
            if own[0] in {_title(gone.question) for gone in instead_of}:
                self._name_by_first_question(database, where)
        return turn

    @staticmethod
    def new_id() -> str:
        """An identifier that nobody can guess."""
        return secrets.token_urlsafe(16)

    def listed(self, *, owner: str) -> tuple[Conversation, ...]:
        """The conversations of an owner, the newest first."""
        with self._connected() as database:
            rows = database.execute(
                "SELECT id, title, created, updated, "
                "(SELECT count(*) FROM turns WHERE conversation = id) FROM conversations "
                "WHERE owner = ? ORDER BY updated DESC, id",
                (owner,),
            ).fetchall()
        return tuple(
            Conversation(
                id, title, datetime.fromisoformat(created), datetime.fromisoformat(updated), questions
            )
            for id, title, created, updated, questions in rows
        )

    def find(self, conversation: str, *, owner: str) -> Conversation | None:
        """One conversation of an owner; ``None`` where there is no such."""
        return next((one for one in self.listed(owner=owner) if one.id == conversation), None)

    def turns(self, conversation: str, *, owner: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first; none where its owner has no such conversation."""
        with self._connected() as database:
            rows = database.execute(
                f"SELECT turn FROM turns WHERE {_OWN} ORDER BY number", (conversation, owner)
            ).fetchall()
        return tuple(Turn.from_dict(json.loads(written)) for (written,) in rows)

    def rename(self, conversation: str, *, owner: str, title: str) -> None:
        """Give a conversation another title; a blank one changes nothing."""
        if title.strip():
            with self._connected() as database:
                database.execute(
                    "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?",
                    (_title(title), conversation, owner),
                )

    def delete(self, conversation: str, *, owner: str) -> None:
        """Forget a conversation with everything that was thought of it."""
        with self._connected() as database:
            database.execute("DELETE FROM conversations WHERE id = ? AND owner = ?", (conversation, owner))

    def judge(
        self, conversation: str, *, owner: str, number: int, verdict: Verdict, correction: str = ""
    ) -> None:
        """Keep what a user thinks of a turn; the last word counts."""
        with self._connected() as database:
            where = (conversation, owner, number)
            row = database.execute(f"SELECT turn FROM turns WHERE {_OWN} AND number = ?", where).fetchone()
            if row is not None:
                turn = replace(
                    Turn.from_dict(json.loads(row[0])), verdict=verdict, correction=correction.strip()
                )
                database.execute(
                    f"UPDATE turns SET turn = ? WHERE {_OWN} AND number = ?",
                    (json.dumps(turn.to_dict(), ensure_ascii=False), *where),
                )

    def judged(self) -> Iterator[Judged]:
        """The turns of all owners that were called right or wrong, in the order in which they were asked."""
        with self._connected() as database:
            rows = database.execute(
                "SELECT conversation, turn, asked, versions FROM turns "
                "WHERE json_extract(turn, '$.verdict') IS NOT NULL ORDER BY asked, conversation, number"
            ).fetchall()
        for conversation, turn, asked, versions in rows:
            yield Judged(
                conversation,
                Turn.from_dict(json.loads(turn)),
                datetime.fromisoformat(asked),
                json.loads(versions),
            )

    @staticmethod
    def _name_by_first_question(database: sqlite3.Connection, where: tuple[str, str]) -> None:
        (question,) = database.execute(
            f"SELECT json_extract(turn, '$.question') FROM turns WHERE {_OWN} ORDER BY number LIMIT 1", where
        ).fetchone()
        database.execute(f"UPDATE conversations SET title = ? WHERE {_OWNED}", (_title(question), *where))

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction, rolled back where the block raises."""
        database = None
        try:
            database = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
            database.execute("PRAGMA foreign_keys = ON")
            with database:
                yield database
        except sqlite3.OperationalError as error:
            raise self._unavailable(error) from error
        except sqlite3.DatabaseError as error:
            raise ConversationsDamaged(
                f"{self._path} is damaged ({error}): move it away to begin anew."
            ) from error
        finally:
            if database is not None:
                database.close()

    def _unavailable(self, error: Exception) -> ConversationsUnavailable:
        return ConversationsUnavailable(
            f"{self._path} cannot be written ({error}): free the disk or mend its permissions, "
            "or run the chat with --no-history."
        )


_OWNED = "id = ? AND owner = ?"
_OWN = f"conversation = (SELECT id FROM conversations WHERE {_OWNED})"


def _title(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
