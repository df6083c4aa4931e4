"""A database of an older format → one of this format, without embedding anything again.

Format 2 has days and numbers as terms of their own, and the abbreviations of each file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.moments import written_about
from index.passage import search_text
from index.short_forms import short_forms
from index.terms import fold, term_counts

if TYPE_CHECKING:
    import sqlite3

    from index.store import Store

OLDEST = 1
"""The oldest format that can be brought up to date."""

SHORT_FORMS = """
CREATE TABLE short_forms (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    defined INTEGER NOT NULL,
    folded_short TEXT NOT NULL,
    folded_long TEXT NOT NULL
);
CREATE INDEX short_forms_file ON short_forms (file);
CREATE INDEX short_forms_short ON short_forms (folded_short);
CREATE INDEX short_forms_long ON short_forms (folded_long)
"""


def add_short_forms(connection: sqlite3.Connection, file: int, texts: list[str]) -> None:
    """Keep the abbreviations of a file's articles, each once; call inside a transaction."""
    forms = dict.fromkeys(form for text in texts for form in short_forms(text))
    connection.executemany(
        "INSERT INTO short_forms VALUES (?,?,?,?,?,?)",
        [(file, *form, fold(form.short), fold(form.long)) for form in forms],
    )


def migrate(connection: sqlite3.Connection, store: Store) -> None:
    """Bring a database of format 1 up to format 2; call inside a transaction."""
    for statement in SHORT_FORMS.split(";\n"):
        connection.execute(statement)
    files: dict[int, list[str]] = {}
    for key, file in connection.execute("SELECT key, file FROM articles ORDER BY key").fetchall():
        article = store.article(key)
        files.setdefault(file, []).append(article.text)
        about = written_about(article)
        for (passage,) in connection.execute("SELECT key FROM passages WHERE article = ?", (key,)).fetchall():
            text = search_text(article, store.passage(passage)[1])
            ids, counts = term_counts(text, about=about)
            connection.execute(
                "UPDATE passages SET term_ids = ?, term_counts = ? WHERE key = ?",
                (ids.tobytes(), counts.tobytes(), passage),
            )
    for file, texts in files.items():
        add_short_forms(connection, file, texts)
