"""A database of an older format → one of this format, without embedding anything again.

Format 2 has days and numbers as terms of their own, and the abbreviations of each file.
Format 3 has a checksum in every row that an answer is made of.
Format 4 finds the checksums of passages in an index, and its generations are in parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.checksum import checksum
from index.moments import written_about
from index.passage import search_text
from index.short_forms import short_forms
from index.store import ARTICLE_SUM, PASSAGE_SUM, SHORT_FORM_SUM
from index.terms import fold, term_counts

if TYPE_CHECKING:
    import sqlite3

    from index.store import Store

OLDEST = 1
"""The oldest format that can be brought up to date."""

PASSAGES_OF_ARTICLES = "CREATE INDEX passages_article ON passages (article, checksum)"
"""What is live is told from this index alone: a passage is too long to be read for its checksum."""

SHORT_FORMS = """
CREATE TABLE short_forms (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    defined INTEGER NOT NULL,
    folded_short TEXT NOT NULL,
    folded_long TEXT NOT NULL,
    checksum INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX short_forms_file ON short_forms (file);
CREATE INDEX short_forms_short ON short_forms (folded_short);
CREATE INDEX short_forms_long ON short_forms (folded_long)
"""


def add_short_forms(connection: sqlite3.Connection, file: int, texts: list[str]) -> None:
    """Keep the abbreviations of a file's articles, each once; call inside a transaction."""
    forms = dict.fromkeys(form for text in texts for form in short_forms(text))
    connection.executemany(
        "INSERT INTO short_forms VALUES (?,?,?,?,?,?,?)",
        [
            (file, *row, checksum(*row))
            for form in forms
            for row in [(form.short, form.long, int(form.defined), fold(form.short), fold(form.long))]
        ],
    )


def migrate(connection: sqlite3.Connection, store: Store, *, version: int) -> None:
    """Bring a database up to the present format; call inside a transaction.

    :param version: the format that it has.
    """
    if version < 3:
        tables = ("articles", "passages") if version < 2 else ("articles", "passages", "short_forms")
        for table in tables:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0")
        if version < 2:
            for statement in SHORT_FORMS.split(";\n"):
                connection.execute(statement)
        _add_checksums(connection)
    if version < 2:
        _add_terms(connection, store)
        _add_checksums(connection)
    connection.execute("DROP INDEX passages_article")
    connection.execute(PASSAGES_OF_ARTICLES)


def _add_checksums(connection: sqlite3.Connection) -> None:
    connection.execute(f"UPDATE articles SET checksum = {ARTICLE_SUM}")
    connection.execute(
        f"UPDATE passages SET checksum = (SELECT {PASSAGE_SUM} FROM articles WHERE articles.key = article)"
    )
    connection.execute(f"UPDATE short_forms SET checksum = {SHORT_FORM_SUM}")


def _add_terms(connection: sqlite3.Connection, store: Store) -> None:
    """The terms of every passage, and the abbreviations of every file, as format 2 has them."""
    files: dict[int, list[str]] = {}
    for key, file in connection.execute("SELECT key, file FROM articles ORDER BY key").fetchall():
        article = store.article(key)
        files.setdefault(file, []).append(article.text)
        about = written_about(article)
        for passage, whole in connection.execute(
            "SELECT key, checksum FROM passages WHERE article = ?", (key,)
        ).fetchall():
            text = search_text(article, store.passage(passage, expected=whole)[1])
            ids, counts = term_counts(text, about=about)
            connection.execute(
                "UPDATE passages SET term_ids = ?, term_counts = ? WHERE key = ?",
                (ids.tobytes(), counts.tobytes(), passage),
            )
    for file, texts in files.items():
        add_short_forms(connection, file, texts)
