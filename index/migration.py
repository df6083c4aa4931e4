"""A database of an older format → an empty one of this format and the vectors that it had, for the run that opens it.

Since format 5 articles are read and cut otherwise, so that of what was read before only the vectors can be used again,
each for the text that it was made of.  The file versions stay, without the checksum by which they would be known: by
them the run tells what has come and gone, and which encoder embedded them.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from index.article import Article, name_of
from index.passage import Passage, search_text
from index.span import Span
from index.tables import CONTENTS, KEPT, text_key

if TYPE_CHECKING:
    import sqlite3

OLDEST = 1
"""The oldest format that can be brought up to date."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database up to the present format; call inside a transaction."""
    connection.execute(KEPT)
    _keep_vectors(connection)
    for table in ("short_forms", "passages", "articles"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in CONTENTS.split(";\n"):
        connection.execute(statement)
    connection.execute("UPDATE files SET sha256 = ''")


def _keep_vectors(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        'SELECT encoder, id, title, text, published, source, furniture, start, passages."end", sentences, vector '
        "FROM passages JOIN articles ON articles.key = article JOIN files ON files.key = file"
    )
    for encoder, identifier, title, text, published, source, furniture, start, end, sentences, vector in rows:
        if title == name_of(identifier):
            continue  # a headline that was the name of the file was left out of the text
        article = Article(
            id=identifier,
            title=title,
            published=date.fromisoformat(published) if published else None,
            source=source,
            text=text,
            furniture=tuple(Span(*span) for span in json.loads(furniture)),
        )
        spans = tuple(Span(*span) for span in np.frombuffer(sentences, np.int32).reshape(-1, 2).tolist())
        key = text_key(search_text(article, Passage(identifier, start, end, spans)))
        connection.execute("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", (key, encoder, vector))
