"""The writing side of the database: file versions come in, are shown, retired and swept away."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.errors import IndexMismatch
from index.migration import OLDEST, SHORT_FORMS, add_short_forms, migrate
from index.store import FORMAT, Store, damage_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from index.article import Article
    from index.passage import Passage

_SCHEMA = (
    """
CREATE TABLE files (
    key INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    encoder TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 0,
    retired INTEGER
);
CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    source TEXT,
    text TEXT NOT NULL,
    furniture TEXT NOT NULL
);
CREATE INDEX articles_file ON articles (file);
CREATE INDEX articles_id ON articles (id);
CREATE TABLE passages (
    key INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences BLOB NOT NULL,
    term_ids BLOB NOT NULL,
    term_counts BLOB NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_article ON passages (article);
"""
    + SHORT_FORMS
)


class EncodedPassage(NamedTuple):
    """A passage with everything the two rankings need.

    :ivar term_ids: uint64, distinct and ascending.
    :ivar term_counts: uint16, as long as ``term_ids``.
    :ivar vector: float32 unit row.
    """

    passage: Passage
    term_ids: NDArray[np.uint64]
    term_counts: NDArray[np.uint16]
    vector: NDArray[np.float32]


class LivePassages(NamedTuple):
    """What a generation is made of, one row a passage, ordered by article identifier and place.

    :ivar passages: int64 keys of the passages.
    :ivar articles: int64 keys of their articles.
    :ivar term_counts: per passage its distinct term ids (uint64, ascending) and their counts (uint16).
    :ivar vectors: float32, shape (n, d).
    """

    passages: NDArray[np.int64]
    articles: NDArray[np.int64]
    term_counts: list[tuple[NDArray[np.uint64], NDArray[np.uint16]]]
    vectors: NDArray[np.float32]


class StoreWriter(Store):
    """The one connection that writes; ``with writer:`` is a transaction."""

    @classmethod
    def create(cls, folder: Path) -> StoreWriter:
        """Open the database for writing, making it where there is none and bringing an older one up to date.

        :raises IndexMismatch: it was made by a newer format version, or by one that is too old.
        :raises IndexDamaged: the file is not a database.
        """
        path = folder / cls.NAME
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        store = cls(connection, path)
        with damage_named(path):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                with store:
                    for statement in _SCHEMA.split(";\n"):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {FORMAT}")
            elif OLDEST <= connection.execute("PRAGMA user_version").fetchone()[0] < FORMAT:
                with store:
                    migrate(connection, store)
                    connection.execute(f"PRAGMA user_version = {FORMAT}")
            store._check_format()
        return store

    def __enter__(self) -> StoreWriter:
        """Begin a transaction: it is committed at the end of the block, rolled back on an exception."""
        self._lock.acquire()
        self._connection.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
        self._lock.release()

    def live_files(self) -> dict[str, tuple[int, str]]:
        """Key and checksum of every file version that the newest generation shows, by path."""
        return {
            path: (key, sha) for path, key, sha in self._all("SELECT path, key, sha256 FROM files WHERE live")
        }

    def known_files(self, *, encoder: str) -> dict[tuple[str, str], int]:
        """Keys of the file versions that are embedded by this encoder, by path and checksum."""
        rows = self._all("SELECT path, sha256, key FROM files WHERE encoder = ?", encoder)
        return {(path, sha256): key for path, sha256, key in rows}

    def pending_files(self, *, encoder: str) -> dict[tuple[str, str], int]:
        """Those of :meth:`known_files` that an interrupted run left behind."""
        rows = self._all(
            "SELECT path, sha256, key FROM files WHERE encoder = ? AND NOT live AND retired IS NULL", encoder
        )
        return {(path, sha256): key for path, sha256, key in rows}

    def check_encoder(self, encoder: str) -> None:
        """Check that what is live was embedded by this encoder.

        :raises IndexMismatch: with the command that mends it.
        """
        for (made_by,) in self._all("SELECT DISTINCT encoder FROM files WHERE live"):
            if made_by != encoder:
                raise IndexMismatch(
                    f"The index in {self.path.parent} was made by the encoder {made_by}, not by {encoder}: "
                    "give that one with --encoder, or run `hoidap index --rebuild` to embed the articles again."
                )

    def add_file(
        self,
        path: str,
        *,
        sha256: str,
        encoder: str,
        articles: Iterable[tuple[Article, Sequence[EncodedPassage]]],
    ) -> int:
        """Add one file version with its articles; call inside ``with writer:``.

        :returns: the file version's key.
        """
        insert = self._connection.execute
        file: int = insert(
            "INSERT INTO files (path, sha256, encoder) VALUES (?, ?, ?) RETURNING key",
            (path, sha256, encoder),
        ).fetchone()[0]
        texts = []
        for article, passages in articles:
            texts.append(article.text)
            published = article.published.isoformat() if article.published else None
            key = insert(
                "INSERT INTO articles (file, id, title, published, source, text, furniture) VALUES (?,?,?,?,?,?,?)",
                (
                    file,
                    article.id,
                    article.title,
                    published,
                    article.source,
                    article.text,
                    json.dumps(article.furniture),
                ),
            ).lastrowid
            self._connection.executemany(
                'INSERT INTO passages (article, start, "end", sentences, term_ids, term_counts, vector) '
                "VALUES (?,?,?,?,?,?,?)",
                [
                    (
                        key,
                        passage.start,
                        passage.end,
                        np.asarray(passage.sentences, np.int32).tobytes(),
                        np.asarray(ids, np.uint64).tobytes(),
                        np.asarray(counts, np.uint16).tobytes(),
                        np.asarray(vector, np.float32).tobytes(),
                    )
                    for passage, ids, counts, vector in passages
                ],
            )
        add_short_forms(self._connection, file, texts)
        return file

    def set_live(self, files: Iterable[int], *, generation: int) -> None:
        """Show exactly these file versions from ``generation`` on; call inside ``with writer:``."""
        keys = [(key,) for key in files]
        execute = self._connection.execute
        execute("CREATE TEMP TABLE shown (key INTEGER PRIMARY KEY)")
        self._connection.executemany("INSERT INTO shown VALUES (?)", keys)
        execute("UPDATE files SET retired = ? WHERE live AND key NOT IN shown", (generation,))
        execute("UPDATE files SET live = key IN shown")
        execute("UPDATE files SET retired = NULL WHERE live")
        execute("DROP TABLE shown")

    def sweep(self, *, generation: int) -> None:
        """Delete what neither ``generation`` nor the one before it shows; call inside ``with writer:``."""
        self._connection.execute(
            "DELETE FROM files WHERE NOT live AND (retired IS NULL OR retired < ?)", (generation,)
        )

    def live_passages(self, files: Iterable[int]) -> LivePassages:
        """Every passage of the file versions, in the order of a generation's rows."""
        wanted = set(files)
        rows = [
            row[:-1]
            for row in self._all(
                "SELECT passages.key, article, term_ids, term_counts, vector, file FROM passages "
                "JOIN articles ON articles.key = article ORDER BY id, start, passages.key"
            )
            if row[-1] in wanted
        ]
        return LivePassages(
            passages=np.array([row[0] for row in rows], np.int64),
            articles=np.array([row[1] for row in rows], np.int64),
            term_counts=[
                (np.frombuffer(row[2], np.uint64), np.frombuffer(row[3], np.uint16)) for row in rows
            ],
            vectors=np.frombuffer(b"".join(row[4] for row in rows), np.float32).reshape(len(rows), -1),
        )
