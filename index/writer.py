"""The writing side of the database: file versions come in, are shown, retired and swept away."""

from __future__ import annotations

import json
import sqlite3
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.checksum import checksum
from index.errors import HoidapError, IndexMismatch
from index.migration import OLDEST, migrate
from index.short_forms import short_forms
from index.store import FORMAT, PASSAGE_SUM, Store, errors_named
from index.tables import CONTENTS, FILES, KEPT, text_key
from index.terms import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from index.article import Article
    from index.passage import Passage

_READ = 2_000  # passages that are read at a time


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
    """What a generation shows, one row a passage, ordered by article identifier and place.

    :ivar passages: int64 keys of the passages.
    :ivar articles: int64 keys of their articles.
    :ivar checksums: int64, of the passages with their articles.
    """

    passages: NDArray[np.int64]
    articles: NDArray[np.int64]
    checksums: NDArray[np.int64]

    def of(self, chosen: NDArray[np.bool_] | NDArray[np.integer[Any]]) -> LivePassages:
        """The chosen rows."""
        return LivePassages(*(column[chosen] for column in self))


class Encoded(NamedTuple):
    """What some passages are found by.

    :ivar term_ids: uint64; the distinct term ids of the first passage, ascending, those of the second, and so on.
    :ivar term_counts: uint16, how often each occurs.
    :ivar sizes: int64, shape (n,), how many of them are of each passage.
    :ivar vectors: float32, shape (n, d).
    """

    term_ids: NDArray[np.uint64]
    term_counts: NDArray[np.uint16]
    sizes: NDArray[np.int64]
    vectors: NDArray[np.float32]


