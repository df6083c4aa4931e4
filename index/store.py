"""The database of an index: every file version that was read, its articles, their passages and vectors.

The database is the truth. Rows never change once written, so a reader that holds an older generation keeps reading
the rows it knows; what a new generation no longer shows is *retired* with that generation's number and swept away
one generation later. A file version whose articles are in no generation yet is *pending*: a run that was interrupted
finds it again and embeds nothing twice.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.article import Article
from index.checksum import checksum
from index.errors import HoidapError, IndexDamaged, IndexMismatch, IndexNotFound, IndexUnavailable
from index.normalize import sound
from index.passage import Passage
from index.short_forms import ShortForm
from index.span import Span
from index.terms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

# What SQLite says where the database itself may be whole; its numbers for them are not in Python 3.10.
_OUTSIDE = ("is full", "readonly", "unable to open", "disk I/O error", "is locked", "permission denied")
_FORMS = 500  # rows that are looked at for one question; "UBND" may be in every file
FORMAT = 5
"""Version of everything on disk; raised whenever reading, cutting or the layout changes."""

ARTICLE_SUM = "checksum(id, title, published, source, text, furniture)"
PASSAGE_SUM = (
    'checksum(articles.checksum, start, passages."end", sentences, term_ids, term_counts, passages.vector)'
)
SHORT_FORM_SUM = "checksum(short, long, defined, folded_short, folded_long)"
"""What the column ``checksum`` of each table holds, in SQL; that of a passage covers its article."""


class Store:
    """One connection to the database; safe to share between threads.

    :cvar NAME: file name inside the index folder.
    """

    NAME = "hoidap.db"

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        connection.create_function("fold", 1, fold, deterministic=True)
        connection.create_function("checksum", -1, checksum, deterministic=True)
        self._lock = threading.RLock()
        self.path = path

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the database for reading.

        :raises IndexNotFound: there is no database in the folder.
        :raises IndexMismatch: it was made by another format version.
        :raises IndexDamaged: the file is not a database.
        :raises IndexUnavailable: it may not be read.
        """
        path = folder / cls.NAME
        if not path.is_file():
            raise IndexNotFound(f"There is no index in {folder}: make one with `hoidap index FOLDER`.")
        try:
            return cls._opened(path, "mode=ro")
        except IndexUnavailable:
            # A reader keeps a file beside the database. Where it may not, on a disk that is full or read-only, it
            # can do without, but only where every commit is in the database itself.
            log = path.with_name(f"{cls.NAME}-wal")
            if log.exists() and log.stat().st_size:
                raise
            return cls._opened(path, "immutable=1")

    @classmethod
    def _opened(cls, path: Path, mode: str) -> Store:
        with errors_named(path):
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{mode}", uri=True, check_same_thread=False
            )
            store = cls(connection, path)
            try:
                store._check_format()
            except HoidapError:
                store.close()
                raise
        return store

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def article(self, key: int) -> Article:
        """The article with this key, after comparing it with its checksum.

        :raises IndexDamaged: the generation names an article that the database lacks, or has changed.
        """
        row = self._one(
            "SELECT id, title, text, published, source, furniture, checksum FROM articles WHERE key = ?",
            int(key),
        )
        if row is None:
            raise self._lacking(f"article {key}")
        identifier, title, text, published, source, furniture, expected = row
        if checksum(identifier, title, published, source, text, furniture) != expected:
            raise self._changed(f"article {key}")
        return Article(
            id=identifier,
            title=title,
            text=text,
            published=date.fromisoformat(published) if published else None,
            source=source,
            furniture=tuple(Span(*span) for span in json.loads(furniture)),
        )

    def passage(self, key: int, *, expected: int) -> tuple[int, Passage]:
        """The key of the article, and the passage with this key.

        :param expected: its checksum, as the generation has it; a row that took the key since has another.
        :raises IndexDamaged: the generation names a passage that the database lacks, or has changed.
        """
        row = self._one(
            f'SELECT article, id, start, passages."end", sentences, {PASSAGE_SUM} FROM passages '
            "JOIN articles ON articles.key = article WHERE passages.key = ?",
            int(key),
        )
        if row is None:
            raise self._lacking(f"passage {key}")
        article, identifier, start, end, sentences, found = row
        if found != expected:
            raise self._changed(f"passage {key}")
        spans = np.frombuffer(sentences, np.int32).reshape(-1, 2).tolist()
        return article, Passage(
            article=identifier, start=start, end=end, sentences=tuple(Span(*s) for s in spans)
        )

    def article_keys(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        source: str | None = None,
        article: str | None = None,
    ) -> NDArray[np.int64]:
        """Keys of the articles published in the closed interval whose source, title or identifier names ``source``.

        An article without a date is in no interval. ``source`` is matched without case and tone marks, anywhere;
        ``article`` is an identifier.
        """
        conditions, values = ["TRUE"], []
        if article is not None:
            conditions.append("id = ?")
            values.append(article)
        if since is not None:
            conditions.append("published >= ?")
            values.append(since.isoformat())
        if until is not None:
            conditions.append("published <= ?")
            values.append(until.isoformat())
        if source is not None:
            conditions.append("instr(fold(coalesce(source, '') || char(10) || title || char(10) || id), ?)")
            values.append(fold(source))
        rows = self._all(f"SELECT key FROM articles WHERE {' AND '.join(conditions)}", *values)
        return np.array([key for (key,) in rows], np.int64)

    def summaries(self, keys: Iterable[int]) -> Iterator[tuple[int, str, str, date | None, str | None]]:
        """Key, identifier, title, date and source of articles, without their texts."""
        wanted = set(keys)
        for key, identifier, title, published, source in self._all(
            "SELECT key, id, title, published, source FROM articles ORDER BY id"
        ):
            if key in wanted:
                try:
                    day = date.fromisoformat(published) if published else None
                except (TypeError, ValueError) as error:
                    raise self._changed(f"article {key}") from error
                yield key, identifier, title, day, source

    def short_forms(self, *, shorts: Sequence[str] = (), longs: Sequence[str] = ()) -> tuple[ShortForm, ...]:
        """The abbreviations of live files with one of these folded short or long forms, oftenest first.

        Counted over the newest few hundred files that have one: a form that is older and rarer is not found.
        """
        condition = f"folded_short IN ({_marks(shorts)}) OR folded_long IN ({_marks(longs)})"
        rows = self._all(
            "SELECT short, long, defined, min(whole) FROM (SELECT short, long, folded_long, defined, "
            f"{SHORT_FORM_SUM} = checksum AS whole FROM short_forms "
            f"JOIN files ON files.key = file WHERE live AND ({condition}) ORDER BY file DESC LIMIT {_FORMS}) "
            "GROUP BY short, folded_long, defined ORDER BY defined DESC, count(*) DESC, short, long",
            *shorts,
            *longs,
        )
        if not all(whole for *_, whole in rows):
            raise self._changed("an abbreviation")
        return tuple(ShortForm(short, long, bool(defined)) for short, long, defined, _ in rows)

    def check(self) -> None:
        """Read the whole database, and compare every row with its checksum.

        :raises IndexDamaged: at the first thing that is not as it was written.
        """
        for (finding,) in self._all("PRAGMA integrity_check(1)"):
            if finding != "ok":
                raise self._changed(str(finding))
        for what, rows, is_whole in (
            ("article", "articles", ARTICLE_SUM),
            ("passage", "passages JOIN articles ON articles.key = article", PASSAGE_SUM),
            ("abbreviation", "short_forms", SHORT_FORM_SUM),
        ):
            table = rows.split()[0]
            for (key,) in self._all(
                f"SELECT {table}.rowid FROM {rows} WHERE {is_whole} IS NOT {table}.checksum LIMIT 1"
            ):
                raise self._changed(f"{what} {key}")

    def _changed(self, what: str) -> IndexDamaged:
        return IndexDamaged(
            f"{self.path} is damaged ({what} is not as it was written): run `hoidap index --rebuild`."
        )

    def _lacking(self, what: str) -> IndexDamaged:
        return IndexDamaged(
            f"{self.path} lacks {what}: open the index again, and if that does not help run `hoidap index --rebuild`."
        )

    def _check_format(self) -> None:
        version = self._all("PRAGMA user_version")[0][0]
        if version == 0:  # that of a file which SQLite has not written to
            raise IndexDamaged(f"{self.path} is empty or damaged: run `hoidap index --rebuild`.")
        if version != FORMAT:
            raise mismatch(f"The index in {self.path.parent}", version)

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        storable = [sound(value) if isinstance(value, str) else value for value in values]
        with self._lock, errors_named(self.path):
            return self._connection.execute(sql, storable).fetchall()


def mismatch(what: str, version: object) -> IndexMismatch:
    """The error for another format version, with its remedy."""
    older = isinstance(version, int) and version < FORMAT
    remedy = (
        "run `hoidap index` with the same folders to bring it up to date."
        if older
        else "update hoidap, or run `hoidap index --rebuild` with this version."
    )
    return IndexMismatch(f"{what} has format {version}, this hoidap reads format {FORMAT}: {remedy}")


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def is_outside(error: sqlite3.DatabaseError) -> bool:
    """Whether the reason lies outside of the database: the disk is full, a permission is missing."""
    return isinstance(error, sqlite3.OperationalError) and any(reason in str(error) for reason in _OUTSIDE)


@contextmanager
def errors_named(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one sentence with the remedy.

    :raises IndexUnavailable: the reason is outside of the database: the disk is full, a permission is missing.
    :raises IndexDamaged: the database is broken.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_outside(error):
            raise IndexUnavailable(
                f"{path} cannot be used ({error}): see to its permissions and to room on its disk, and try again."
            ) from error
        raise IndexDamaged(f"{path} is damaged ({error}): run `hoidap index --rebuild`.") from error
