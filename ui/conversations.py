"""Conversations kept in a database beside the index: what was asked, what came of it, and what users thought of it.

One SQLite file (WAL) in the index folder; a connection a call, so that all threads of the chat may use it.  Every
conversation has an owner, and only that owner reaches it; without accounts the owner is the empty string.  Every turn
has a checksum: what was answered is shown again as it was, or not at all.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from index.checksum import checksum
from index.errors import HoidapError, IndexMismatch, UsageError
from index.normalize import sound
from index.store import is_outside
from ui.conversation_format import FORMAT, SUM, bring_up_to_date
from ui.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ui.turn import Verdict

NAME = "conversations.db"
LONGEST_TITLE = 120
_WAIT_SECONDS = 10  # for another thread that is writing


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
    :param options: how SQLite opens the file, as its URI has it.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
        options: str = "mode=rwc",
    ) -> None:
        self._path = path
        self._now = now
        self._options = options

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
            if version < FORMAT:
                database.execute("PRAGMA journal_mode = WAL")
                bring_up_to_date(database)
        return opened

    def check(self) -> None:
        """Read the whole file, and compare every turn with its checksum; nothing where there is no file.

        :raises ConversationsDamaged: it is not as it was written.
        """
        if self._path.exists():
            with self._connected() as database:
                for (finding,) in database.execute("PRAGMA integrity_check(1)"):
                    if finding != "ok":
                        raise self._damaged(finding)
                (version,) = database.execute("PRAGMA user_version").fetchone()
                if version == FORMAT:
                    self._check(database.execute(f"SELECT checksum = {SUM} FROM turns").fetchall())

    def save(
        self,
        turn: Turn,
        *,
        conversation: str,
        owner: str,
        versions: Mapping[str, Any],
        instead_of: Sequence[Turn] = (),
        begun: bool = False,
    ) -> Turn:
        """Keep a turn at the end of its conversation, behind those that other pages have added meanwhile.

        A title that nobody gave follows the first question.

        :param conversation: from :meth:`new_id`; it is begun with its first turn.
        :param versions: what answered; see :attr:`qa.assistant.Assistant.versions`.
        :param instead_of: turns that are taken back for it, and forgotten.
        :param begun: whether the conversation was there when the turn was asked: one that is gone stays gone.
        :returns: the turn with the number that it is kept under, which no turn of the conversation had before.
        """
        now = self._now().isoformat()
        with self._connected() as database:
            known = database.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation,)).fetchone()
            if begun and known is None:
                return turn
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
            row = (conversation, turn.number, now, _json(turn.to_dict()), _json(versions))
            database.execute("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)", (*row, checksum(*row)))
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
        try:
            return tuple(
                Conversation(
                    id, title, datetime.fromisoformat(created), datetime.fromisoformat(updated), questions
                )
                for id, title, created, updated, questions in rows
            )
        except ValueError as error:
            raise self._damaged(str(error)) from error

    def find(self, conversation: str, *, owner: str) -> Conversation | None:
        """One conversation of an owner; ``None`` where there is no such."""
        return next((one for one in self.listed(owner=owner) if one.id == conversation), None)

    def turns(self, conversation: str, *, owner: str) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first; none where its owner has no such conversation."""
        with self._connected() as database:
            rows = database.execute(
                f"SELECT checksum = {SUM}, turn FROM turns WHERE {_OWN} ORDER BY number",
                (conversation, owner),
            ).fetchall()
        self._check(rows)
        return tuple(Turn.from_dict(json.loads(written)) for _, written in rows)

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

    def delete_all(self, *, owner: str) -> int:
        """Forget all conversations of an owner, and return how many there were."""
        with self._connected() as database:
            return database.execute("DELETE FROM conversations WHERE owner = ?", (owner,)).rowcount

    def judge(
        self, conversation: str, *, owner: str, number: int, verdict: Verdict, correction: str = ""
    ) -> None:
        """Keep what a user thinks of a turn; the last word counts."""
        with self._connected() as database:
            where = (conversation, owner, number)
            rows = database.execute(
                f"SELECT checksum = {SUM}, turn FROM turns WHERE {_OWN} AND number = ?", where
            ).fetchall()
            self._check(rows)
            for _, written in rows:
                turn = replace(
                    Turn.from_dict(json.loads(written)), verdict=verdict, correction=correction.strip()
                )
                one = f"{_OWN} AND number = ?"
                database.execute(f"UPDATE turns SET turn = ? WHERE {one}", (_json(turn.to_dict()), *where))
                database.execute(f"UPDATE turns SET checksum = {SUM} WHERE {one}", where)

    def judged(self) -> Iterator[Judged]:
        """The turns of all owners that were called right or wrong, in the order in which they were asked."""
        with self._connected() as database:
            rows = database.execute(
                f"SELECT checksum = {SUM}, conversation, turn, asked, versions FROM turns "
                "WHERE json_extract(turn, '$.verdict') IS NOT NULL ORDER BY asked, conversation, number"
            ).fetchall()
        self._check(rows)
        for _, conversation, turn, asked, versions in rows:
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
            uri = f"{self._path.absolute().as_uri()}?{self._options}"
            database = sqlite3.connect(uri, uri=True, timeout=_WAIT_SECONDS)
            database.create_function("checksum", -1, checksum, deterministic=True)
            database.execute("PRAGMA foreign_keys = ON")
            with database:
                yield database
        except sqlite3.DatabaseError as error:
            raise (self._unavailable(error) if is_outside(error) else self._damaged(str(error))) from error
        finally:
            if database is not None:
                database.close()

    def _check(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Look whether the turns are whole, as the first column tells."""
        if not all(whole for whole, *_ in rows):
            raise self._damaged("an answer is not as it was written")

    def _damaged(self, reason: str) -> ConversationsDamaged:
        return ConversationsDamaged(
            f"{self._path} is damaged ({reason}): run `mv {self._path} {self._path}.damaged` to begin anew."
        )

    def _unavailable(self, error: Exception) -> ConversationsUnavailable:
        return ConversationsUnavailable(
            f"{self._path} cannot be written ({error}): free the disk or mend its permissions, "
            "or run the chat with --no-history."
        )


_OWNED = "id = ? AND owner = ?"
_OWN = f"conversation = (SELECT id FROM conversations WHERE {_OWNED})"


def _json(value: object) -> str:
    return sound(json.dumps(value, ensure_ascii=False))


def _title(text: str) -> str:
    words = " ".join(sound(text).split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