class StoreWriter(Store):
    """The one connection that writes; ``with writer:`` is a transaction."""

    @classmethod
    def create(cls, folder: Path) -> StoreWriter:
        """Open the database for writing, making it where there is none and emptying an older one.

        :raises IndexMismatch: it was made by a newer format version, or by one that is too old.
        :raises IndexDamaged: the file is not a database.
        """
        path = folder / cls.NAME
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        store = cls(connection, path)
        with errors_named(path):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk when it returns
            connection.execute("PRAGMA foreign_keys = ON")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                with store:
                    for statement in (FILES, KEPT, *CONTENTS.split(";\n")):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {FORMAT}")
            elif OLDEST <= connection.execute("PRAGMA user_version").fetchone()[0] < FORMAT:
                with store:
                    migrate(connection)
                    connection.execute(f"PRAGMA user_version = {FORMAT}")
            store._check_format()
        return store

    def __enter__(self) -> StoreWriter:
        """Begin a transaction: it is committed at the end of the block, rolled back on an exception."""
        self._lock.acquire()
        try:
            with errors_named(self.path):
                self._connection.execute("BEGIN IMMEDIATE")
        except HoidapError:
            self._lock.release()
            raise
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, *__: object) -> None:
        try:
            with errors_named(self.path):
                if isinstance(error, sqlite3.Error):
                    raise error
                if error is None:
                    self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:  # SQLite itself rolls back where the disk is full
                self._connection.execute("ROLLBACK")
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

    def count_articles(self, file: int) -> int:
        """How many articles a file version has."""
        return int(self._all("SELECT count(*) FROM articles WHERE file = ?", file)[0][0])

    def pending_files(self, *, encoder: str) -> dict[tuple[str, str], int]:
        """Those of :meth:`known_files` that an interrupted run left behind."""
        rows = self._all(
            "SELECT path, sha256, key FROM files WHERE encoder = ? AND NOT live AND retired IS NULL", encoder
        )
        return {(path, sha256): key for path, sha256, key in rows}

    def kept_vectors(self, texts: Sequence[str], *, encoder: str) -> dict[str, NDArray[np.float32]]:
        """The vectors that an older format had for some of the texts, by text."""
        if not self._all("SELECT 1 FROM kept LIMIT 1"):
            return {}
        found = {}
        for text in texts:
            for (vector,) in self._all(
                "SELECT vector FROM kept WHERE text = ? AND encoder = ?", text_key(text), encoder
            ):
                found[text] = np.frombuffer(vector, np.float32)
        return found

    def forget_kept(self) -> None:
        """Delete the vectors of an older format; call inside a transaction."""
        self._connection.execute("DELETE FROM kept")

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
            row = _row(article)
            whole = checksum(*row)
            key = insert(
                "INSERT INTO articles (file, id, title, published, source, text, furniture, checksum) "
                "VALUES (?,?,?,?,?,?,?,?)",
                (file, *row, whole),
            ).lastrowid
            rows = [_passage_row(passage) for passage in passages]
            self._connection.executemany(
                'INSERT INTO passages (article, start, "end", sentences, term_ids, term_counts, vector, checksum) '
                "VALUES (?,?,?,?,?,?,?,?)",
                [(key, *row, checksum(whole, *row)) for row in rows],
            )
        forms = dict.fromkeys(form for text in texts for form in short_forms(text))
        self._connection.executemany(
            "INSERT INTO short_forms VALUES (?,?,?,?,?,?,?)",
            [
                (file, *row, checksum(*row))
                for form in forms
                for row in [(form.short, form.long, int(form.defined), fold(form.short), fold(form.long))]
            ],
        )
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
        """Every passage of the file versions; only keys and checksums are read, which are found in indexes."""
        # An article's passages have their keys in the order of the text.
        articles = self._integers("SELECT key, file FROM articles ORDER BY id, key", columns=2)
        keys = articles[np.isin(articles[:, 1], np.fromiter(files, np.int64)), 0]
        rows = self._integers("SELECT article, key, checksum FROM passages ORDER BY article", columns=3)
        if not len(keys):
            return LivePassages(*np.empty((3, 0), np.int64))
        by_key = np.argsort(keys)
        place = by_key.take(np.searchsorted(keys, rows[:, 0], sorter=by_key), mode="clip")
        wanted = keys[place] == rows[:, 0]
        rows, place = rows[wanted], place[wanted]
        rows = rows[np.lexsort((rows[:, 1], place))]
        return LivePassages(rows[:, 1].copy(), rows[:, 0].copy(), rows[:, 2].copy())

    def encoded(self, shown: LivePassages) -> Iterator[Encoded]:
        """What these passages are found by, in their order, some thousand at a time.

        :raises IndexDamaged: one is not as it was written; a generation would make it pass for whole.
        """
        for start in range(0, len(shown.passages), _READ):
            some = shown.of(np.arange(start, min(start + _READ, len(shown.passages))))
            rows = {
                row[0]: row[1:]
                for row in self._all(
                    f"SELECT passages.key, article, {PASSAGE_SUM}, term_ids, term_counts, vector FROM passages "
                    "JOIN articles ON articles.key = article "
                    "WHERE passages.key IN (SELECT value FROM json_each(?))",
                    json.dumps(some.passages.tolist()),
                )
            }
            for key, *expected in zip(*(column.tolist() for column in some), strict=True):
                if key not in rows or [*rows[key][:2]] != expected:
                    raise self._changed(f"passage {key}")
            _, _, ids, counts, vectors = zip(*(rows[key] for key in some.passages.tolist()), strict=True)
            yield Encoded(
                np.frombuffer(b"".join(ids), np.uint64),
                np.frombuffer(b"".join(counts), np.uint16),
                np.array([len(of_passage) // 8 for of_passage in ids], np.int64),
                np.frombuffer(b"".join(vectors), np.float32).reshape(len(rows), -1),
            )

    def _integers(self, sql: str, *, columns: int) -> NDArray[np.int64]:
        """All rows of a query for integers, shape (n, columns); without an object a row.

        :raises IndexDamaged: one of them is none.
        """
        with self._lock, errors_named(self.path):
            try:
                values = np.fromiter(chain.from_iterable(self._connection.execute(sql)), np.int64)
            except (TypeError, ValueError, OverflowError) as error:
                raise self._changed("a key") from error
        return values.reshape(-1, columns)


def _row(article: Article) -> tuple[str | None, ...]:
    """The columns of an article that its checksum covers, in their order."""
    published = article.published.isoformat() if article.published else None
    furniture = json.dumps(article.furniture)
    return article.id, article.title, published, article.source, article.text, furniture


def _passage_row(encoded: EncodedPassage) -> tuple[int | bytes, ...]:
    """The columns of a passage that its checksum covers beside that of its article, in their order."""
    passage, ids, counts, vector = encoded
    return (
        passage.start,
        passage.end,
        np.asarray(passage.sentences, np.int32).tobytes(),
        np.asarray(ids, np.uint64).tobytes(),
        np.asarray(counts, np.uint16).tobytes(),
        np.asarray(vector, np.float32).tobytes(),
    )
