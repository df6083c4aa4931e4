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
from index.errors import IndexDamaged, IndexMismatch, IndexNotFound
from index.passage import Passage
from index.short_forms import ShortForm
from index.span import Span
from index.terms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_FORMS = 500  # rows that are looked at for one question; "UBND" may be in every file
FORMAT = 2
"""Version of everything on disk; raised whenever reading, cutting or the layout changes."""


class Store:
    """One connection to the database; safe to share between threads.

    :cvar NAME: file name inside the index folder.
    """

    NAME = "hoidap.db"

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.path = path

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the database for reading.

        :raises IndexNotFound: there is no database in the folder.
        :raises IndexMismatch: it was made by another format version.
        :raises IndexDamaged: the file is not a database.
        """
        path = folder / cls.NAME
        if not path.is_file():
            raise IndexNotFound(f"There is no index in {folder}: make one with `hoidap index FOLDER`.")
        with damage_named(path):
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
            connection.create_function("fold", 1, fold, deterministic=True)
            store = cls(connection, path)
            store._check_format()
        return store

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def article(self, key: int) -> Article:
        """The article with this key.

        :raises IndexDamaged: the generation names an article that the database lacks.
        """
        row = self._one(
            "SELECT id, title, text, published, source, furniture FROM articles WHERE key = ?", int(key)
        )
        if row is None:
            raise IndexDamaged(
                f"{self.path} lacks article {key}: run `hoidap index` to make a new generation."
            )
        identifier, title, text, published, source, furniture = row
        return Article(
            id=identifier,
            title=title,
            text=text,
            published=date.fromisoformat(published) if published else None,
            source=source,
            furniture=tuple(Span(*span) for span in json.loads(furniture)),
        )

    def passage(self, key: int) -> tuple[int, Passage]:
        """The key of the article, and the passage with this key.

        :raises IndexDamaged: the generation names a passage that the database lacks.
        """
        row = self._one(
            'SELECT article, id, start, passages."end", sentences FROM passages '
            "JOIN articles ON articles.key = article WHERE passages.key = ?",
            int(key),
        )
        if row is None:
            raise IndexDamaged(
                f"{self.path} lacks passage {key}: run `hoidap index` to make a new generation."
            )
        article, identifier, start, end, sentences = row
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
        """Keys of the articles published in the closed interval whose source or title names ``source``.

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
                yield key, identifier, title, date.fromisoformat(published) if published else None, source

    def short_forms(self, *, shorts: Sequence[str] = (), longs: Sequence[str] = ()) -> tuple[ShortForm, ...]:
        """The abbreviations of live files with one of these folded short or long forms, oftenest first.

        Counted over the newest few hundred files that have one: a form that is older and rarer is not found.
        """
        condition = f"folded_short IN ({_marks(shorts)}) OR folded_long IN ({_marks(longs)})"
        rows = self._all(
            "SELECT short, long, defined FROM (SELECT short, long, folded_long, defined FROM short_forms "
            f"JOIN files ON files.key = file WHERE live AND ({condition}) ORDER BY file DESC LIMIT {_FORMS}) "
            "GROUP BY short, folded_long, defined ORDER BY defined DESC, count(*) DESC, short, long",
            *shorts,
            *longs,
        )
        return tuple(ShortForm(short, long, bool(defined)) for short, long, defined in rows)

    def _check_format(self) -> None:
        version = self._all("PRAGMA user_version")[0][0]
        if version != FORMAT:
            raise mismatch(f"The index in {self.path.parent}", version)

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, damage_named(self.path):
            return self._connection.execute(sql, values).fetchall()


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


@contextmanager
def damage_named(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a broken file into one sentence with the remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(f"{path} cannot be used ({error}): run `hoidap index --rebuild`.") from error
